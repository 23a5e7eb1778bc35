//! Splits the page's module: what the first screen does not need is fetched when it is needed.
//!
//! trunk builds the page around one module. This takes that module apart at the functions that
//! `src/platform/part.rs` marks, and puts the parts in its place.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::glue;
use crate::{process, project::Project, tools};

/// What the module needs to be compiled with, instead of `.cargo/config.toml`'s flags.
pub(super) fn rustflags(project: &Project) -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let user = env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"))?;
        Some(PathBuf::from(user).join(".cargo"))
    });
    let mut flags = vec![
        "--cfg=erase_components".to_owned(),
        "--cfg=split".to_owned(),
        // How functions refer to each other, for the splitter.
        "-Clink-arg=--emit-relocs".to_owned(),
        // Panic messages name source files: not where they lie on this machine.
        format!("--remap-path-prefix={}=.", project.root().display()),
    ];
    flags.extend(home.map(|home| format!("--remap-path-prefix={}=cargo", home.display())));
    flags.join("\u{1f}")
}

/// Takes the module of the page in `site` apart.
pub(super) fn split(project: &Project, site: &Path) -> Result<()> {
    let splitter = tools::wasm_split(project)?;
    let bindgen = tools::wasm_bindgen(project)?;
    let stem = module_name(site)?;
    let hash = stem.strip_prefix("seatree-").unwrap_or(&stem).to_owned();
    let work = project.target("xtask/split");
    if work.exists() {
        fs::remove_dir_all(&work).with_context(|| format!("cannot empty {}", work.display()))?;
    }
    let bound = work.join("bound");
    fs::create_dir_all(&bound).with_context(|| format!("cannot make {}", bound.display()))?;

    process::run(
        "Splitting the page's module",
        Command::new(splitter.join("wasm-split-cli"))
            .arg(project.target("wasm32-unknown-unknown/page/seatree.wasm"))
            .arg(&work)
            .args(["--target", "web", "--out-name", &stem])
            .env("RUST_LOG", "warn"),
    )?;
    process::run(
        "Binding it to the browser",
        Command::new(bindgen.join("wasm-bindgen"))
            .arg(work.join(format!("{stem}.wasm")))
            .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
            .arg("--out-dir")
            .arg(&bound)
            .args(["--out-name", &stem]),
    )?;
    let main = format!("{stem}_bg.wasm");
    let bound_script = bound.join(format!("{stem}.js"));
    glue::drop_unused(&bound.join(&main), &bound_script)?;
    let mut modules = vec![(bound.join(&main), site.join(&main))];
    let mut linker = read(&work.join("__wasm_split.js"))?;
    for part in parts(&work, &stem)? {
        let hashed = format!("{part}-{hash}.wasm");
        modules.push((work.join(format!("{part}.wasm")), site.join(&hashed)));
        linker = linker.replace(&format!("./{part}.wasm"), &format!("./{hashed}"));
    }
    optimize(project, &modules)?;
    glue::shorten(&site.join(&main), &bound_script)?;
    let linker_name = format!("parts-{hash}.js");
    write(&site.join(&linker_name), &linker)?;
    let script = read(&bound_script)?;
    write(
        &site.join(format!("{stem}.js")),
        // Only where it is imported from: the module asks for it by its old name.
        &script.replace("from \"./__wasm_split.js\"", &format!("from \"./{linker_name}\"")),
    )?;
    // The module imports it at once: asked for early, it comes with the module.
    let index = site.join("index.html");
    let preload = format!("<link rel=\"modulepreload\" href=\"./{linker_name}\"></head>");
    write(&index, &read(&index)?.replacen("</head>", &preload, 1))
}

/// The name that trunk gave the module, without its ending.
fn module_name(site: &Path) -> Result<String> {
    names(site)?
        .into_iter()
        .filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned))
        .find(|stem| stem.starts_with("seatree-"))
        .context("trunk built no module")
}

/// The parts' names beside the module's own, without their ending.
fn parts(work: &Path, stem: &str) -> Result<Vec<String>> {
    let names = names(work)?;
    let parts = names.iter().filter_map(|name| name.strip_suffix(".wasm"));
    Ok(parts.filter(|part| *part != stem).map(str::to_owned).collect())
}

fn names(folder: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// As small as they get, each from one file to another: every byte of the page is downloaded.
pub(super) fn optimize(project: &Project, modules: &[(PathBuf, PathBuf)]) -> Result<()> {
    let script = project.path("xtask/src/build/optimize.mjs");
    process::run_quietly(
        "Optimizing the modules",
        Command::new("node")
            .arg(script)
            .args(modules.iter().flat_map(|(from, to)| [from, to]))
            .current_dir(project.root()),
        project.target("xtask/wasm-opt.log"),
    )
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))
}
