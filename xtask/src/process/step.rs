//! One step of a command: says what it does, runs a program to its end, says how long it took.

use std::{
    fs::{self, File},
    io::IsTerminal,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::Group;

/// Lines of a log worth showing when a quiet step failed.
const TAIL: usize = 40;

/// Where a step's program writes.
enum Output {
    /// To the user, as it comes.
    Shown,
    /// To a file, with a sign of life now and then: what installers print is of no use unless they
    /// fail. On a terminal it is shown all the same, as progress.
    Kept(PathBuf),
}

/// Runs a program to its end, showing what it prints.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    step(what, command, &Output::Shown)
}

/// Runs a program to its end, keeping what it prints in `log`.
pub(crate) fn run_quietly(what: &str, command: &mut Command, log: PathBuf) -> Result<()> {
    step(what, command, &Output::Kept(log))
}

fn step(what: &str, command: &mut Command, output: &Output) -> Result<()> {
    println!("==> {what}");
    let start = Instant::now();
    command.stdin(Stdio::null());
    let log = match output {
        Output::Kept(log) if !std::io::stderr().is_terminal() => Some(log.as_path()),
        _ => None,
    };
    if let Some(log) = log {
        let file = create(log)?;
        command.stdout(file.try_clone().context("cannot write a log")?).stderr(file);
    }
    let mut next_sign = Duration::from_secs(30);
    let status = Group::start(command)?.wait(|| {
        if log.is_some() && start.elapsed() >= next_sign {
            println!("    still at it after {}", human(start.elapsed()));
            next_sign += Duration::from_secs(30);
        }
    })?;
    if !status.success() {
        if let Some(log) = log {
            eprintln!("{}", tail(&fs::read_to_string(log).unwrap_or_default()));
            bail!("{what}: failed ({status}); the whole log is in {}", log.display());
        }
        bail!("{what}: failed ({status})");
    }
    println!("    {what}: done in {}", human(start.elapsed()));
    Ok(())
}

fn create(log: &Path) -> Result<File> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    File::create(log).with_context(|| format!("cannot write {}", log.display()))
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL)..].join("\n")
}

/// A duration as people say it: `0.4 s`, `42 s`, `3 min 05 s`.
pub(crate) fn human(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(human(Duration::from_millis(440)), "0.4 s");
        assert_eq!(human(Duration::from_secs(42)), "42 s");
        assert_eq!(human(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn the_end_of_a_long_log_is_what_is_shown() {
        let log = (0..100).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let shown = tail(&log);
        assert!(shown.starts_with("60\n") && shown.ends_with("\n99"), "{shown}");
    }
}
