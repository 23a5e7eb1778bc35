//! The three upstreams to develop and test against.

use std::process::Command;

use anyhow::Result;

use crate::{process, project::Project};

/// Builds the sandbox and its examples, which tests and benchmarks run; cargo knows by itself whether
/// there is anything to do.
pub(crate) fn sandbox(project: &Project) -> Result<()> {
    process::run(
        "Building the sandbox",
        Command::new("cargo")
            .args(["build", "--package", "seatree-sandbox", "--bins", "--examples"])
            .current_dir(project.root()),
    )
}
