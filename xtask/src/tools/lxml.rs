//! lxml, the fastest way to read AXL that others have.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};

use super::{LXML, cache};
use crate::{
    process::{self, on_path},
    project::Project,
};

/// A Python with lxml: the user's own, else one in the tools' folder. Where none can be had, why.
pub(super) fn python(project: &Project) -> Result<Result<PathBuf, String>> {
    let Some(own) = on_path("python3") else {
        return Ok(Err("there is no python3 on PATH".to_owned()));
    };
    if has_lxml(&own) {
        return Ok(Ok(own));
    }
    let home = cache::root()?.join(format!("lxml-{LXML}"));
    let python = home.join("bin/python3");
    if has_lxml(&python) {
        return Ok(Ok(python));
    }
    match install(project, &own, &home) {
        Ok(()) => Ok(Ok(python)),
        Err(error) if error.is::<process::Interrupted>() => Err(error),
        Err(error) => Ok(Err(format!("lxml {LXML} could not be installed ({error:#})"))),
    }
}

fn has_lxml(python: &Path) -> bool {
    Command::new(python)
        .args(["-c", "import lxml.etree"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// In place: such an environment cannot be moved. What was left half-way is made anew.
fn install(project: &Project, own: &Path, home: &Path) -> Result<()> {
    let log = project.target("xtask/install-lxml.log");
    if let Some(cache) = home.parent() {
        fs::create_dir_all(cache).with_context(|| format!("cannot make {}", cache.display()))?;
    }
    process::run_quietly(
        "Making a Python environment",
        Command::new(own).args(["-m", "venv", "--clear"]).arg(home),
        log.clone(),
    )?;
    process::run_quietly(
        &format!("Installing lxml {LXML}"),
        Command::new(home.join("bin/python3"))
            .args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:"])
            .arg(format!("lxml=={LXML}")),
        log,
    )
}
