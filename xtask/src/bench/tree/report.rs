//! What `tests/bench/tree.mjs` wrote down.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::spread::Spread;

/// All that was measured.
pub(super) struct Report {
    pub(super) browser: String,
    pub(super) replies: Vec<Reply>,
    pub(super) entries: Vec<Entry>,
    /// By contestant, compressed: what its page needs before it shows anything.
    pub(super) page_bytes: BTreeMap<String, f64>,
    pub(super) noise: Noise,
}

/// One reply that all showed.
pub(super) struct Reply {
    /// `tree-100000`.
    pub(super) name: String,
    pub(super) bytes: f64,
    pub(super) rows: u64,
}

/// What one contestant did with one reply, by the names that the turns give their figures.
pub(super) struct Entry {
    pub(super) contestant: String,
    pub(super) reply: String,
    pub(super) figures: BTreeMap<String, Spread>,
}

/// How busy the machine was.
#[derive(Default)]
pub(super) struct Noise {
    /// Milliseconds of a fixed loop before each turn.
    pub(super) loop_ms: Spread,
    /// The machine's load over a minute, before each turn.
    pub(super) load: Spread,
}

impl Report {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let report: Value =
            serde_json::from_str(text).context("the turns were not written down")?;
        let replies = list(&report["data"]).iter().map(Reply::read).collect::<Result<_>>()?;
        let pages = list(&report["pages"]).iter();
        let noise = &report["noise"];
        Ok(Self {
            browser: word(&report["browser"]),
            replies,
            entries: list(&report["entries"]).iter().map(Entry::read).collect(),
            page_bytes: pages
                .filter_map(|page| Some((word(&page["contestant"]), page["brotli"].as_f64()?)))
                .collect(),
            noise: Noise { loop_ms: spread(&noise["loopMs"]), load: spread(&noise["load"]) },
        })
    }

    /// The median of a figure; none where the contestant did not take part or has no such figure.
    pub(super) fn median(&self, reply: &Reply, contestant: &str, figure: &str) -> Option<f64> {
        let mut entries = self.entries.iter();
        let entry =
            entries.find(|entry| entry.reply == reply.name && entry.contestant == contestant)?;
        entry.figures.get(figure)?.median()
    }
}

impl Reply {
    fn read(reply: &Value) -> Result<Self> {
        let rows = reply["rows"].as_u64().context("the turns do not say \"rows\"")?;
        let bytes = reply["bytes"].as_f64().context("the turns do not say \"bytes\"")?;
        Ok(Self { name: word(&reply["data"]), bytes, rows })
    }
}

impl Entry {
    fn read(entry: &Value) -> Self {
        let figures = entry["figures"].as_object().into_iter().flatten();
        Self {
            contestant: word(&entry["contestant"]),
            reply: word(&entry["data"]),
            figures: figures.map(|(name, values)| (name.clone(), spread(values))).collect(),
        }
    }
}

fn spread(values: &Value) -> Spread {
    Spread::of(list(values).iter().filter_map(Value::as_f64).collect())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TURNS: &str = r#"{
        "browser": "Chromium 156", "rounds": 3,
        "data": [{"data": "tree-10", "bytes": 1800, "rows": 10, "left": 3}],
        "entries": [
            {"contestant": "seatree", "data": "tree-10", "figures": {"sortMs": [3, 1, 2]}},
            {"contestant": "seatree", "data": "tree-20", "figures": {"sortMs": [9]}},
            {"contestant": "json", "data": "tree-10", "figures": {"loadedMs": [5]}}],
        "pages": [{"contestant": "seatree", "raw": 9, "gzip": 8, "brotli": 7}],
        "noise": {"loopMs": [50, 60], "load": [1]}
    }"#;

    #[test]
    fn figures_are_found_by_reply_and_contestant() {
        let report = Report::parse(TURNS).expect("valid");
        let reply = &report.replies[0];
        assert_eq!(report.median(reply, "seatree", "sortMs"), Some(2.0));
        assert_eq!(report.median(reply, "json", "loadedMs"), Some(5.0));
        assert_eq!(report.median(reply, "json", "sortMs"), None);
        assert_eq!(report.median(reply, "tanstack", "sortMs"), None);
        assert_eq!(report.page_bytes.get("seatree"), Some(&7.0));
        assert_eq!(report.noise.loop_ms.median(), Some(55.0));
    }

    #[test]
    fn a_reply_without_its_rows_is_refused() {
        let problem = Report::parse(r#"{"data":[{"data":"tree-10","bytes":1}]}"#).err();
        assert!(problem.is_some_and(|problem| problem.to_string().contains("rows")));
    }
}
