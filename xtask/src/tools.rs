//! The programs a build or a test needs, installed where missing.
//!
//! Looked for on `PATH` first (of a fitting version), then in a folder per user that all clones
//! share, and only then installed. This file is the one place that pins versions; tools that must
//! match a library take theirs from Cargo.lock, and npm packages from package-lock.json.

mod cache;
mod cargo_tool;
mod chromium;
mod lxml;
mod npm;
mod wasm_target;

use std::{ffi::OsString, path::PathBuf};

use anyhow::{Context, Result};

pub(crate) use chromium::Chromium;
pub(crate) use npm::NodePackages;

use crate::project::Project;
use cargo_tool::{CargoTool, Optimize};

const TRUNK: &str = "0.21.14";
pub(crate) const WASM_SPLIT: &str = "0.2.4";
const CARGO_DENY: &str = "0.20.2";
/// The Python library that AXL decoding is measured against, where Python has none.
const LXML: &str = "6.1.3";
/// The oldest Node that runs the npm packages and the tests: major and minor.
const NODE: (u32, u32) = (20, 14);

/// The wasm-bindgen command-line tools: `wasm-bindgen`, `wasm-bindgen-test-runner`.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<PathBuf> {
    CargoTool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        features: &[],
        version: project.locked_version("wasm-bindgen")?,
        // Unoptimized it takes longer over one page than its optimized build costs.
        optimize: Optimize::Basic,
    }
    .folder(project)
}

/// The page's bundler.
pub(crate) fn trunk(project: &Project) -> Result<PathBuf> {
    CargoTool {
        package: "trunk",
        programs: &["trunk"],
        features: &[],
        version: TRUNK.to_owned(),
        optimize: Optimize::No,
    }
    .folder(project)
}

/// Takes the page's module apart.
pub(crate) fn wasm_split(project: &Project) -> Result<PathBuf> {
    CargoTool {
        package: "wasm_split_cli_support",
        programs: &["wasm-split-cli"],
        features: &["build-binary"],
        version: WASM_SPLIT.to_owned(),
        optimize: Optimize::Basic,
    }
    .folder(project)
}

/// The worker's bundler, of the same version as the `worker` library.
pub(crate) fn worker_build(project: &Project) -> Result<PathBuf> {
    CargoTool {
        package: "worker-build",
        programs: &["worker-build"],
        features: &[],
        version: project.locked_version("worker")?,
        optimize: Optimize::No,
    }
    .folder(project)
}

/// The checker of licenses, sources and duplicates.
pub(crate) fn cargo_deny(project: &Project) -> Result<PathBuf> {
    CargoTool {
        package: "cargo-deny",
        programs: &["cargo-deny"],
        features: &[],
        version: CARGO_DENY.to_owned(),
        optimize: Optimize::No,
    }
    .folder(project)
}

/// The npm packages of package-lock.json.
pub(crate) fn node_packages(project: &Project) -> Result<NodePackages> {
    NodePackages::install(project)
}

/// A Chromium and its driver.
pub(crate) fn chromium(project: &Project) -> Result<Chromium> {
    Chromium::find_or_install(project)
}

/// A Python that has lxml, or why there is none: it is measured against, nothing depends on it.
pub(crate) fn python_with_lxml(project: &Project) -> Result<Result<PathBuf, String>> {
    lxml::python(project)
}

/// The standard library for wasm32.
pub(crate) fn wasm_target(project: &Project) -> Result<()> {
    wasm_target::ensure(project)
}

/// `PATH` with these folders in front.
pub(crate) fn path_with(folders: &[PathBuf]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(folders.iter().cloned().chain(std::env::split_paths(&path)))
        .context("a tool's folder has a name that cannot be part of PATH")
}
