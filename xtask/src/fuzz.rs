//! `fuzz`: feeds every decoder of core what no upstream should send.
//!
//! Two engines share the inputs. The one of `crates/fuzz` needs nothing but cargo. libFuzzer, which
//! keeps what reaches new code and goes on from there, needs a C++ compiler to be built; where none
//! is, the first takes all. The compiler's counters for it are turned on by flags that stable Rust
//! passes on to LLVM, so that neither nightly nor cargo-fuzz is needed.

mod options;

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

pub(crate) use options::FuzzOptions;

use crate::{
    process::{self, on_path, output_of},
    project::Project,
};

/// What cargo-fuzz passes, too: count the edges taken, and tell what was compared with what.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
     -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Below `target`: for each target what it found, and what libFuzzer learned.
const FINDINGS: &str = "fuzz-findings";

pub(crate) fn run(project: &Project, options: &FuzzOptions) -> Result<()> {
    let program = build(project)?;
    let known = targets(&program)?;
    let targets = if options.targets.is_empty() { known.clone() } else { options.targets.clone() };
    if let Some(wrong) = targets.iter().find(|target| !known.contains(target)) {
        bail!("there is no target \"{wrong}\"; there are {}", known.join(", "));
    }
    let each = options.inputs.div_ceil(targets.len().max(1) as u64);
    let compiler = ["c++", "g++", "clang++"].into_iter().find_map(on_path);
    let plain = if compiler.is_some() { each.div_ceil(2) } else { each };

    let findings = project.target(FINDINGS);
    process::run(
        &format!("Fuzzing {} targets with {plain} inputs each", targets.len()),
        Command::new(&program)
            .arg("run")
            .args(&targets)
            .args(["--inputs", &plain.to_string(), "--seed", &options.seed.to_string()])
            .arg("--findings")
            .arg(&findings)
            .current_dir(project.root()),
    )?;
    if compiler.is_none() {
        println!("    Skipped: no C++ compiler, so that libFuzzer cannot be built");
        return Ok(());
    }
    let guided = build_guided(project)?;
    for target in &targets {
        run_guided(project, &program, &guided, target, each - plain, options.seed)?;
    }
    println!("{} inputs in all, half of them guided by coverage", each * targets.len() as u64);
    Ok(())
}

fn build(project: &Project) -> Result<PathBuf> {
    process::run(
        "Building the targets",
        Command::new("cargo")
            .args(["build", "--quiet", "--profile", "fuzz", "--package", "seatree-fuzz"])
            .args(["--bin", "seatree-fuzz"])
            .current_dir(project.root()),
    )?;
    Ok(project.target("fuzz/seatree-fuzz"))
}

fn targets(program: &PathBuf) -> Result<Vec<String>> {
    let list = output_of(Command::new(program).arg("list"))?;
    Ok(list.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect())
}

/// In a folder of its own: other flags would build everything else again.
fn build_guided(project: &Project) -> Result<PathBuf> {
    let about = output_of(Command::new("rustc").arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    // Named, so that the flags are for the targets and not for build scripts.
    let host = host.context("rustc -vV names no host")?;
    let folder = project.target("guided");
    process::run(
        "Building the targets for libFuzzer",
        Command::new("cargo")
            .args(["build", "--quiet", "--profile", "fuzz", "--package", "seatree-fuzz"])
            .args(["--features", "guided", "--bin", "seatree-fuzz-guided", "--target", host])
            .arg("--target-dir")
            .arg(&folder)
            .env("RUSTFLAGS", COVERAGE)
            .current_dir(project.root()),
    )?;
    Ok(folder.join(host).join("fuzz/seatree-fuzz-guided"))
}

fn run_guided(
    project: &Project,
    program: &PathBuf,
    guided: &PathBuf,
    target: &str,
    inputs: u64,
    seed: u64,
) -> Result<()> {
    let folder = project.target(FINDINGS).join(target);
    let (seeds, corpus) = (folder.join("seeds"), folder.join("corpus"));
    fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    output_of(Command::new(program).args(["seeds", target]).arg(&seeds))?;
    process::run_quietly(
        &format!("Guided by coverage: {target} with {inputs} inputs"),
        Command::new(guided)
            .arg(&corpus)
            .arg(&seeds)
            .args([format!("-runs={inputs}"), format!("-seed={seed}")])
            .args(["-max_len=4096", "-timeout=60", "-rss_limit_mb=2048", "-print_final_stats=1"])
            .arg(format!("-artifact_prefix={}/", folder.display()))
            .env("SEATREE_FUZZ_TARGET", target)
            .current_dir(project.root()),
        folder.join("guided.log"),
    )
}
