//! How each part went, as a table.

use std::{fmt, time::Duration};

use super::Part;
use crate::process::human;

#[derive(Default)]
pub(super) struct Report {
    rows: Vec<(Part, Duration, bool)>,
}

impl Report {
    pub(super) fn add(&mut self, part: Part, time: Duration, passed: bool) {
        self.rows.push((part, time, passed));
    }

    pub(super) fn failed(&self) -> usize {
        self.rows.iter().filter(|(_, _, passed)| !passed).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<10}{:<10}{:>12}", "part", "result", "time")?;
        for (part, time, passed) in &self.rows {
            let result = if *passed { "passed" } else { "FAILED" };
            writeln!(f, "{:<10}{result:<10}{:>12}", part.name(), human(*time))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_part_stands_out_and_counts() {
        let mut report = Report::default();
        report.add(Part::Core, Duration::from_secs(12), true);
        report.add(Part::EndToEnd, Duration::from_secs(90), false);
        assert_eq!(report.failed(), 1);
        let text = report.to_string();
        assert!(text.contains("core      passed            12 s"), "{text}");
        assert!(text.contains("e2e       FAILED      1 min 30 s"), "{text}");
    }
}
