//! What is counted of deliveries, for those who run the edge.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::json;

/// What became of something that was to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Delivered,
    /// It is tried again.
    Failed,
    GivenUp,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Delivered, Self::Failed, Self::GivenUp];

    fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
        }
    }
}

/// Events of one receiver that are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    pub waiting: u64,
    /// Given up.
    pub dead: u64,
}

/// A line of JSON about a receiver. `why` is of the edge's own words.
pub fn line(upstream: &str, receiver: &str, what: &str, event: (&str, &str), why: &str) -> String {
    let (id, kind) = event;
    json!({
        "at": "webhook", "upstream": upstream, "receiver": receiver, "what": what,
        "event": id, "type": kind, "why": why,
    })
    .to_string()
}

/// Counts since the edge was started, and how many events are kept as far as that was looked up.
#[derive(Debug, Default)]
pub struct Deliveries {
    attempts: BTreeMap<String, [u64; Outcome::ALL.len()]>,
    muted: BTreeMap<String, u64>,
    kept: BTreeMap<(String, String), Kept>,
}

impl Deliveries {
    pub fn count(&mut self, receiver: &str, outcome: Outcome) {
        let counts = self.attempts.entry(receiver.to_owned()).or_default();
        counts[outcome as usize] += 1;
    }

    pub fn count_muted(&mut self, receiver: &str, news: usize) {
        *self.muted.entry(receiver.to_owned()).or_default() += news as u64;
    }

    /// How many events about an upstream are kept for a receiver just now.
    pub fn keep(&mut self, upstream: &str, receiver: &str, kept: Kept) {
        self.kept.insert((receiver.to_owned(), upstream.to_owned()), kept);
    }

    /// In the text format of Prometheus; nothing where nothing was counted.
    pub fn text(&self) -> String {
        let mut out = String::new();
        if !self.attempts.is_empty() {
            out.push_str("# HELP seatree_edge_webhook_attempts_total Attempts to deliver an event.\n# TYPE seatree_edge_webhook_attempts_total counter\n");
        }
        for (receiver, counts) in &self.attempts {
            for (outcome, count) in Outcome::ALL.into_iter().zip(counts) {
                let outcome = outcome.word();
                let _ = writeln!(
                    out,
                    "seatree_edge_webhook_attempts_total{{receiver=\"{receiver}\",outcome=\"{outcome}\"}} {count}"
                );
            }
        }
        if !self.muted.is_empty() {
            out.push_str("# HELP seatree_edge_webhook_muted_total News that a rule held back, counted with each snapshot.\n# TYPE seatree_edge_webhook_muted_total counter\n");
        }
        for (receiver, count) in &self.muted {
            let _ = writeln!(
                out,
                "seatree_edge_webhook_muted_total{{receiver=\"{receiver}\"}} {count}"
            );
        }
        self.gauge(
            "waiting",
            "Events that are still to be delivered.",
            |kept| kept.waiting,
            &mut out,
        );
        self.gauge("dead", "Events that were given up.", |kept| kept.dead, &mut out);
        out
    }

    fn gauge(&self, name: &str, help: &str, value: impl Fn(&Kept) -> u64, out: &mut String) {
        if !self.kept.is_empty() {
            let _ = writeln!(
                out,
                "# HELP seatree_edge_webhook_{name} {help}\n# TYPE seatree_edge_webhook_{name} gauge"
            );
        }
        for ((receiver, upstream), kept) in &self.kept {
            let value = value(kept);
            let _ = writeln!(
                out,
                "seatree_edge_webhook_{name}{{receiver=\"{receiver}\",upstream=\"{upstream}\"}} {value}"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_as_prometheus_reads_them_and_nothing_is_told_that_is_not_known() {
        let mut deliveries = Deliveries::default();
        assert_eq!(deliveries.text(), "");
        deliveries.count("desk", Outcome::Delivered);
        deliveries.count("desk", Outcome::Failed);
        deliveries.count("desk", Outcome::Failed);
        deliveries.count_muted("desk", 3);
        deliveries.keep("draas", "desk", Kept { waiting: 4, dead: 5 });
        deliveries.keep("draas", "desk", Kept { waiting: 2, dead: 1 });
        let text = deliveries.text();
        for line in [
            "seatree_edge_webhook_attempts_total{receiver=\"desk\",outcome=\"delivered\"} 1",
            "seatree_edge_webhook_attempts_total{receiver=\"desk\",outcome=\"failed\"} 2",
            "seatree_edge_webhook_attempts_total{receiver=\"desk\",outcome=\"given-up\"} 0",
            "seatree_edge_webhook_muted_total{receiver=\"desk\"} 3",
            "# TYPE seatree_edge_webhook_waiting gauge",
            "seatree_edge_webhook_waiting{receiver=\"desk\",upstream=\"draas\"} 2",
            "seatree_edge_webhook_dead{receiver=\"desk\",upstream=\"draas\"} 1",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} is not in\n{text}");
        }
    }
}
