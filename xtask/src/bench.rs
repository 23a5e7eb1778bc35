//! `bench`: how fast Seatree is, side by side with others in the same run.
//!
//! Absolute figures move with the machine, so what must hold is said of ratios: everybody takes
//! turns, and medians are compared.

mod decode;
mod edge;
mod embed;
mod figures;
mod options;
mod spread;
mod tree;

use std::fs;

use anyhow::{Context, Result, bail};

#[cfg(test)]
pub(crate) use options::Size;
pub(crate) use options::{Bars, Bench, BenchOptions};

use crate::project::Project;

/// Runs the benchmarks and prints what they found. An error when a bar does not hold, unless only
/// a report was asked for.
pub(crate) fn run(project: &Project, options: &BenchOptions) -> Result<()> {
    let mut missed = Vec::new();
    for bench in &options.benches {
        let outcome = match bench {
            Bench::Decode => decode::run(project, options)?,
            Bench::Tree => tree::run(project, options)?,
            Bench::Edge => edge::run(project, options)?,
            Bench::Embed => embed::run(project, options)?,
        };
        let file = project.target(&format!("bench/{}.json", bench.name()));
        fs::write(&file, outcome.json().to_string())
            .with_context(|| format!("cannot write {}", file.display()))?;
        println!("\n{outcome}\nWritten to {}", file.display());
        missed.extend(outcome.missed());
    }
    match (missed.as_slice(), options.bars) {
        ([], _) => Ok(()),
        (missed, Bars::Reported) => {
            println!("Does not hold: {}", missed.join("; "));
            Ok(())
        }
        (missed, Bars::Enforced) => bail!("does not hold: {}", missed.join("; ")),
    }
}
