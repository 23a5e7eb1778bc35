//! Starting other programs so that none outlives xtask.
//!
//! Every program gets a process group of its own, which is ended as a whole: on drop, on Ctrl-C, on
//! a failure elsewhere. Servers also hold a pipe from xtask: if xtask itself is killed outright the
//! pipe closes, and they end by themselves.

mod daemon;
mod group;
mod interrupt;
mod step;

pub(crate) use daemon::Daemon;
pub(crate) use group::Group;
pub(crate) use interrupt::{Interrupted, check_interrupted, handle_interrupts};
pub(crate) use step::{human, run, run_quietly};

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// How often a waiting loop looks again.
const TICK: Duration = Duration::from_millis(20);

/// Waits until `ready` gives something, an error, or the time is up.
pub(crate) fn poll<T>(
    what: &str,
    limit: Duration,
    mut ready: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        check_interrupted()?;
        if let Some(value) = ready()? {
            return Ok(value);
        }
        if Instant::now() > deadline {
            bail!("{what} did not answer within {} s", limit.as_secs());
        }
        std::thread::sleep(TICK);
    }
}

/// Keeps looking until the user asks to stop, which is no failure, or something fails.
pub(crate) fn forever(mut look: impl FnMut() -> Result<()>) -> Result<()> {
    while check_interrupted().is_ok() {
        look()?;
        std::thread::sleep(TICK);
    }
    println!("\nStopping");
    Ok(())
}

/// What a short program prints, or an error that names it.
pub(crate) fn output_of(command: &mut Command) -> Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        bail!("{name} failed: {}", output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{name} printed something that is not text"))
}

/// A program by that name in the folders of `PATH`.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}
