//! A server that must run as long as xtask does, and no longer.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    sync::mpsc::{Receiver, TryRecvError, channel},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::{Group, poll};

/// Runs a program next to a reader of the pipe from xtask, which ends it when the pipe closes. For
/// servers that do not watch their standard input themselves.
const TETHER: &str = r#"exec 3<&0; "$0" "$@" </dev/null 3<&- & server=$!
(while read -r _ <&3; do :; done; kill "$server") >/dev/null 2>&1 & wait "$server""#;

/// A running server, with its name for messages.
pub(crate) struct Daemon {
    name: &'static str,
    group: Group,
    lines: Receiver<String>,
}

impl Daemon {
    /// Starts a server that ends when its standard input does. Its standard output is read line by
    /// line, its errors go to the user.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Result<Self> {
        let mut group = Group::start(
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()),
        )?;
        let output =
            group.child().stdout.take().with_context(|| format!("{name} has no output"))?;
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody listens any more once the server is known to be ready; its pipe must still
                // be emptied, or it would block.
                let _ = sender.send(line);
            }
        });
        Ok(Self { name, group, lines })
    }

    /// Starts a server that does not watch its standard input, with these variables beside those of
    /// this process.
    pub(crate) fn start_tethered<A: AsRef<OsStr>>(
        name: &'static str,
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = A>,
        variables: &[(String, String)],
    ) -> Result<Self> {
        Self::start(
            name,
            Command::new("/bin/sh")
                .arg("-c")
                .arg(TETHER)
                .arg(program)
                .args(arguments)
                .envs(variables.iter().map(|(name, value)| (name, value))),
        )
    }

    /// The first line of output that `wanted` makes something of.
    pub(crate) fn line<T>(
        &mut self,
        limit: Duration,
        wanted: impl Fn(&str) -> Option<T>,
    ) -> Result<T> {
        poll(self.name, limit, || {
            loop {
                match self.lines.try_recv() {
                    Ok(line) => {
                        if let Some(value) = wanted(&line) {
                            return Ok(Some(value));
                        }
                    }
                    Err(TryRecvError::Empty) => return Ok(None),
                    Err(TryRecvError::Disconnected) => {
                        bail!("{} ended before it was ready; what it said is above", self.name)
                    }
                }
            }
        })
    }

    /// An error when the server has ended, which it never should.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.group.ended()? {
            None => Ok(()),
            Some(status) => bail!("{} ended unexpectedly ({status})", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::{errno::Errno, sys::signal::kill, unistd::Pid};

    const LIMIT: Duration = Duration::from_secs(10);

    fn gone(pid: i32) -> bool {
        kill(Pid::from_raw(pid), None) == Err(Errno::ESRCH) || is_zombie(pid)
    }

    /// Its parent may not have collected it yet: it runs no more, which is what counts.
    fn is_zombie(pid: i32) -> bool {
        std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| stat.contains(") Z "))
    }

    fn shell(script: &str) -> Daemon {
        Daemon::start_tethered("the script", "/bin/sh", ["-c", script], &[]).expect("a shell")
    }

    #[test]
    fn dropping_a_server_ends_what_it_started_too() {
        let mut daemon = shell("sleep 600 & echo $!; wait");
        let grandchild: i32 = daemon.line(LIMIT, |line| line.parse().ok()).expect("a process id");
        assert!(!gone(grandchild));
        drop(daemon);
        assert!(gone(grandchild));
    }

    #[test]
    fn a_tethered_server_ends_when_the_pipe_closes() {
        let mut daemon = shell("echo $$; exec sleep 600");
        let server: i32 = daemon.line(LIMIT, |line| line.parse().ok()).expect("a process id");
        // What happens when xtask is killed: nothing is signalled, the pipe just closes.
        drop(daemon.group.child().stdin.take());
        poll("the end", LIMIT, || Ok(gone(server).then_some(()))).expect("it ends");
    }

    #[test]
    fn a_server_that_ends_early_is_reported_by_name() {
        let mut daemon = shell("exit 3");
        let error = daemon.line(LIMIT, |_| Some(())).expect_err("it printed nothing");
        assert!(error.to_string().contains("the script ended before it was ready"), "{error}");
        let error = poll("the end", LIMIT, || Ok(daemon.check().err())).expect("it ended");
        assert!(error.to_string().contains("the script ended unexpectedly"), "{error}");
    }
}
