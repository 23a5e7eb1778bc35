//! Where things are in this clone.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The clone's folders.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The clone this xtask was built from. cargo rebuilds it when the clone moves.
    pub(crate) fn here() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = xtask.parent().unwrap_or(xtask).to_owned();
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |target| root.join(target));
        Self { root, target }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// cargo's output folder, and below it what xtask makes: `site`, `edge`, `serve`, `xtask`.
    pub(crate) fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// The built sandbox.
    pub(crate) fn sandbox(&self) -> PathBuf {
        self.target("debug/seatree-sandbox")
    }

    /// The version Cargo.lock holds of a library, for tools that must be of the same version.
    pub(crate) fn locked_version(&self, library: &str) -> Result<String> {
        let lock = self.path("Cargo.lock");
        let text = std::fs::read_to_string(&lock)
            .with_context(|| format!("cannot read {}", lock.display()))?;
        match version_in_lock(&text, library) {
            Some(version) => Ok(version.to_owned()),
            None => bail!("Cargo.lock holds no {library}; run cargo build once, then try again"),
        }
    }
}

fn version_in_lock<'a>(lock: &'a str, library: &str) -> Option<&'a str> {
    let name = format!("name = \"{library}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::version_in_lock;

    #[test]
    fn a_library_is_found_by_its_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(version_in_lock(lock, "bindgen"), None);
    }
}
