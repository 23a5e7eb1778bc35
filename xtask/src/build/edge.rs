//! The edge worker: the crate by worker-build, and the entry in front of it.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use super::stamp::Stamp;
use crate::{process, project::Project, tools};

const INPUTS: [&str; 7] = [
    ".cargo/config.toml",
    "Cargo.toml",
    "Cargo.lock",
    "crates/edge/Cargo.toml",
    "crates/edge/src",
    "crates/core/Cargo.toml",
    "crates/core/src",
];

/// The folder with the built worker (`index.js`, `index_bg.wasm`), after building it where
/// something has changed.
pub(crate) fn edge(project: &Project) -> Result<PathBuf> {
    let edge = project.target("edge");
    let stamp = Stamp::of(project, "edge", &INPUTS, &[])?;
    if stamp.fits(&edge.join("index_bg.wasm")) {
        println!("    The edge is up to date");
        return Ok(edge);
    }
    tools::wasm_target(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let worker_build = tools::worker_build(project)?;
    let packages = tools::node_packages(project)?;
    stamp.remove();
    // What worker-build makes of the crate; the entry stands in front of it.
    let worker = project.target("edge-worker");
    let esbuild = packages.esbuild()?;
    process::run(
        "Building the edge",
        Command::new(worker_build.join("worker-build"))
            .args(["--profile", "page", "--out-dir"])
            .arg(&worker)
            // Without these it downloads its own.
            .env("WASM_BINDGEN_BIN", bindgen.join("wasm-bindgen"))
            .env("WASM_OPT_BIN", packages.wasm_opt())
            .env("ESBUILD_BIN", &esbuild)
            .current_dir(project.path("crates/edge")),
    )?;
    fs::create_dir_all(&edge).with_context(|| format!("cannot make {}", edge.display()))?;
    process::run(
        "Bundling the edge",
        Command::new(esbuild)
            .arg(project.path("crates/edge/src/entry.js"))
            .args(["--bundle", "--minify", "--format=esm", "--log-level=warning"])
            // The platform has these.
            .args(["--external:cloudflare:*", "--external:*.wasm"])
            .arg(format!("--alias:seatree-edge={}", worker.join("index.js").display()))
            .arg(format!("--outfile={}", edge.join("index.js").display())),
    )?;
    let module = worker.join("index_bg.wasm");
    fs::copy(&module, edge.join("index_bg.wasm"))
        .with_context(|| format!("cannot copy {}", module.display()))?;
    stamp.write()?;
    Ok(edge)
}
