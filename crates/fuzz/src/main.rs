//! The command line of the engine that needs nothing but cargo. `cargo xtask fuzz` runs it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use seatree_fuzz::Target;
use seatree_fuzz::engine::{self, Findings};

const HELP: &str = "\
seatree-fuzz run [TARGET...]      inputs for all targets or those named
seatree-fuzz feed TARGET FILE...  inputs from files, to see what they break
seatree-fuzz seeds TARGET FOLDER  writes the seeds as files
seatree-fuzz list                 the targets

  --inputs N         for each target (100000)
  --seed N           other inputs (1)
  --findings FOLDER  where inputs that break a rule are kept (target/fuzz-findings)";

struct Arguments {
    words: Vec<String>,
    inputs: u64,
    seed: u64,
    findings: PathBuf,
}

fn main() -> ExitCode {
    let arguments = match parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(problem) => {
            eprintln!("error: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(&arguments) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut parsed = Arguments {
        words: Vec::new(),
        inputs: 100_000,
        seed: 1,
        findings: PathBuf::from("target/fuzz-findings"),
    };
    while let Some(word) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{word} needs a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text:?} is no number"));
        match word.as_str() {
            "--inputs" => parsed.inputs = number(value()?)?,
            "--seed" => parsed.seed = number(value()?)?,
            "--findings" => parsed.findings = value()?.into(),
            other if other.starts_with("--") => return Err(format!("there is no option {other}")),
            _ => parsed.words.push(word),
        }
    }
    Ok(parsed)
}

/// How many targets or inputs broke a rule.
fn run(arguments: &Arguments) -> io::Result<usize> {
    let Arguments { inputs, seed, findings, .. } = arguments;
    let words: Vec<&str> = arguments.words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run"] => {
            engine::supervise(&Target::ALL.iter().collect::<Vec<_>>(), *seed, *inputs, findings)
        }
        ["run", names @ ..] => {
            let targets = names.iter().map(|name| named(name)).collect::<io::Result<Vec<_>>>()?;
            engine::supervise(&targets, *seed, *inputs, findings)
        }
        ["one", name] => {
            let target = named(name)?;
            engine::run(target, *seed, 0..*inputs, &Findings::of(target, findings)?)
        }
        ["feed", name, files @ ..] => feed(named(name)?, files),
        ["seeds", name, folder] => write_seeds(named(name)?, folder),
        ["list"] => {
            for target in Target::ALL {
                println!("{:<16}{}", target.name, target.decodes);
            }
            Ok(0)
        }
        _ => {
            println!("{HELP}");
            Ok(0)
        }
    }
}

fn named(name: &str) -> io::Result<&'static Target> {
    Target::named(name).ok_or_else(|| {
        let names: Vec<&str> = Target::ALL.iter().map(|target| target.name).collect();
        io::Error::other(format!("there is no target {name:?}; there are {}", names.join(", ")))
    })
}

fn feed(target: &Target, files: &[&str]) -> io::Result<usize> {
    let mut broken = 0;
    for file in files {
        match engine::feed(target, &fs::read(file)?) {
            Ok(()) => println!("{file}: held"),
            Err(why) => {
                broken += 1;
                println!("{file}: BROKEN at {}:\n{}", why.place, why.message);
            }
        }
    }
    Ok(broken)
}

fn write_seeds(target: &Target, folder: &str) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    for (at, seed) in (target.seeds)().iter().enumerate() {
        fs::write(format!("{folder}/seed-{at}"), seed)?;
    }
    Ok(0)
}
