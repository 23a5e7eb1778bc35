//! Tests that run in Node: of the edge on real workerd, and end to end in a real browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{build, process, project::Project, tools};

/// How many files of the edge's tests run at once, also on two cores, where Node would run one: they
/// mostly wait for time limits and for another try.
const EDGE_FILES: &str = "--test-concurrency=4";
/// The same end to end: a browser waits for its servers, and both for what tests look for.
const END_TO_END_FILES: &str = "--test-concurrency=2";

/// The edge's: workerd and sandbox, no browser.
pub(super) fn edge(project: &Project) -> Result<()> {
    let packages = tools::node_packages(project)?;
    build::sandbox(project)?;
    let bundle = build::edge(project)?;
    let mut node = tests(project, "tests/edge", &[EDGE_FILES])?;
    node.env("SEATREE_WORKERD", packages.workerd()?).env("SEATREE_EDGE_BUNDLE", bundle);
    process::run("Testing the edge", &mut node)
}

/// Everything together, as a person uses it.
pub(super) fn end_to_end(project: &Project) -> Result<()> {
    let packages = tools::node_packages(project)?;
    let chromium = tools::chromium(project)?;
    build::sandbox(project)?;
    let bundle = build::edge(project)?;
    let site = build::site(project)?;
    let mut node = tests(project, "tests/e2e", &[END_TO_END_FILES])?;
    node.env("SEATREE_SITE", site)
        .env("SEATREE_WORKERD", packages.workerd()?)
        .env("SEATREE_EDGE_BUNDLE", bundle)
        .env("SEATREE_CHROMIUM", chromium.browser);
    process::run("Testing end to end", &mut node)
}

fn tests(project: &Project, folder: &str, options: &[&str]) -> Result<Command> {
    let mut node = Command::new("node");
    // Files by name: what a folder means to `--test` differs between Node's versions.
    // Forced to exit: a server that a failed test left behind would keep Node waiting for ever.
    node.args(["--test", "--test-force-exit", "--test-timeout=300000", "--test-reporter=spec"])
        .args(options)
        .args(test_files(&project.path(folder))?);
    node.env("SEATREE_SANDBOX", project.sandbox()).current_dir(project.root());
    Ok(node)
}

fn test_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| format!("cannot list {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    if files.is_empty() {
        bail!("there are no tests in {}", folder.display());
    }
    files.sort();
    Ok(files)
}
