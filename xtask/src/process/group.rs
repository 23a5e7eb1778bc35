//! A program with everything it starts, ended as one.

use std::{
    os::unix::process::CommandExt,
    process::{Child, Command, ExitStatus},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use nix::{
    errno::Errno,
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

use super::{TICK, check_interrupted, interrupt};

/// How long a group may take to end by itself before it is killed.
const PATIENCE: Duration = Duration::from_secs(3);

/// A running process group. Dropping it ends it.
pub(crate) struct Group {
    child: Child,
    id: Pid,
}

impl Group {
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child =
            command.process_group(0).spawn().with_context(|| format!("cannot start {name}"))?;
        let id = Pid::from_raw(child.id().cast_signed());
        interrupt::remember(id);
        Ok(Self { child, id })
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().context("cannot ask for a child's state")
    }

    /// Waits for the end, or for the user to ask to stop.
    pub(crate) fn wait(mut self, mut meanwhile: impl FnMut()) -> Result<ExitStatus> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            check_interrupted()?;
            meanwhile();
            std::thread::sleep(TICK);
        }
    }

    /// Whether some process of the group is still there.
    fn lives(&mut self) -> bool {
        // Reaps the leader, whose remains would otherwise count as a living member.
        let _ = self.child.try_wait();
        killpg(self.id, None) != Err(Errno::ESRCH)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        // A server tied to a pipe from here ends on its own when the pipe closes.
        drop(self.child.stdin.take());
        let _ = killpg(self.id, Signal::SIGTERM);
        while self.lives() {
            if Instant::now() > deadline {
                let _ = killpg(self.id, Signal::SIGKILL);
                let _ = self.child.wait();
                break;
            }
            std::thread::sleep(TICK);
        }
        interrupt::forget(self.id);
    }
}
