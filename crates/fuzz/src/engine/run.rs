//! One target, input after input.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{Broken, Inputs, Watchdog, feed, minimize};
use crate::Target;

/// To what size inputs are grown by saying one thing again and again.
const GROWN_TO: [usize; 3] = [1 << 16, 1 << 20, 1 << 24];

/// Different ways to break a rule before a target is given up.
const ENOUGH: usize = 20;

/// Where inputs that break a rule are kept.
pub struct Findings {
    folder: PathBuf,
}

impl Findings {
    /// # Errors
    /// When the folder cannot be made.
    pub fn of(target: &Target, folder: &Path) -> io::Result<Self> {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Keeps an input and says where.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep(&self, name: &str, input: &[u8]) -> io::Result<PathBuf> {
        let path = self.folder.join(name);
        fs::write(&path, input)?;
        Ok(path)
    }

    /// Which input is being read; a process that dies tells nothing else.
    pub(super) fn position(&self) -> PathBuf {
        self.folder.join("position")
    }
}

/// Feeds inputs from number `from` on, up to `inputs` of them, and before the first the grown
/// ones. Gives how often a rule was broken in different places.
///
/// # Errors
/// When findings cannot be written.
pub fn run(
    target: &'static Target,
    seed: u64,
    numbers: std::ops::Range<u64>,
    findings: &Findings,
) -> io::Result<usize> {
    let watchdog = Watchdog::over(target.name);
    let position = File::create(findings.position())?;
    let mut run = Run { target, findings, places: BTreeSet::new() };
    if numbers.start == 0 {
        for (at, repeat) in target.repeats.iter().enumerate() {
            for bytes in GROWN_TO {
                let input = repeat.grown_to(bytes);
                position.write_all_at(format!("{:20}", u64::MAX).as_bytes(), 0)?;
                let fed = watchdog.watch(|| feed(target, &input));
                run.judge(fed, &input, &format!("repeat {at} grown to {bytes} bytes"))?;
            }
        }
    }
    let inputs = Inputs::new(target, seed);
    let (start, mut told) = (Instant::now(), Instant::now());
    let first = numbers.start;
    for number in numbers {
        let input = inputs.number(number);
        position.write_all_at(format!("{number:20}").as_bytes(), 0)?;
        let fed = watchdog.watch(|| feed(target, &input));
        run.judge(fed, &input, &format!("input {number} of seed {seed}"))?;
        if run.places.len() >= ENOUGH {
            println!("{}: enough", target.name);
            break;
        }
        if told.elapsed() > Duration::from_secs(20) {
            told = Instant::now();
            let done = number - first + 1;
            println!("{}: {done} inputs in {} s", target.name, start.elapsed().as_secs());
        }
    }
    fs::remove_file(findings.position())?;
    Ok(run.places.len())
}

struct Run<'a> {
    target: &'static Target,
    findings: &'a Findings,
    /// Each is told once.
    places: BTreeSet<String>,
}

impl Run<'_> {
    fn judge(&mut self, fed: Result<(), Broken>, input: &[u8], which: &str) -> io::Result<()> {
        let Err(broken) = fed else { return Ok(()) };
        if !self.places.insert(broken.place.clone()) {
            return Ok(());
        }
        let small = input.len() < 1 << 17;
        let shortest = if small {
            minimize(input, |shorter| {
                feed(self.target, shorter).is_err_and(|other| other.place == broken.place)
            })
        } else {
            input.to_vec()
        };
        let kept = self.findings.keep(&format!("broken-{}", self.places.len()), &shortest)?;
        println!(
            "{}: BROKEN by {which}, at {}:\n    {:.600}\n    {} bytes kept in {}: {}",
            self.target.name,
            broken.place,
            broken.message,
            shortest.len(),
            kept.display(),
            String::from_utf8_lossy(&shortest[..shortest.len().min(300)]).escape_debug(),
        );
        Ok(())
    }
}
