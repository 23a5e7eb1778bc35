//! The page, by trunk.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use super::stamp::Stamp;
use crate::{process, project::Project, tools};

const INPUTS: [&str; 9] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "style",
    "assets",
    "crates/core/Cargo.toml",
    "crates/core/src",
];

/// The folder with the built page, after building it where something has changed.
pub(crate) fn site(project: &Project) -> Result<PathBuf> {
    let site = project.target("site");
    let bindgen = project.locked_version("wasm-bindgen")?;
    let stamp = Stamp::of(project, "site", &INPUTS, &[&bindgen])?;
    if stamp.fits(&site.join("index.html")) {
        println!("    The page is up to date");
        return Ok(site);
    }
    tools::wasm_target(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let trunk = tools::trunk(project)?;
    let packages = tools::node_packages(project)?;
    stamp.remove();
    // trunk is kept from the network, and with it the cargo it starts.
    process::run(
        "Fetching the page's crates",
        Command::new("cargo")
            .args(["fetch", "--quiet", "--target", "wasm32-unknown-unknown"])
            .current_dir(project.root()),
    )?;
    process::run(
        "Building the page",
        Command::new(trunk.join("trunk"))
            .args(["build", "--config", "Trunk.toml", "--dist"])
            .arg(&site)
            .env("PATH", tools::path_with(&[bindgen, packages.programs()])?)
            // trunk reads it as true or false and refuses the usual 1.
            .env_remove("NO_COLOR")
            .current_dir(project.root()),
    )?;
    stamp.write()?;
    Ok(site)
}
