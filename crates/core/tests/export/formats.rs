//! CSV, tab-separated text and JSON.

use proptest::prelude::*;
use proptest::sample::Index;
use seatree_core::estate::{Estate, Kind, NodeRef, Tree};
use seatree_core::export::{Csv, ExportError, Json, Plan, Tsv, Writer};
use serde_json::{Value as JsonValue, json};

use super::model::{KEYS, Model, Value, model, pick};
use super::{WRITTEN_AT_S, write};

/// Signs that text files do not carry.
fn without_controls(text: &str) -> String {
    let control = |c: char| c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n');
    text.chars().map(|c| if control(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a text read back is the one that was written, with or without a guard that it needs.
fn is_guarded(read: &str, text: &str) -> bool {
    match read.strip_prefix('\'') {
        Some(rest) if rest == text => true,
        _ => read == text && !read.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}']),
    }
}

/// Whether a time has its shape and the time of day; dates are held to the calendar elsewhere.
fn is_time(read: &str, unix_s: i64) -> bool {
    let (Some((date, time)), 20) = (read.split_once('T'), read.len()) else { return false };
    let digits = |at: usize| time[at..at + 2].parse::<i64>().unwrap();
    let seconds = digits(0) * 3_600 + digits(3) * 60 + digits(6);
    date.len() == 10 && time.ends_with('Z') && seconds == unix_s.rem_euclid(86_400)
}

#[expect(clippy::cast_precision_loss, reason = "compared with a tolerance")]
fn share(in_use: i64, assigned: i64) -> f64 {
    in_use as f64 / assigned as f64
}

fn is_near(read: f64, expected: f64, tolerance: f64) -> bool {
    (read - expected).abs() <= tolerance + expected.abs() * 1e-9
}

fn csv_matches(read: &str, value: &Value) -> bool {
    match value {
        Value::Empty => read.is_empty(),
        Value::Text(text) => is_guarded(read, &without_controls(text)),
        Value::Count(count) => read.parse() == Ok(*count),
        Value::Share(in_use, assigned) => {
            is_near(read.parse().unwrap(), share(*in_use, *assigned) * 100.0, 0.005_1)
        }
        Value::Time(unix_s) => is_time(read, *unix_s),
    }
}

fn tsv_matches(read: &str, value: &Value) -> bool {
    match value {
        Value::Text(text) => {
            let ends_line = |c| {
                matches!(
                    c,
                    '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
                )
            };
            let plain: String = text.chars().map(|c| if ends_line(c) { ' ' } else { c }).collect();
            let plain = without_controls(&plain);
            let quoted = plain.starts_with('"').then(|| plain.replace('"', "\"\""));
            is_guarded(read, &plain) || quoted.is_some_and(|quoted| read == format!("\"{quoted}\""))
        }
        Value::Share(in_use, assigned) => {
            let read = read.strip_suffix('%').unwrap().parse().unwrap();
            is_near(read, share(*in_use, *assigned) * 100.0, 0.505)
        }
        value => csv_matches(read, value),
    }
}

fn json_of(model: &Model, rows: &[NodeRef]) -> (JsonValue, u64) {
    let (file, written) =
        write(model, rows, |plan, out| Ok(Box::new(Json::begin(plan, WRITTEN_AT_S, "all", out))))
            .unwrap();
    (serde_json::from_slice(&file).unwrap(), written)
}

proptest! {
    #[test]
    fn a_csv_reads_back_as_the_table(
        model in model(),
        picked in prop::option::of(prop::collection::vec(any::<Index>(), 0..20)),
    ) {
        let rows = pick(&model, picked.as_deref());
        let (file, written) =
            write(&model, &rows, |plan, out| Ok(Box::new(Csv::begin(plan, out)))).unwrap();
        prop_assert_eq!(written, rows.len() as u64);
        let text = file.strip_prefix("\u{feff}".as_bytes()).unwrap();
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let mut lines = reader.records().map(Result::unwrap);
        let (titles, expected) = model.table(&rows);
        let head = lines.next().unwrap();
        prop_assert_eq!(head.len(), titles.len());
        prop_assert!(head.iter().zip(&titles).all(|(read, title)| is_guarded(read, title)), "{:?}", head);
        for cells in expected {
            let line = lines.next().unwrap();
            prop_assert_eq!(line.len(), cells.len());
            for ((read, value), title) in line.iter().zip(&cells).zip(&titles) {
                prop_assert!(csv_matches(read, value), "{}: {:?} is not {:?}", title, read, value);
            }
        }
        prop_assert!(lines.next().is_none());
    }

    #[test]
    fn tab_separated_text_has_a_line_for_each_row_and_a_cell_for_each_column(
        model in model(),
        picked in prop::option::of(prop::collection::vec(any::<Index>(), 0..20)),
    ) {
        let rows = pick(&model, picked.as_deref());
        let (file, written) =
            write(&model, &rows, |plan, out| Ok(Box::new(Tsv::begin(plan, out)))).unwrap();
        prop_assert_eq!(written, rows.len() as u64);
        let text = String::from_utf8(file).unwrap();
        let mut lines = text.strip_suffix('\n').unwrap().split('\n').map(|line| line.split('\t'));
        let (titles, expected) = model.table(&rows);
        prop_assert_eq!(lines.next().unwrap().count(), titles.len());
        for cells in expected {
            let line: Vec<&str> = lines.next().unwrap().collect();
            prop_assert_eq!(line.len(), cells.len());
            for (read, value) in line.iter().zip(&cells) {
                prop_assert!(tsv_matches(read, value), "{:?} is not {:?}", read, value);
            }
        }
        prop_assert!(lines.next().is_none());
    }

    #[test]
    fn json_has_every_name_and_figure_as_it_was_sent(
        model in model(),
        picked in prop::option::of(prop::collection::vec(any::<Index>(), 0..20)),
    ) {
        let rows = pick(&model, picked.as_deref());
        let (document, written) = json_of(&model, &rows);
        prop_assert_eq!(written, rows.len() as u64);
        prop_assert_eq!(&document["version"], 1);
        prop_assert_eq!(&document["exported_at"], "2026-11-22T20:41:33Z");
        prop_assert_eq!(&document["scope"], "all");
        prop_assert_eq!(&document["row_count"], written);
        prop_assert_eq!(document["sources"].as_array().unwrap().len(), model.connections.len());
        for (source, connection) in document["sources"].as_array().unwrap().iter().zip(&model.connections) {
            prop_assert_eq!(&source["name"], &connection.name);
            prop_assert_eq!(&source["kind"], "draas");
            prop_assert_eq!(source["read_at"].is_string(), connection.read_at_s.is_some());
        }
        let written_rows = document["rows"].as_array().unwrap();
        prop_assert_eq!(written_rows.len(), rows.len());
        for (read, &at) in written_rows.iter().zip(&rows) {
            prop_assert_eq!(&read["source"], at.tree);
            prop_assert_eq!(&read["kind"], model.kind(at).word());
            prop_assert_eq!(&read["name"], model.name(at));
            prop_assert_eq!(&read["id"], &json!(model.id(at)));
            prop_assert_eq!(&read["findings"], &json!(model.findings(at)));
            let levels = [Kind::Connection, Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant];
            let path: serde_json::Map<_, _> = levels
                .into_iter()
                .filter_map(|kind| Some((kind.word().to_owned(), json!(model.name(model.nearest(at, kind)?)))))
                .collect();
            prop_assert_eq!(&read["path"], &JsonValue::Object(path));
            let names = ["assigned", "in_use", "available", "utilization", "users", "resource_accounts"];
            for (key, meter) in KEYS.iter().enumerate() {
                for (what, name) in names.into_iter().enumerate() {
                    let name = if *meter == "required" && what == 1 { "required" } else { name };
                    let read = &read["licenses"][meter][name];
                    match model.figure(at, key, what) {
                        Value::Count(count) => prop_assert_eq!(read, count),
                        Value::Share(in_use, assigned) => {
                            prop_assert!(is_near(read.as_f64().unwrap(), share(in_use, assigned), 0.000_051));
                        }
                        _ => prop_assert!(read.is_null(), "{} {}: {}", meter, name, read),
                    }
                }
            }
        }
    }
}

#[test]
fn a_row_that_is_gone_ends_an_export() {
    let mut estate = Estate::new();
    estate.add(Tree::new("Netaxis"));
    let mut file = Vec::new();
    let mut csv = Csv::begin(Plan::new(&estate, Vec::new()), &mut file);
    for gone in [NodeRef { tree: 1, node: 0 }, NodeRef { tree: 0, node: 1 }] {
        let before = file.len();
        assert_eq!(csv.row(&estate, gone, &[], &mut file), Err(ExportError::Changed));
        assert_eq!(file.len(), before, "nothing of a row that is gone");
    }
}
