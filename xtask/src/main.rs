//! Every command of the project. `cargo xtask --help` lists them.
//!
//! It is compiled first on a fresh machine, so it depends on little. What it starts it also stops:
//! see [`process`].

mod bench;
mod build;
mod check;
mod command;
mod dist;
mod fuzz;
mod locales;
mod process;
mod project;
mod serve;
mod test;
mod tools;

use std::process::ExitCode;

use command::Command;

fn main() -> ExitCode {
    let command = match Command::parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("error: {problem}\n\n{}", command::HELP);
            return ExitCode::from(2);
        }
    };
    match run(&command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<process::Interrupted>() => {
            eprintln!("Stopped.");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: &Command) -> anyhow::Result<()> {
    if let Command::Help = command {
        println!("{}", command::HELP);
        return Ok(());
    }
    process::handle_interrupts()?;
    let project = project::Project::here();
    match command {
        Command::Help => Ok(()),
        Command::Serve(options) => serve::run(&project, options),
        Command::Test(parts) => test::run(&project, parts),
        Command::Bench(options) => bench::run(&project, options),
        Command::Fuzz(options) => fuzz::run(&project, options),
        Command::Dist => dist::run(&project),
        Command::Check => check::run(&project),
        Command::Locales => locales::run(&project),
    }
}
