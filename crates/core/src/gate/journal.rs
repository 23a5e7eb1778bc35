//! What is counted and logged of a request: enough to run an edge by, nothing of a person.
//!
//! No path, query, address, origin, token or name of a visitor stands in either: only what the
//! configuration itself names, and words that the edge has for outcomes.

mod metrics;

pub use metrics::Metrics;

use serde_json::{Map, Value, json};

use super::{Gate, RefusalKind, Why};
use crate::http::Secret;

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
}
