//! `bench edge`: requests through the edge and through others, in turns.

mod judge;
mod report;

use std::{fs, process::Command};

use anyhow::{Context, Result};

use super::{BenchOptions, figures::Outcome};
use crate::{build, process, project::Project, tools};
use report::Report;

/// Builds, lets everybody take turns, and judges.
pub(super) fn run(project: &Project, options: &BenchOptions) -> Result<Outcome> {
    let packages = tools::node_packages(project)?;
    let bundle = build::edge(project)?;
    build::sandbox(project)?;
    let folder = project.target("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let file = folder.join("edge.turns.json");
    let mut node = Command::new("node");
    node.arg(project.path("tests/bench/edge.mjs"))
        .arg("--out")
        .arg(&file)
        .args(["--size", options.size.as_str(), "--rounds", &options.rounds.to_string()])
        .args(options.only.iter().flat_map(|who| ["--only", who]))
        .env("SEATREE_WORKERD", packages.workerd()?)
        .env("SEATREE_EDGE_BUNDLE", bundle)
        .env("SEATREE_CERTIFICATE", project.target("debug/examples/certificate"))
        .current_dir(project.root());
    process::run("The edge, in turns", &mut node)?;
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(judge::outcome(&Report::parse(&text)?))
}
