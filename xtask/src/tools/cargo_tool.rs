//! Tools that come as Rust crates.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::cache;
use crate::{
    process::{self, on_path},
    project::Project,
};

/// How much to optimize a tool that is built here. It runs a few times; it is built once.
#[derive(Clone, Copy)]
pub(super) enum Optimize {
    No,
    Basic,
}

impl Optimize {
    fn level(self) -> &'static str {
        match self {
            Self::No => "0",
            Self::Basic => "1",
        }
    }
}

/// A crate with the programs it installs.
pub(super) struct CargoTool {
    pub(super) package: &'static str,
    pub(super) programs: &'static [&'static str],
    /// Features that a program is behind; those no binstall knows.
    pub(super) features: &'static [&'static str],
    pub(super) version: String,
    pub(super) optimize: Optimize,
}

impl CargoTool {
    /// The folder that holds the programs, after installing them where missing.
    pub(super) fn folder(&self, project: &Project) -> Result<PathBuf> {
        if let Some(folder) = self.fitting_on_path() {
            return Ok(folder);
        }
        let home = cache::root()?.join(format!("{}-{}", self.package, self.version));
        let folder = home.join("bin");
        if self.complete(&folder) {
            return Ok(folder);
        }
        self.install(project, &home)?;
        Ok(folder)
    }

    fn complete(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| folder.join(program).is_file())
    }

    /// The user's own installation, when every program is there and says the right version.
    fn fitting_on_path(&self) -> Option<PathBuf> {
        let folder = on_path(self.programs.first()?)?.parent()?.to_owned();
        let fits = self.programs.iter().all(|program| {
            Command::new(folder.join(program))
                .arg("--version")
                .stdin(Stdio::null())
                .output()
                .is_ok_and(|output| {
                    says_version(&String::from_utf8_lossy(&output.stdout), &self.version)
                })
        });
        fits.then_some(folder)
    }

    /// Into a folder beside the final one, which is then renamed: an installation that was
    /// interrupted is never mistaken for a complete one.
    fn install(&self, project: &Project, home: &Path) -> Result<()> {
        let cache = cache::root()?;
        let unfinished =
            cache.join(format!(".{}-{}.{}", self.package, self.version, std::process::id()));
        fs::create_dir_all(&unfinished)
            .with_context(|| format!("cannot make {}", unfinished.display()))?;
        let installed = self.install_into(project, &cache, &unfinished).and_then(|()| {
            if home.exists() {
                fs::remove_dir_all(home)
                    .with_context(|| format!("cannot replace {}", home.display()))?;
            }
            fs::rename(&unfinished, home).with_context(|| format!("cannot make {}", home.display()))
        });
        if installed.is_err() {
            // The first problem is the one worth telling.
            let _ = fs::remove_dir_all(&unfinished);
        }
        installed
    }

    fn install_into(&self, project: &Project, cache: &Path, root: &Path) -> Result<()> {
        let log = project.target(&format!("xtask/install-{}.log", self.package));
        if self.features.is_empty() && on_path("cargo-binstall").is_some() {
            let what = format!("Fetching {} {} with cargo binstall", self.package, self.version);
            let mut binstall = Command::new("cargo");
            binstall
                .args(["binstall", "--no-confirm", "--version", &self.version, "--root"])
                .arg(root)
                .arg(self.package);
            match process::run_quietly(&what, self.lightly(&mut binstall), log.clone()) {
                Ok(()) if self.complete(&root.join("bin")) => return Ok(()),
                Err(error) if error.is::<process::Interrupted>() => return Err(error),
                _ => println!("    it could not; building it instead"),
            }
        }
        let build = cache.join(format!(".build.{}", std::process::id()));
        let what =
            format!("Installing {} {} (once per user, a few minutes)", self.package, self.version);
        let mut install = Command::new("cargo");
        install
            .args(["install", "--locked", "--version", &self.version, "--root"])
            .arg(root)
            .arg(self.package)
            .args(self.features.iter().flat_map(|feature| ["--features", feature]))
            .env("CARGO_TARGET_DIR", &build)
            // Away from the project: its cargo settings are not the tool's.
            .current_dir(cache);
        let installed = process::run_quietly(&what, self.lightly(&mut install), log);
        // Hundreds of megabytes that nobody needs again.
        let _ = fs::remove_dir_all(&build);
        installed
    }

    /// A tool's own release profile optimizes for its makers' users; here the build's time counts.
    fn lightly<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.optimize.level())
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
    }
}

fn says_version(output: &str, version: &str) -> bool {
    output.split_whitespace().any(|word| word.trim_start_matches('v') == version)
}

#[cfg(test)]
mod tests {
    use super::says_version;

    #[test]
    fn a_version_must_be_equal_not_alike() {
        assert!(says_version("trunk 0.21.14\n", "0.21.14"));
        assert!(says_version("0.8.7", "0.8.7"));
        assert!(!says_version("trunk 0.21.1", "0.21.14"));
        assert!(!says_version("trunk 0.21.14-beta.1", "0.21.14"));
    }
}
