//! The page, by trunk.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{embed, split, stamp::Stamp, styles};
use crate::{
    locales, process,
    project::Project,
    tools::{self, NodePackages},
};

const INPUTS: [&str; 13] = [
    "index.html",
    "Trunk.toml",
    ".cargo/config.toml",
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "style",
    "locales",
    "assets",
    "crates/core/Cargo.toml",
    "crates/core/src",
    "xtask/src/build",
    "xtask/src/locales",
];

/// What the page is built for.
#[derive(Clone, Copy)]
enum Purpose {
    /// What is shipped and tested.
    People,
    /// The same with the benchmark's hook, `src/bench.rs`.
    Bench,
}

/// The folder with the built page, after building it where something has changed.
pub(crate) fn site(project: &Project) -> Result<PathBuf> {
    build(project, Purpose::People)
}

/// The same page with a hook for `bench tree`, in a folder of its own.
pub(crate) fn bench_site(project: &Project) -> Result<PathBuf> {
    build(project, Purpose::Bench)
}

fn build(project: &Project, purpose: Purpose) -> Result<PathBuf> {
    let (folder, name, features): (_, _, &[&str]) = match purpose {
        Purpose::People => ("site", "site", &[]),
        Purpose::Bench => ("bench/site", "bench-site", &["--features", "bench"]),
    };
    let site = project.target(folder);
    let version = project.locked_version("wasm-bindgen")?;
    let tools = [version.as_str(), tools::WASM_SPLIT];
    let stamp = Stamp::of(project, name, &INPUTS, &tools)?;
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
            .args(features)
            .env("PATH", tools::path_with(&[bindgen, packages.programs()])?)
            .env("CARGO_ENCODED_RUSTFLAGS", split::rustflags(project))
            .env_remove("RUSTFLAGS")
            // What the catalogs' names hold: `src/platform/language.rs`.
            .env("SEATREE_CATALOGS", locales::version(project)?)
            // trunk reads it as true or false and refuses the usual 1.
            .env_remove("NO_COLOR")
            .current_dir(project.root()),
    )?;
    split::split(project, &site)?;
    styles::join(&site)?;
    embed::embed(project, &site)?;
    locales::pack(project, &site)?;
    minify(&site, &packages)?;
    stamp.write()?;
    Ok(site)
}

/// Scripts and styles, in place: their names are already in index.html.
fn minify(site: &Path, packages: &NodePackages) -> Result<()> {
    let entries = fs::read_dir(site).with_context(|| format!("cannot list {}", site.display()))?;
    let mut esbuild = Command::new(packages.esbuild()?);
    esbuild.args([
        "--minify",
        "--charset=utf8",
        "--target=es2022",
        "--log-level=warning",
        // wasm-bindgen names the splitter's script once per function of it, always the same.
        "--log-override:duplicate-object-key=silent",
        "--allow-overwrite",
    ]);
    esbuild.arg(format!("--outdir={}", site.display()));
    for entry in entries {
        let path = entry.with_context(|| format!("cannot list {}", site.display()))?.path();
        if path.extension().is_some_and(|ending| ending == "js" || ending == "css") {
            esbuild.arg(path);
        }
    }
    process::run("Minifying", &mut esbuild)
}
