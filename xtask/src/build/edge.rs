//! The edge worker, by worker-build.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

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
    process::run(
        "Building the edge",
        Command::new(worker_build.join("worker-build"))
            .args(["--profile", "page", "--out-dir"])
            .arg(&edge)
            // Without these it downloads its own.
            .env("WASM_BINDGEN_BIN", bindgen.join("wasm-bindgen"))
            .env("WASM_OPT_BIN", packages.wasm_opt())
            .env("ESBUILD_BIN", packages.esbuild()?)
            .current_dir(project.path("crates/edge")),
    )?;
    stamp.write()?;
    Ok(edge)
}
