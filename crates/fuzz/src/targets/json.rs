//! The pushed reader of JSON below the DRaaS decoder.

use seatree_core::json::push::{Broken, Push, Sink, Text, Value};

use crate::measure::within_memory;
use crate::pieces::ways_to_split;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "json-push",
    decodes: "JSON, event by event, in pieces",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new("[", "0,", "0]"),
        Repeat::new("\"", "x", "\""),
        Repeat::new("\"", "\\u00fc", "\""),
        Repeat::new("", "9", ""),
        Repeat::new("0.", "9", ""),
        Repeat::new("", " ", "1"),
        Repeat::new("", "{\"a\":", ""),
    ],
    feed,
};

fn seeds() -> Vec<Vec<u8>> {
    [
        r#"{"a\u00fc":[1,-2.5,true,null,"x\"y",{"b":[]},1e3,0.5E-7]}"#,
        "\"\\ud83d\\ude00\\n\\/é\"",
        " [ ] ",
        "-0",
        "[[[[[[[[]]]]]]]]",
        "{\"a\":{\"b\":{\"c\":false}}}",
    ]
    .map(|seed| seed.as_bytes().to_vec())
    .to_vec()
}

/// What was told, in order; texts as they read.
#[derive(Default)]
struct Steps(Vec<String>);

impl Sink for Steps {
    fn start_object(&mut self, at: u64) {
        self.0.push(format!("{{ at {at}"));
    }

    fn end_object(&mut self) {
        self.0.push("}".to_owned());
    }

    fn start_array(&mut self) {
        self.0.push("[".to_owned());
    }

    fn end_array(&mut self) {
        self.0.push("]".to_owned());
    }

    fn name(&mut self, name: Text<'_>) {
        self.0.push(format!("name {}", read(name)));
    }

    fn value(&mut self, value: Value<'_>) {
        self.0.push(match value {
            Value::Text(text) => format!("text {}", read(text)),
            other => format!("{other:?}"),
        });
    }
}

fn read(text: Text<'_>) -> String {
    let mut out = String::new();
    let clean = text.read(1_000, &mut out);
    assert!(out.len() <= 1_000, "longer than the limit");
    format!("{clean:?} {out}")
}

/// Tells nothing.
struct Nobody;

impl Sink for Nobody {
    fn start_object(&mut self, _: u64) {}
    fn end_object(&mut self) {}
    fn start_array(&mut self) {}
    fn end_array(&mut self) {}
    fn name(&mut self, _: Text<'_>) {}
    fn value(&mut self, _: Value<'_>) {}
}

fn push(pieces: &[&[u8]], sink: &mut impl Sink) -> Result<(), Broken> {
    let mut push = Push::new();
    for piece in pieces {
        push.feed(piece, sink)?;
    }
    push.finish(sink)
}

fn feed(input: &[u8]) {
    within_memory(input.len(), || push(&[input], &mut Nobody))
        .map_or_else(|broken| assert!(broken.at_byte <= input.len() as u64, "{broken:?}"), |()| ());
    if input.len() > 100_000 {
        return;
    }
    let mut first = None;
    for pieces in ways_to_split(input) {
        let mut steps = Steps::default();
        let read = (push(&pieces, &mut steps), steps.0);
        match &first {
            None => {
                let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(input).is_ok();
                let is_judged = check::is_judged_like_serde(input);
                assert!(is_json || !is_judged || read.0.is_err(), "taken for JSON");
                let opened = input.iter().filter(|byte| b"{[".contains(byte)).count();
                assert!(!is_json || opened > 64 || read.0.is_ok(), "{:?} is JSON", read.0);
                first = Some(read);
            }
            Some(first) => assert_eq!(first, &read, "another split, other steps"),
        }
    }
}
