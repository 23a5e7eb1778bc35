//! The pushed reader of JSON below the DRaaS decoder.

use seatree_core::json::push::{Broken, Push};

use crate::measure::within_memory;
use crate::pieces::ways_to_split;
use crate::{Repeat, Target, mutate};

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

const MAX_DEPTH: usize = 64;

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

fn steps(pieces: &[&[u8]]) -> (Vec<String>, Result<(), Broken>) {
    let mut push = Push::new(MAX_DEPTH);
    let mut steps = Vec::new();
    for piece in pieces {
        if let Err(broken) = push.feed(piece, |event| steps.push(format!("{event:?}"))) {
            return (steps, Err(broken));
        }
    }
    let ended = push.finish(|event| steps.push(format!("{event:?}")));
    (steps, ended)
}

fn feed(input: &[u8]) {
    within_memory(input.len(), || {
        let mut push = Push::new(MAX_DEPTH);
        let fed = push.feed(input, |_| ());
        fed.and_then(|()| push.finish(|_| ()))
    })
    .map_or_else(|broken| assert!(broken.at_byte <= input.len(), "{broken:?}"), |()| ());
    if input.len() > 100_000 {
        return;
    }
    let mut first = None;
    for pieces in ways_to_split(input) {
        let read = steps(&pieces);
        match &first {
            None => {
                let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(input).is_ok();
                // A literal cut short is taken where nothing is around it: no reply is just that.
                let starts = input.trim_ascii_start().first();
                let is_structure = starts.is_some_and(|byte| b"{[".contains(byte));
                assert!(is_json || !is_structure || read.1.is_err(), "taken for JSON");
                first = Some(read);
            }
            Some(first) => assert_eq!(first, &read, "another split, other steps"),
        }
    }
}
