//! What is counted, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Entry;

/// Upper bounds in milliseconds; what takes longer is in none of them.
const BOUNDS_MS: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

/// Counts of what was answered, since the edge was started.
#[derive(Debug, Default)]
pub struct Metrics {
    /// By route, then by upstream; by an empty name where there is none.
    answers: BTreeMap<&'static str, BTreeMap<String, Answers>>,
    refusals: BTreeMap<&'static str, u64>,
    /// By upstream and whether they were taken.
    snapshots: BTreeMap<(String, bool), u64>,
}

/// What one upstream answered.
#[derive(Debug, Default)]
struct Answers {
    statuses: BTreeMap<u16, u64>,
    times: Times,
}

#[derive(Debug, Default)]
struct Times {
    within: [u64; BOUNDS_MS.len()],
    count: u64,
    sum_ms: u64,
}

impl Answers {
    fn count(&mut self, status: u16, milliseconds: u64) {
        *self.statuses.entry(status).or_default() += 1;
        self.times.count += 1;
        self.times.sum_ms += milliseconds;
        for (within, bound) in self.times.within.iter_mut().zip(BOUNDS_MS) {
            *within += u64::from(milliseconds <= bound);
        }
    }
}

impl Metrics {
    pub fn count(&mut self, entry: &Entry<'_>) {
        // An upstream's own status may be any number; there are not that many.
        let status = if (100..600).contains(&entry.status) { entry.status } else { 0 };
        let upstreams = self.answers.entry(entry.route.word()).or_default();
        let name = entry.route.upstream().unwrap_or_default();
        if !upstreams.contains_key(name) {
            upstreams.insert(name.to_owned(), Answers::default());
        }
        if let Some(answers) = upstreams.get_mut(name) {
            answers.count(status, entry.milliseconds);
        }
        if let Some(refusal) = entry.refusal {
            *self.refusals.entry(refusal.slug()).or_default() += 1;
        }
    }

    /// A snapshot was taken, or none could be.
    pub fn count_snapshot(&mut self, upstream: &str, is_taken: bool) {
        *self.snapshots.entry((upstream.to_owned(), is_taken)).or_default() += 1;
    }

    /// In the text format of Prometheus.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let labels = |route: &str, upstream: &str| match upstream {
            "" => format!("route=\"{route}\""),
            name => format!("route=\"{route}\",upstream=\"{name}\""),
        };
        let all = || {
            let routes = self.answers.iter();
            routes.flat_map(|(route, all)| all.iter().map(move |(name, one)| (*route, name, one)))
        };
        out.push_str("# HELP seatree_edge_requests_total Requests that were answered.\n# TYPE seatree_edge_requests_total counter\n");
        for (route, upstream, answers) in all() {
            let labels = labels(route, upstream);
            for (status, count) in &answers.statuses {
                let _ = writeln!(
                    out,
                    "seatree_edge_requests_total{{{labels},status=\"{status}\"}} {count}"
                );
            }
        }
        out.push_str("# HELP seatree_edge_refusals_total Requests that the edge itself refused or could not carry out.\n# TYPE seatree_edge_refusals_total counter\n");
        for (slug, count) in &self.refusals {
            let _ = writeln!(out, "seatree_edge_refusals_total{{reason=\"{slug}\"}} {count}");
        }
        out.push_str("# HELP seatree_edge_answer_seconds Until the answer began.\n# TYPE seatree_edge_answer_seconds histogram\n");
        for (route, upstream, Answers { times, .. }) in all() {
            let labels = labels(route, upstream);
            for (within, bound) in times.within.iter().zip(BOUNDS_MS) {
                let bound = seconds(bound);
                let _ = writeln!(
                    out,
                    "seatree_edge_answer_seconds_bucket{{{labels},le=\"{bound}\"}} {within}"
                );
            }
            let (count, sum) = (times.count, seconds(times.sum_ms));
            let _ =
                writeln!(out, "seatree_edge_answer_seconds_bucket{{{labels},le=\"+Inf\"}} {count}");
            let _ = writeln!(out, "seatree_edge_answer_seconds_sum{{{labels}}} {sum}");
            let _ = writeln!(out, "seatree_edge_answer_seconds_count{{{labels}}} {count}");
        }
        if !self.snapshots.is_empty() {
            out.push_str("# HELP seatree_edge_snapshots_total Snapshots that were taken, or could not be.\n# TYPE seatree_edge_snapshots_total counter\n");
        }
        for ((upstream, is_taken), count) in &self.snapshots {
            let outcome = if *is_taken { "taken" } else { "failed" };
            let _ = writeln!(
                out,
                "seatree_edge_snapshots_total{{upstream=\"{upstream}\",outcome=\"{outcome}\"}} {count}"
            );
        }
        out
    }
}

/// Milliseconds as a decimal number of seconds.
fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

#[cfg(test)]
mod tests {
    use super::super::Route;
    use super::*;
    use crate::gate::RefusalKind;

    fn entry(route: Route<'_>, status: u16) -> Entry<'_> {
        Entry { route, method: "GET", status, refusal: None, milliseconds: 12 }
    }

    #[test]
    fn counts_are_told_as_prometheus_reads_them() {
        let mut metrics = Metrics::default();
        metrics.count(&entry(Route::To("cucm"), 200));
        metrics.count(&Entry { milliseconds: 700, ..entry(Route::To("cucm"), 200) });
        metrics.count(&Entry { refusal: Some(RefusalKind::RateLimited), ..entry(Route::Api, 429) });
        metrics.count_snapshot("draas", true);
        metrics.count_snapshot("draas", true);
        metrics.count_snapshot("draas", false);
        let text = metrics.text();
        for line in [
            "seatree_edge_snapshots_total{upstream=\"draas\",outcome=\"taken\"} 2",
            "seatree_edge_snapshots_total{upstream=\"draas\",outcome=\"failed\"} 1",
            "seatree_edge_requests_total{route=\"to\",upstream=\"cucm\",status=\"200\"} 2",
            "seatree_edge_refusals_total{reason=\"rate-limited\"} 1",
            "seatree_edge_answer_seconds_bucket{route=\"to\",upstream=\"cucm\",le=\"0.010\"} 0",
            "seatree_edge_answer_seconds_bucket{route=\"to\",upstream=\"cucm\",le=\"0.025\"} 1",
            "seatree_edge_answer_seconds_bucket{route=\"to\",upstream=\"cucm\",le=\"+Inf\"} 2",
            "seatree_edge_answer_seconds_sum{route=\"to\",upstream=\"cucm\"} 0.712",
        ] {
            assert!(text.lines().any(|other| other == line), "{line} is not in\n{text}");
        }
    }
}
