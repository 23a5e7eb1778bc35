//! What `tests/bench/decode.mjs` wrote down.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::spread::Spread;

/// All that was measured.
pub(super) struct Report {
    pub(super) replies: Vec<Reply>,
    pub(super) entries: Vec<Entry>,
    /// Who could not take part, and why.
    pub(super) missing: Vec<(String, String)>,
}

/// One reply that all decoded.
pub(super) struct Reply {
    /// `tree-100000`.
    pub(super) name: String,
    pub(super) bytes: f64,
    pub(super) items: f64,
    /// Bytes of the names of its nodes.
    pub(super) name_bytes: f64,
}

/// What one contestant did with one reply.
#[derive(Default)]
pub(super) struct Entry {
    pub(super) place: String,
    pub(super) contestant: String,
    pub(super) reply: String,
    /// Milliseconds of each turn, from bytes on.
    pub(super) ms: Spread,
    /// Of those, making a text of the bytes.
    pub(super) text_ms: Spread,
    /// Decoding once more in the same tab.
    pub(super) again_ms: Spread,
    /// The most memory above what was in use before.
    pub(super) peak_bytes: Spread,
    /// Memory that the result takes.
    pub(super) held_bytes: Spread,
}

impl Report {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let report: Value =
            serde_json::from_str(text).context("the turns were not written down")?;
        let replies = list(&report, "data").iter().map(Reply::read).collect::<Result<_>>()?;
        let entries = list(&report, "entries").iter().map(Entry::read).collect();
        let missing = list(&report, "missing").iter();
        let missing = missing.map(|who| (word(who, "contestant"), word(who, "why"))).collect();
        Ok(Self { replies, entries, missing })
    }

    pub(super) fn entry(&self, reply: &Reply, place: &str, contestant: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| {
            entry.reply == reply.name && entry.place == place && entry.contestant == contestant
        })
    }
}

impl Reply {
    fn read(reply: &Value) -> Result<Self> {
        let number = |key: &str| {
            reply[key].as_f64().with_context(|| format!("the turns do not say \"{key}\""))
        };
        Ok(Self {
            name: word(reply, "data"),
            bytes: number("bytes")?,
            items: number("items")?,
            name_bytes: number("nameBytes")?,
        })
    }
}

impl Entry {
    fn read(entry: &Value) -> Self {
        let spread =
            |key: &str| Spread::of(list(entry, key).iter().filter_map(Value::as_f64).collect());
        Self {
            place: word(entry, "place"),
            contestant: word(entry, "contestant"),
            reply: word(entry, "data"),
            ms: spread("ms"),
            text_ms: spread("textMs"),
            again_ms: spread("againMs"),
            peak_bytes: spread("peakBytes"),
            held_bytes: spread("heldBytes"),
        }
    }
}

fn list<'a>(of: &'a Value, key: &str) -> &'a [Value] {
    of[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word(of: &Value, key: &str) -> String {
    of[key].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_read_by_place_and_contestant() {
        let report = Report::parse(
            r#"{"data":[{"data":"tree-10","bytes":1800,"items":10,"nameBytes":200}],
                "entries":[{"place":"native","contestant":"seatree","data":"tree-10","ms":[3,1,2]},
                           {"place":"browser","contestant":"seatree","data":"tree-10","ms":[9]}],
                "missing":[{"contestant":"lxml","why":"no python"}]}"#,
        )
        .expect("valid");
        let ms = |place| {
            report.entry(&report.replies[0], place, "seatree").and_then(|entry| entry.ms.median())
        };
        assert_eq!((ms("native"), ms("browser"), ms("moon")), (Some(2.0), Some(9.0), None));
        assert_eq!(report.missing, [("lxml".to_owned(), "no python".to_owned())]);
    }

    #[test]
    fn a_reply_without_its_size_is_refused() {
        let problem = Report::parse(r#"{"data":[{"data":"tree-10","items":10,"nameBytes":1}]}"#)
            .err()
            .expect("no bytes");
        assert!(problem.to_string().contains("bytes"), "{problem}");
    }
}
