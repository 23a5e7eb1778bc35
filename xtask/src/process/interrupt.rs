//! Ctrl-C, `kill` and a closed terminal become one flag that every wait looks at.

use std::{
    fmt,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, Result};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

static TIMES: AtomicUsize = AtomicUsize::new(0);
static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// The user asked to stop. Not a failure: it is reported as such and nothing else.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped on request")
    }
}

impl std::error::Error for Interrupted {}

/// From here on a signal no longer ends xtask at once: waits return [`Interrupted`] and what was
/// started is stopped in order. A second signal ends everything without waiting.
pub(crate) fn handle_interrupts() -> Result<()> {
    ctrlc::set_handler(|| {
        if TIMES.fetch_add(1, Ordering::SeqCst) > 0 {
            for group in GROUPS.lock().unwrap_or_else(PoisonError::into_inner).iter() {
                // It may have ended by itself meanwhile: there is nothing more to do about it here.
                let _ = killpg(*group, Signal::SIGKILL);
            }
            std::process::exit(130);
        }
    })
    .context("cannot listen for Ctrl-C")
}

/// Leaves a wait when the user asked to stop.
pub(crate) fn check_interrupted() -> Result<()> {
    if TIMES.load(Ordering::SeqCst) > 0 { Err(Interrupted.into()) } else { Ok(()) }
}

pub(super) fn remember(group: Pid) {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner).push(group);
}

pub(super) fn forget(group: Pid) {
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner).retain(|other| *other != group);
}
