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
        print_line(&sandbox.addresses().ready_line())?;
        tokio::select! {
            () = told_to_end() => {}
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

async fn told_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminated) = signal(SignalKind::terminate()) else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
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
