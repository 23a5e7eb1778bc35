//! The standard library for the browser and the worker.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{
    process::{self, on_path, output_of},
    project::Project,
};

const TARGET: &str = "wasm32-unknown-unknown";

pub(super) fn ensure(project: &Project) -> Result<()> {
    // In the project's folder, so that rustup chooses the same toolchain as the builds.
    let sysroot =
        output_of(Command::new("rustc").args(["--print", "sysroot"]).current_dir(project.root()))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    if on_path("rustup").is_none() {
        bail!(
            "the Rust target {TARGET} is missing and there is no rustup to add it; install it with your Rust"
        );
    }
    process::run(
        &format!("Adding the Rust target {TARGET}"),
        Command::new("rustup").args(["target", "add", TARGET]).current_dir(project.root()),
    )
}
