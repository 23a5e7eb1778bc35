//! `check`: everything that can be said about the code without running it.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{process, project::Project, tools};

const WASM: &str = "wasm32-unknown-unknown";
/// What runs in a browser or in the worker.
const FOR_WASM: [&str; 4] = ["seatree", "seatree-bench", "seatree-core", "seatree-edge"];

type Check = fn(&Project) -> Result<()>;

/// Runs every check, all of them even if one fails.
pub(crate) fn run(project: &Project) -> Result<()> {
    tools::wasm_target(project)?;
    let checks: [(&str, Check); 5] = [
        ("format", format),
        ("clippy, native", clippy),
        ("clippy, wasm32", clippy_for_wasm),
        ("docs", docs),
        ("deny", deny),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        if let Err(error) = check(project) {
            if error.is::<process::Interrupted>() {
                return Err(error);
            }
            eprintln!("error: {error:#}");
            failed.push(name);
        }
    }
    if failed.is_empty() {
        println!("All checks passed");
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

fn cargo(project: &Project, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(project.root());
    command
}

fn format(project: &Project) -> Result<()> {
    process::run("Checking the format", &mut cargo(project, &["fmt", "--all", "--check"]))
}

fn clippy(project: &Project) -> Result<()> {
    let mut clippy = cargo(project, &["clippy", "--quiet", "--workspace", "--all-targets"]);
    process::run("Clippy, native", clippy.args(["--", "-D", "warnings"]))
}

fn clippy_for_wasm(project: &Project) -> Result<()> {
    let mut clippy = cargo(project, &["clippy", "--quiet", "--target", WASM]);
    for package in FOR_WASM {
        clippy.args(["--package", package]);
    }
    process::run("Clippy, wasm32", clippy.args(["--", "-D", "warnings"]))
}

fn docs(project: &Project) -> Result<()> {
    let mut native =
        cargo(project, &["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"]);
    process::run("Building the docs", native.env("RUSTDOCFLAGS", "-D warnings"))
}

fn deny(project: &Project) -> Result<()> {
    let folder = tools::cargo_deny(project)?;
    let deny = |arguments: &[&str]| {
        let mut command = Command::new(folder.join("cargo-deny"));
        command.args(arguments).current_dir(project.root());
        command
    };
    process::run(
        "Checking bans, licenses and sources",
        &mut deny(&["--offline", "check", "bans", "licenses", "sources"]),
    )?;
    // The database of advisories is on the network, which a build machine may not have.
    let log = project.target("xtask/advisories.log");
    if process::run_quietly("Fetching the advisories", &mut deny(&["fetch", "db"]), log).is_err() {
        process::check_interrupted()?;
        println!("    Skipped: advisories were not checked, their database cannot be reached");
        return Ok(());
    }
    process::run("Checking advisories", &mut deny(&["check", "--disable-fetch", "advisories"]))
}
