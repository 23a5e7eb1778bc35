//! Targets in processes of their own, so that one that dies is told from one that is done.

use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{env, fs, io};

use super::{Findings, Inputs};
use crate::Target;

/// Runs each target in a process of its own and says how it went; how many broke a rule or died.
///
/// # Errors
/// When a process cannot be started or findings cannot be written.
pub fn supervise(targets: &[&Target], seed: u64, inputs: u64, folder: &Path) -> io::Result<usize> {
    let mut broken = 0;
    let mut total = 0;
    for target in targets {
        let findings = Findings::of(target, folder)?;
        let start = Instant::now();
        let status = Command::new(env::current_exe()?)
            .args(["one", target.name, "--inputs", &inputs.to_string()])
            .args(["--seed", &seed.to_string(), "--findings"])
            .arg(folder)
            .status()?;
        let seconds = start.elapsed().as_secs_f64();
        let result = match status.code() {
            Some(0) => "held",
            Some(_) => "BROKEN",
            None => "DIED",
        };
        broken += usize::from(result != "held");
        total += inputs;
        println!("{:<16}{inputs:>10} inputs{seconds:>8.1} s   {result}", target.name);
        if result == "DIED" {
            tell_position(target, seed, &findings)?;
        }
    }
    println!("{total} inputs in all");
    Ok(broken)
}

fn tell_position(target: &Target, seed: u64, findings: &Findings) -> io::Result<()> {
    let position = fs::read_to_string(findings.position())?;
    match position.trim().parse() {
        Ok(u64::MAX) | Err(_) => println!("    it died of a repeat, grown large"),
        Ok(number) => {
            let kept = findings.keep("died", &Inputs::new(target, seed).number(number))?;
            println!("    it died of input {number} of seed {seed}, kept in {}", kept.display());
        }
    }
    Ok(())
}
