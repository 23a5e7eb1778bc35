//! Everything measured, for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::report::{Entry, Report};
use crate::bench::spread::Spread;

const MEGA: f64 = 1e6;

/// The figures in the order in which they came about; `scale` is what one of their unit is.
const ROWS: [(&str, &str, f64); 23] = [
    ("firstByteMs", "fetch to first byte, ms", 1.0),
    ("firstRowsAfterByteMs", "first byte to first rows painted, ms", 1.0),
    ("firstRowsMs", "fetch to first rows painted, ms", 1.0),
    ("loadedMs", "whole load, ms", 1.0),
    ("longestTaskMs", "longest task while loading, ms (0: none over 50)", 1.0),
    ("longTasks", "tasks over 50 ms while loading", 1.0),
    ("heapAfterLoad", "JS heap after load, MB", MEGA),
    ("wasmAfterLoad", "WebAssembly's memory after load, MB", MEGA),
    ("processAfterLoad", "the whole process after load, MB", MEGA),
    ("expandAllMs", "expand all, ms", 1.0),
    ("rowsInSight", "rows in sight", 1.0),
    ("heapAllExpanded", "JS heap, all expanded, MB", MEGA),
    ("wasmAllExpanded", "WebAssembly's memory, all expanded, MB", MEGA),
    ("processAllExpanded", "the whole process, all expanded, MB", MEGA),
    ("sortMs", "sort by in use, descending, ms", 1.0),
    ("filterMs", "filter, name contains, ms", 1.0),
    ("left", "rows left by the filter", 1.0),
    ("clearFilterMs", "clear the filter, ms", 1.0),
    ("scrollMedianMs", "scroll: median frame, ms", 1.0),
    ("scrollSlowMs", "scroll: 95th percentile frame, ms", 1.0),
    ("scrollLongestMs", "scroll: longest frame, ms", 1.0),
    ("scrollLongFrames", "scroll: frames over 50 ms, of 200", 1.0),
    ("scrollBlank", "scroll: blank mid-screen a frame later", 1.0),
];

/// A table a reply, and how busy the machine was.
pub(super) fn table(report: &Report) -> String {
    let mut text = String::new();
    for reply in &report.replies {
        let entries: Vec<&Entry> =
            report.entries.iter().filter(|entry| entry.reply == reply.name).collect();
        let title = format!("{} nodes, {:.1} MB", reply.rows, reply.bytes / MEGA);
        let who = entries.iter().map(|entry| format!("{:>26}", entry.contestant));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{title:<50}{}", who.collect::<String>());
        for (figure, words, scale) in ROWS {
            let cells = entries.iter().map(|entry| cell(&entry.figures, figure, scale));
            let _ = writeln!(text, "  {words:<48}{}", cells.collect::<String>());
        }
        text.push('\n');
    }
    let _ = writeln!(
        text,
        "{}. A fixed loop took {} ms before the turns; load of the machine {}",
        report.browser,
        written(report.noise.loop_ms, 1.0),
        written(report.noise.load, 1.0),
    );
    text
}

fn cell(figures: &BTreeMap<String, Spread>, figure: &str, scale: f64) -> String {
    let spread = figures.get(figure).copied().unwrap_or_default();
    format!("{:>26}", written(spread, scale))
}

fn written(spread: Spread, scale: f64) -> String {
    match (spread.median(), spread.least_and_most()) {
        (Some(median), Some((least, most))) => {
            format!("{:.1} ({:.1}–{:.1})", median / scale, least / scale, most / scale)
        }
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_tells_median_and_spread_in_its_unit() {
        let figures =
            BTreeMap::from([("heapAfterLoad".to_owned(), Spread::of(vec![1e6, 3e6, 2e6]))]);
        assert_eq!(cell(&figures, "heapAfterLoad", MEGA).trim(), "2.0 (1.0–3.0)");
        assert_eq!(cell(&figures, "sortMs", 1.0).trim(), "–");
    }
}
