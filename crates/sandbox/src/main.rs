//! `seatree-sandbox`: see the crate's documentation.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use seatree_sandbox::options::Options;
use seatree_sandbox::start::{StartError, start};
use seatree_sandbox::truth::Truth;
use seatree_sandbox::world::World;

/// What a wrong command line exits with, too.
const CANNOT_START: u8 = 2;

fn main() -> ExitCode {
    let options = Options::parse();
    let done = if options.print_truth { print_truth(&options) } else { run(&options) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("seatree-sandbox: {message}");
            ExitCode::from(CANNOT_START)
        }
    }
}

fn print_truth(options: &Options) -> Result<(), String> {
    let world = World::new(options).map_err(|e| e.to_string())?;
    let truth = serde_json::to_string(&Truth::new(options, &world)).map_err(|e| e.to_string())?;
    print_line(&truth)
}

fn run(options: &Options) -> Result<(), String> {
    let runtime = tokio::runtime::Runtime::new().map_err(|e| e.to_string())?;
    let ended = runtime.block_on(async {
        let sandbox = start(options).map_err(|e: StartError| e.to_string())?;
        let mut ending = Ending::new().map_err(|e| format!("cannot watch for Ctrl-C: {e}"))?;
        print_line(&sandbox.addresses().ready_line())?;
        tokio::select! {
            () = ending.told() => {}
            () = stdin_closed(), if options.exit_with_stdin => {}
        }
        Ok(())
    });
    // Connections kept alive by a browser must not keep the sandbox alive.
    runtime.shutdown_background();
    ended
}

fn print_line(line: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|e| format!("cannot write: {e}"))
}

/// What asks the program to end. Made before the ready line is printed: a signal right after
/// it must not be lost.
#[cfg(unix)]
struct Ending {
    interrupted: tokio::signal::unix::Signal,
    terminated: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Ending {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupted: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    async fn told(&mut self) {
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }
}

#[cfg(windows)]
struct Ending(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Ending {
    fn new() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn told(&mut self) {
        self.0.recv().await;
    }
}

/// Reads on a thread of its own: a read of standard input cannot be cancelled, and the
/// runtime would wait for one of its own threads.
async fn stdin_closed() {
    let (closed, told) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut ignored = [0; 256];
        while std::io::stdin().read(&mut ignored).is_ok_and(|read| read > 0) {}
        let _ = closed.send(());
    });
    let _ = told.await;
}
