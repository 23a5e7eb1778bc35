//! `bench decode`: replies into trees and lists, natively and in Chromium.

mod details;
mod judge;
mod report;

use std::{fs, process::Command};

use anyhow::{Context, Result};

use super::{BenchOptions, figures::Outcome};
use crate::{build, process, project::Project, tools};
use report::Report;

/// Builds, lets everybody take turns, and judges.
pub(super) fn run(project: &Project, options: &BenchOptions) -> Result<Outcome> {
    let built = build::bench(project)?;
    let chromium = tools::chromium(project)?;
    let file = project.target("bench/decode.turns.json");
    let mut node = Command::new("node");
    node.arg(project.path("tests/bench/decode.mjs"))
        .arg("--out")
        .arg(&file)
        .args(["--size", options.size.as_str(), "--rounds", &options.rounds.to_string()])
        .args(options.only.iter().flat_map(|who| ["--only", who]))
        .env("SEATREE_BENCH", &built.native)
        .env("SEATREE_BENCH_WASM", &built.wasm)
        .env("SEATREE_CHROMIUM", chromium.browser)
        .current_dir(project.root());
    match tools::python_with_lxml(project)? {
        Ok(python) => node.env("SEATREE_LXML_PYTHON", python),
        Err(why) => node.env("SEATREE_LXML_MISSING", why),
    };
    process::run("Decoding, in turns", &mut node)?;
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(judge::outcome(&Report::parse(&text)?))
}
