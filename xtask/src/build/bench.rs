//! What the benchmarks run: natively, and in the browser as the page is built.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::split;
use crate::{process, project::Project, tools};

/// The built benchmarks.
pub(crate) struct Bench {
    pub(crate) native: PathBuf,
    /// The folder with `seatree_bench.js` and its module.
    pub(crate) wasm: PathBuf,
}

/// Builds the program that makes up replies; cargo knows by itself whether there is anything to do.
pub(crate) fn bench_native(project: &Project) -> Result<PathBuf> {
    process::run(
        "Building the native benchmark",
        &mut cargo(project, &["--release", "--bin", "seatree-bench"]),
    )?;
    Ok(project.target("release/seatree-bench"))
}

/// Builds both.
pub(crate) fn bench(project: &Project) -> Result<Bench> {
    tools::wasm_target(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    tools::node_packages(project)?;
    let wasm = project.target("bench/wasm");
    fs::create_dir_all(&wasm).with_context(|| format!("cannot make {}", wasm.display()))?;

    let native = bench_native(project)?;
    process::run(
        "Building the browser's benchmark",
        &mut cargo(project, &["--profile", "page", "--lib", "--target", "wasm32-unknown-unknown"]),
    )?;
    let module = project.target("wasm32-unknown-unknown/page/seatree_bench.wasm");
    process::run(
        "Binding it to the browser",
        Command::new(bindgen.join("wasm-bindgen"))
            .arg(module)
            .args(["--target", "web", "--no-typescript", "--out-dir"])
            .arg(&wasm),
    )?;
    let bound = wasm.join("seatree_bench_bg.wasm");
    split::optimize(project, &[(bound.clone(), bound)])?;
    Ok(Bench { native, wasm })
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--package", "seatree-bench"]).args(arguments).current_dir(project.root());
    cargo
}
