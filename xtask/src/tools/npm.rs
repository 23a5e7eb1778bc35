//! npm packages: development tools only, none of them reaches the page or the edge bundle.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use super::NODE;
use crate::{
    process::{self, on_path, output_of},
    project::Project,
};

/// The installed `node_modules`.
pub(crate) struct NodePackages {
    folder: PathBuf,
}

impl NodePackages {
    /// Runs `npm ci` when package-lock.json has changed since it last ran here.
    pub(super) fn install(project: &Project) -> Result<Self> {
        check_node()?;
        let folder = project.path("node_modules");
        let lock = project.path("package-lock.json");
        let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
        // Inside the folder it speaks of: removing that folder removes the claim.
        let stamp = folder.join(".seatree-lock.json");
        if fs::read(&stamp).ok().as_ref() != Some(&wanted) {
            process::run_quietly(
                "Installing npm packages",
                Command::new("npm")
                    .args(["ci", "--no-audit", "--no-fund"])
                    .current_dir(project.root()),
                project.target("xtask/npm-ci.log"),
            )?;
            fs::write(&stamp, wanted)
                .with_context(|| format!("cannot write {}", stamp.display()))?;
        }
        Ok(Self { folder })
    }

    /// Where npm links the packages' programs.
    pub(crate) fn programs(&self) -> PathBuf {
        self.folder.join(".bin")
    }

    /// The WebAssembly optimizer.
    pub(crate) fn wasm_opt(&self) -> PathBuf {
        self.programs().join("wasm-opt")
    }

    /// The worker runtime.
    pub(crate) fn workerd(&self) -> Result<PathBuf> {
        self.native("@cloudflare", "workerd-", "workerd")
    }

    /// The JavaScript bundler.
    pub(crate) fn esbuild(&self) -> Result<PathBuf> {
        self.native("@esbuild", "", "esbuild")
    }

    /// The program in a package of this platform. npm's own link leads to a script that starts it
    /// through Node, unless an install script replaced it, which users may have switched off.
    fn native(&self, scope: &str, prefix: &str, program: &str) -> Result<PathBuf> {
        find_native(&self.folder.join(scope), prefix, program).with_context(|| {
            format!(
                "npm installed no {program} for this machine; remove node_modules and run npm ci, \
                 with optional dependencies switched on"
            )
        })
    }
}

fn find_native(scope: &Path, prefix: &str, program: &str) -> Option<PathBuf> {
    let mut packages: Vec<PathBuf> = fs::read_dir(scope)
        .ok()?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| entry.path().join("bin").join(program))
        .filter(|program| program.is_file())
        .collect();
    packages.sort();
    packages.into_iter().next()
}

fn check_node() -> Result<()> {
    let (major, minor) = NODE;
    if on_path("node").is_none() || on_path("npm").is_none() {
        bail!(
            "Node.js {major}.{minor} or newer with npm is needed and not on PATH; \
             install it from your distribution or nodejs.org"
        );
    }
    let version = output_of(Command::new("node").arg("--version"))?;
    match parse(&version) {
        Some(found) if found >= NODE => Ok(()),
        _ => bail!("Node.js {} is too old: {major}.{minor} or newer is needed", version.trim()),
    }
}

fn parse(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.trim().trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_version_is_read() {
        assert_eq!(parse("v20.20.2\n"), Some((20, 20)));
        assert_eq!(parse("nightly"), None);
    }

    #[test]
    fn a_newer_major_with_a_smaller_minor_will_do() {
        assert!(parse("v22.1.0").is_some_and(|found| found >= NODE));
        assert!(parse("v20.9.0").is_some_and(|found| found < NODE));
    }
}
