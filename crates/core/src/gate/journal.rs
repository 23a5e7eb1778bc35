//! What is counted and logged of a request: enough to run an edge by, nothing of a person.
//!
//! No path, query, address, origin, token or name of a visitor stands in either: only what the
//! configuration itself names, and words that the edge has for outcomes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::{Gate, RefusalKind, Why};
use crate::http::Secret;

/// Upper bounds in milliseconds; what takes longer is in none of them.
const BOUNDS_MS: [u64; 10] = [5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

/// One request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    pub route: Route<'a>,
    /// Only those that are known: anything else could be made up.
    pub method: &'a str,
    pub status: u16,
    pub refusal: Option<RefusalKind>,
    /// Until the answer began.
    pub milliseconds: u64,
}

/// Which part of the edge was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route<'a> {
    /// An upstream, by its configured name.
    To(&'a str),
    Api,
    /// Health, readiness, metrics.
    Operations,
    Nowhere,
}

impl<'a> Route<'a> {
    fn word(self) -> &'static str {
        match self {
            Self::To(_) => "to",
            Self::Api => "api",
            Self::Operations => "operations",
            Self::Nowhere => "nowhere",
        }
    }

    fn upstream(self) -> Option<&'a str> {
        match self {
            Self::To(name) => Some(name),
            Self::Api | Self::Operations | Self::Nowhere => None,
        }
    }
}

impl Gate {
    /// The part of the edge that a target belongs to.
    pub fn route(&self, target: &str) -> Route<'_> {
        if let Some(rest) = target.strip_prefix("/to/") {
            let name = rest.split(['/', '?']).next().unwrap_or_default();
            return match self.settings.upstreams.get_key_value(name) {
                Some((name, _)) => Route::To(name),
                None => Route::Nowhere,
            };
        }
        match target {
            "/health" | "/ready" | "/metrics" | "/webhooks" => Route::Operations,
            _ if target.starts_with("/webhooks/") => Route::Operations,
            _ if target.starts_with("/api/v1/") => Route::Api,
            _ => Route::Nowhere,
        }
    }

    /// Whether this request is worth a line: those that were refused or failed are, and all where
    /// the settings say so.
    pub fn logs(&self, entry: &Entry<'_>) -> bool {
        self.settings.logs_all || entry.refusal.is_some() || entry.status >= 500
    }

    /// Whether this is the token that metrics are told for.
    pub fn may_see_metrics(&self, authorization: Option<&str>) -> bool {
        is_token(self.settings.metrics_token.as_ref(), authorization)
    }
}

/// Whether somebody brings this token; never where there is none. Takes as long for a wrong one.
pub(super) fn is_token(token: Option<&Secret>, authorization: Option<&str>) -> bool {
    let Some(token) = token else { return false };
    let given = authorization.and_then(|given| given.strip_prefix("Bearer "));
    let (given, token) = (given.unwrap_or_default().as_bytes(), token.expose().as_bytes());
    let differs = given.iter().zip(token).fold(0, |all, (one, other)| all | (one ^ other));
    given.len() == token.len() && differs == 0
}

impl Entry<'_> {
    /// A line of JSON; `id` is what the answer's `X-Request-Id` says.
    pub fn line(&self, id: &str) -> String {
        let (route, upstream) = (self.route.word(), self.route.upstream());
        json!({
            "at": "request", "id": id, "route": route, "upstream": upstream,
            "method": method(self.method), "status": self.status,
            "refusal": self.refusal.map(RefusalKind::slug), "ms": self.milliseconds,
        })
        .to_string()
    }
}

/// A line of JSON about an upstream that gave trouble.
pub fn trouble(upstream: &str, what: &str, why: &Why) -> String {
    let mut line = Map::new();
    for (name, value) in [("at", "upstream"), ("upstream", upstream), ("what", what)] {
        line.insert(name.to_owned(), value.into());
    }
    why.write(&mut line);
    Value::Object(line).to_string()
}

/// A line of JSON about trouble of the edge's own with what it keeps of an upstream. `said` are the
/// platform's words about its database, which knows nothing of requests and replies.
pub fn fault(upstream: &str, what: &str, said: &str) -> String {
    let said = crate::error::tamed(said);
    json!({ "at": "edge", "upstream": upstream, "what": what, "why": said }).to_string()
}

/// What became of a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot<'a> {
    pub upstream: &'a str,
    pub nodes: usize,
    /// Nodes that came, went or changed.
    pub changes: u64,
    /// Nodes that cannot be told from others, and so are not in it.
    pub left_out: usize,
    pub milliseconds: u64,
}

impl Snapshot<'_> {
    /// A line of JSON.
    pub fn line(&self) -> String {
        json!({
            "at": "snapshot", "upstream": self.upstream, "nodes": self.nodes,
            "changes": self.changes, "left_out": self.left_out, "ms": self.milliseconds,
        })
        .to_string()
    }
}

fn method(sent: &str) -> &str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    if KNOWN.contains(&sent) { sent } else { "other" }
}

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
    use super::*;
    use crate::gate::Settings;

    fn gate(settings: &str) -> Gate {
        let secrets = |name: &str| (name == "METRICS").then(|| "a-token-for-metrics".into());
        Gate::new(Settings::with_secrets(settings, &secrets).expect("valid settings"))
    }

    fn entry(route: Route<'_>, status: u16) -> Entry<'_> {
        Entry { route, method: "GET", status, refusal: None, milliseconds: 12 }
    }

    #[test]
    fn a_line_has_words_of_the_edges_own_only() {
        let gate = gate(r#"{"upstreams":{"cucm":{"address":"https://10.0.0.5:8443"}}}"#);
        let route = gate.route("/to/cucm/axl/?token=canary");
        let refused = Entry {
            method: "CANARY",
            refusal: Some(RefusalKind::PathRefused),
            ..entry(route, 403)
        };
        assert_eq!(
            refused.line("1"),
            r#"{"at":"request","id":"1","method":"other","ms":12,"refusal":"path-refused","route":"to","status":403,"upstream":"cucm"}"#
        );
        assert_eq!(gate.route("/to/canary/axl/"), Route::Nowhere);
        assert_eq!(gate.route("/api/v1/node/canary"), Route::Api);
        assert_eq!(gate.route("/canary"), Route::Nowhere);
        assert!(
            !fault("cucm", "memory", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2ln")
                .contains("eyJ")
        );
    }

    #[test]
    fn only_what_went_wrong_is_worth_a_line_unless_all_is_wanted() {
        let some = gate("{}");
        assert!(!some.logs(&entry(Route::Api, 200)) && some.logs(&entry(Route::Api, 502)));
        assert!(gate(r#"{"log":"all"}"#).logs(&entry(Route::Api, 200)));
    }

    #[test]
    fn metrics_want_their_token_and_none_opens_nothing() {
        let open = gate(r#"{"metrics":{"token":{"secret":"METRICS"}}}"#);
        assert!(open.may_see_metrics(Some("Bearer a-token-for-metrics")));
        for given in [
            None,
            Some(""),
            Some("Bearer "),
            Some("Bearer a-token-for-metric"),
            Some("Bearer a-token-for-metricsx"),
            Some("a-token-for-metrics"),
            Some("Basic a-token-for-metrics"),
        ] {
            assert!(!open.may_see_metrics(given), "{given:?}");
        }
        for given in [None, Some("Bearer "), Some("Bearer x")] {
            assert!(!gate("{}").may_see_metrics(given));
        }
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
