//! `bench tree`: the license tree beside other grids, in Chromium, from the same bytes.

mod details;
mod judge;
mod report;

use std::{fs, process::Command};

use anyhow::{Context, Result};

use super::{BenchOptions, figures::Outcome};
use crate::{build, process, project::Project, tools};
use report::Report;

const SEATREE: &str = "seatree";

/// Builds, lets everybody take turns, and judges.
pub(super) fn run(project: &Project, options: &BenchOptions) -> Result<Outcome> {
    tools::node_packages(project)?;
    let native = build::bench_native(project)?;
    let chromium = tools::chromium(project)?;
    let folder = project.target("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join("tree.turns.json");
    let mut node = Command::new("node");
    node.arg(project.path("tests/bench/tree.mjs"))
        .arg("--out")
        .arg(&file)
        .args(["--size", options.size.as_str(), "--rounds", &options.rounds.to_string()])
        .args(options.only.iter().flat_map(|who| ["--only", who]))
        .env("SEATREE_BENCH", native)
        .env("SEATREE_CHROMIUM", chromium.browser)
        .current_dir(project.root());
    // Peers can be tuned without waiting for the page.
    if options.only.is_empty() || options.only.iter().any(|who| who == SEATREE) {
        node.env("SEATREE_BENCH_SITE", build::bench_site(project)?);
    }
    process::run("The license tree, in turns", &mut node)?;
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(judge::outcome(&Report::parse(&text)?))
}
