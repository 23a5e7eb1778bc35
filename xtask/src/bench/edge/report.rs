//! What `tests/bench/edge.mjs` wrote down.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::bench::spread::Spread;

/// All that was measured.
pub(super) struct Report {
    pub(super) entries: Vec<Entry>,
    /// Milliseconds from a contestant's start to its first answer.
    pub(super) starts: Vec<(String, Spread)>,
    /// Of the bundle, compressed by gzip.
    pub(super) bundle_bytes: Option<f64>,
    /// The machine's load over a minute, before each turn.
    pub(super) load: Spread,
}

/// One contestant with so many connections and replies of so many bytes.
pub(super) struct Entry {
    pub(super) contestant: String,
    pub(super) case: Case,
    /// By the names that the turns give them.
    pub(super) figures: BTreeMap<String, Spread>,
}

/// How the upstream is reached, connections at once, and bytes of each reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Case {
    pub(super) tls: bool,
    pub(super) bytes: u64,
    pub(super) connections: u64,
}

impl Report {
    pub(super) fn parse(text: &str) -> Result<Self> {
        let report: Value =
            serde_json::from_str(text).context("the turns were not written down")?;
        let entries = list(&report["entries"]).iter().map(Entry::read).collect::<Result<_>>()?;
        let starts = list(&report["starts"]).iter().map(|start| {
            (start["contestant"].as_str().unwrap_or_default().to_owned(), spread(&start["startMs"]))
        });
        Ok(Self {
            entries,
            starts: starts.collect(),
            bundle_bytes: report["bundleBytes"].as_f64(),
            load: spread(&report["noise"]["load"]),
        })
    }

    /// The median of a contestant's starts.
    pub(super) fn start(&self, contestant: &str) -> Option<f64> {
        self.starts.iter().find(|(name, _)| name == contestant)?.1.median()
    }

    /// The median of a figure; none where the contestant did not take part or has no such figure.
    pub(super) fn median(&self, case: Case, contestant: &str, figure: &str) -> Option<f64> {
        let mut entries = self.entries.iter();
        let entry = entries.find(|e| e.case == case && e.contestant == contestant)?;
        entry.figures.get(figure)?.median()
    }

    /// Small replies first.
    pub(super) fn cases(&self) -> Vec<Case> {
        let mut cases: Vec<Case> = self.entries.iter().map(|entry| entry.case).collect();
        cases.sort_unstable();
        cases.dedup();
        cases
    }
}

impl Entry {
    fn read(entry: &Value) -> Result<Self> {
        let number = |name: &str| {
            entry[name].as_u64().with_context(|| format!("the turns do not say \"{name}\""))
        };
        let figures = entry["figures"].as_object().into_iter().flatten();
        Ok(Self {
            contestant: entry["contestant"].as_str().unwrap_or_default().to_owned(),
            case: Case {
                tls: entry["tls"].as_bool().unwrap_or_default(),
                bytes: number("bytes")?,
                connections: number("connections")?,
            },
            figures: figures.map(|(name, values)| (name.clone(), spread(values))).collect(),
        })
    }
}

fn spread(values: &Value) -> Spread {
    Spread::of(list(values).iter().filter_map(Value::as_f64).collect())
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_found_by_case_and_contestant() {
        let report = Report::parse(
            r#"{"entries": [
                {"contestant": "seatree", "connections": 16, "bytes": 1000, "figures": {"perSecond": [3, 1, 2]}},
                {"contestant": "seatree", "connections": 1, "bytes": 1000, "figures": {"perSecond": [9]}}],
                "starts": [{"contestant": "seatree", "startMs": [90, 70]}], "bundleBytes": 250000,
                "noise": {"load": [1]}}"#,
        )
        .expect("valid");
        assert_eq!((report.start("seatree"), report.start("direct")), (Some(80.0), None));
        let case = Case { tls: false, bytes: 1_000, connections: 16 };
        assert_eq!(report.median(case, "seatree", "perSecond"), Some(2.0));
        assert_eq!(report.median(case, "direct", "perSecond"), None);
        assert_eq!(report.cases(), [Case { tls: false, bytes: 1_000, connections: 1 }, case]);
        assert!(Report::parse(r#"{"entries": [{"contestant": "x"}]}"#).is_err());
    }
}
