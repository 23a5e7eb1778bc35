//! `test`: every test of the project, or the parts named.

mod browser;
mod node;
mod part;
mod report;

pub(crate) use part::Part;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{process, project::Project};

/// Runs the parts, all of them even if one fails, and prints how each went.
pub(crate) fn run(project: &Project, parts: &[Part]) -> Result<()> {
    let parts = if parts.is_empty() { Part::ALL.as_slice() } else { parts };
    let mut report = report::Report::default();
    for part in parts {
        println!("\n### {}", part.name());
        let start = Instant::now();
        let outcome = part.run(project);
        if let Err(error) = &outcome {
            if error.is::<process::Interrupted>() {
                return outcome;
            }
            eprintln!("error: {error:#}");
        }
        report.add(*part, start.elapsed(), outcome.is_ok());
    }
    println!("\n{report}");
    match report.failed() {
        0 => Ok(()),
        1 => bail!("one part failed"),
        failed => bail!("{failed} parts failed"),
    }
}
