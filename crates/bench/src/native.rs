//! The program: its commands, and one turn of one contestant.

mod memory;
mod quick_xml_walk;
mod serde_json_walk;

use std::hint::black_box;
use std::io::BufRead as _;
use std::path::Path;
use std::process::ExitCode;
use std::slice::Chunks;
use std::time::Instant;

use seatree_bench::Found;
use seatree_bench::data::Data;
use seatree_bench::decode::{DecodedTree, DecodedUsers, TreeDecoding, UsersDecoding};
use serde_json::{Value, json};

/// What a fetch stream gives at a time.
const PIECE: usize = 64 * 1024;

pub(super) fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.split_first() {
        Some((command, [folder, names @ ..])) if command == "data" => {
            write_data(Path::new(folder), names)
        }
        Some((command, [])) if command == "contend" => contend(),
        _ => Err("usage: seatree-bench data FOLDER NAME… | contend".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn write_data(folder: &Path, names: &[String]) -> Result<(), String> {
    std::fs::create_dir_all(folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    for name in names {
        let data = Data::parse(name).ok_or_else(|| format!("there is no data \"{name}\""))?;
        let reply = data.generate();
        let file = folder.join(name);
        std::fs::write(&file, &reply.body)
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
        println!(
            "{}",
            json!({
                "data": name, "file": file, "bytes": reply.body.len(),
                "items": reply.truth.items, "sum": reply.truth.sum,
                "nameBytes": reply.name_bytes,
            })
        );
    }
    Ok(())
}

/// Takes turns until its input ends.
fn contend() -> Result<(), String> {
    let mut loaded: Option<(String, Vec<u8>)> = None;
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|error| error.to_string())?;
        let turn: Value = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        let text = |key: &str| turn[key].as_str().unwrap_or_default().to_owned();
        let file = text("file");
        let bytes = match &mut loaded {
            Some((name, bytes)) if *name == file => bytes,
            _ => {
                let bytes =
                    std::fs::read(&file).map_err(|error| format!("cannot read {file}: {error}"))?;
                &mut loaded.insert((file, bytes)).1
            }
        };
        let measure = if text("measure") == "memory" { Measure::Memory } else { Measure::Time };
        println!("{}", take_turn(&text("contestant"), &text("kind"), bytes, measure)?);
    }
    Ok(())
}

fn take_turn(
    contestant: &str,
    kind: &str,
    bytes: &[u8],
    measure: Measure,
) -> Result<Value, String> {
    let piece = if contestant == "seatree" { PIECE } else { bytes.len() };
    match (contestant, kind) {
        ("seatree" | "seatree-whole", "tree") => {
            turn(measure, || seatree_tree(bytes.chunks(piece)), DecodedTree::found)
        }
        ("seatree" | "seatree-whole", "users") => {
            turn(measure, || seatree_users(bytes.chunks(piece)), DecodedUsers::found)
        }
        ("serde_json", "tree") => {
            let decode = || serde_json_walk::tree(bytes).map(DecodedTree);
            turn(measure, decode, DecodedTree::found)
        }
        ("quick-xml", "users") => {
            turn(measure, || quick_xml_walk::users(bytes), |users| quick_xml_walk::found(users))
        }
        _ => Err(format!("{contestant} does not read {kind}")),
    }
}

fn seatree_tree(pieces: Chunks<'_, u8>) -> Result<DecodedTree, String> {
    let mut decoding = TreeDecoding::new();
    for piece in pieces {
        decoding.push(piece).map_err(|error| error.to_string())?;
    }
    decoding.finish()
}

fn seatree_users(pieces: Chunks<'_, u8>) -> Result<DecodedUsers, String> {
    let mut decoding = UsersDecoding::new();
    for piece in pieces {
        decoding.push(piece).map_err(|error| error.to_string())?;
    }
    decoding.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Time,
    /// Counted allocations cost time, so that a turn measures one or the other.
    Memory,
}

/// One decode, timed without looking at what was found and without giving the memory back.
fn turn<T>(
    measure: Measure,
    decode: impl FnOnce() -> Result<T, String>,
    found: impl FnOnce(&T) -> Found,
) -> Result<Value, String> {
    if measure == Measure::Memory {
        memory::start();
    }
    let start = Instant::now();
    let decoded = black_box(decode()?);
    let time = start.elapsed();
    let memory = memory::stop();
    let found = found(&decoded);
    let mut result = json!({
        "ms": time.as_secs_f64() * 1000.0, "items": found.items, "sum": found.sum,
    });
    if measure == Measure::Memory {
        result["heldBytes"] = json!(memory.held);
        result["peakBytes"] = json!(memory.peak);
    }
    Ok(result)
}
