//! What a rule selects and what it does, as the panel takes it and tells it.

use std::collections::BTreeMap;

use axum::http::header::HOST;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, request::Parts};
use serde::{Deserialize, Serialize};

use super::Upstream;

/// A rule: which requests, how often, and what happens to them.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Given by the panel.
    #[serde(default)]
    pub id: u64,
    /// By default the upstream whose port the rule is sent to.
    pub upstream: Option<Selected>,
    /// Which port was asked, where one upstream has several.
    pub port: Option<u16>,
    /// By default any, except for a browser's preflight.
    pub method: Option<String>,
    /// How the path begins.
    pub path_prefix: Option<String>,
    /// What the path or the query contains.
    pub path_contains: Option<String>,
    /// What the `SOAPAction` header contains: every AXL operation has the same path.
    pub soap_action_contains: Option<String>,
    /// Matching requests that are let through first.
    #[serde(default)]
    pub skip: u64,
    /// Matching requests that it happens to; by default all until the rule is cleared.
    pub times: Option<u64>,
    /// Matching requests so far, let through or not.
    #[serde(default)]
    pub matched: u64,
    /// How often it happened.
    #[serde(default)]
    pub fired: u64,
    #[serde(flatten)]
    pub effect: Effect,
}

/// Which upstreams a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Selected {
    Any,
    #[serde(untagged)]
    One(Upstream),
}

/// What happens. Everything that is named happens, in this order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Effect {
    /// Milliseconds before anything else.
    pub latency_ms: Option<u64>,
    /// The connection ends.
    pub drop: Option<Drop>,
    /// The upstream's own way to say "too much, later".
    #[serde(default)]
    pub throttle: bool,
    /// This status, and the upstream is not asked.
    pub status: Option<u16>,
    /// Seconds or a date.
    pub retry_after: Option<String>,
    /// This body, and the upstream is not asked.
    pub body: Option<String>,
    /// In place of the right one.
    pub content_type: Option<String>,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// What is wrong with the document, while its length is right.
    pub malformed: Option<Malformed>,
    /// Bytes of the body after which the connection ends, while more were announced.
    pub truncate_at: Option<usize>,
    pub bytes_per_second: Option<u32>,
    /// Whether the reply keeps the upstream's CORS headers: without them no page can read it.
    #[serde(default = "kept")]
    pub cors: bool,
}

fn kept() -> bool {
    true
}

/// When a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drop {
    BeforeHeaders,
    /// In the middle of the upstream's reply.
    MidBody,
}

/// How a document is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Malformed {
    /// Nothing at all.
    Empty,
    /// It stops in the middle.
    Unclosed,
    /// Something that does not belong there, in the middle.
    Stray,
    /// Bytes that are no UTF-8, in the middle.
    NotUtf8,
    /// It comes twice.
    Twice,
}

impl Rule {
    /// What is wrong with the rule itself, for whoever sets it.
    pub fn mistake(&self) -> Option<String> {
        let effect = &self.effect;
        let nothing = effect.latency_ms.is_none()
            && effect.drop.is_none()
            && effect.malformed.is_none()
            && effect.truncate_at.is_none()
            && effect.bytes_per_second.is_none()
            && effect.content_type.is_none()
            && effect.headers.is_empty()
            && effect.cors
            && !effect.answers();
        if nothing {
            return Some(
                "the rule does nothing: add one of latency_ms, drop, throttle, status, \
                         body, content_type, headers, malformed, truncate_at, bytes_per_second, \
                         cors:false"
                    .to_owned(),
            );
        }
        if effect
            .status
            .is_some_and(|code| !(200..=599).contains(&code) || StatusCode::from_u16(code).is_err())
        {
            return Some("status has to be from 200 to 599".to_owned());
        }
        if effect.bytes_per_second == Some(0) {
            return Some("bytes_per_second has to be at least 1".to_owned());
        }
        if self.method.as_ref().is_some_and(|name| Method::from_bytes(name.as_bytes()).is_err()) {
            return Some("method is no HTTP method".to_owned());
        }
        let special =
            [("retry-after", &effect.retry_after), ("content-type", &effect.content_type)];
        let special = special.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        let named = effect.headers.iter().map(|(name, value)| (name.as_str(), value));
        special
            .chain(named)
            .find(|(name, value)| {
                HeaderName::from_bytes(name.as_bytes()).is_err()
                    || HeaderValue::from_str(value).is_err()
            })
            .map(|(name, _)| format!("{name} is no header, or its value cannot be one"))
    }

    fn selects(&self, upstream: Upstream, request: &Parts) -> bool {
        let of_upstream = match self.upstream {
            Some(Selected::One(one)) => one == upstream,
            Some(Selected::Any) | None => true,
        };
        let host = request.headers.get(HOST).and_then(|value| value.to_str().ok());
        let port = host.and_then(|host| host.rsplit_once(':')?.1.parse().ok());
        let by_method = match &self.method {
            Some(name) => request.method.as_str().eq_ignore_ascii_case(name),
            None => request.method != Method::OPTIONS,
        };
        let path = request.uri.path();
        let whole = request.uri.path_and_query().map_or(path, |all| all.as_str());
        let action = request.headers.get("soapaction").and_then(|value| value.to_str().ok());
        of_upstream
            && self.port.is_none_or(|wanted| port == Some(wanted))
            && by_method
            && self.path_prefix.as_ref().is_none_or(|prefix| path.starts_with(prefix))
            && self.path_contains.as_ref().is_none_or(|part| whole.contains(part))
            && self
                .soap_action_contains
                .as_ref()
                .is_none_or(|part| action.is_some_and(|action| action.contains(part)))
    }

    /// Whether it happens to this matching request, which is counted.
    fn fires(&mut self) -> bool {
        self.matched += 1;
        let due = self.matched > self.skip && self.times.is_none_or(|times| self.fired < times);
        self.fired += u64::from(due);
        due
    }
}

impl Effect {
    /// Whether the panel answers in place of the upstream.
    pub fn answers(&self) -> bool {
        self.throttle || self.status.is_some() || self.body.is_some() || self.retry_after.is_some()
    }
}

/// The rules in the order they were set.
#[derive(Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    last: u64,
}

impl Rules {
    pub fn wanted(&mut self, upstream: Upstream, request: &Parts) -> Option<Effect> {
        let mut selecting = self.rules.iter_mut().filter(|rule| rule.selects(upstream, request));
        selecting.find_map(|rule| rule.fires().then(|| rule.effect.clone()))
    }

    pub fn set(&mut self, rule: Rule) -> Rule {
        self.last += 1;
        let rule = Rule { id: self.last, matched: 0, fired: 0, ..rule };
        self.rules.push(rule.clone());
        rule
    }

    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    pub fn clear(&mut self, id: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        self.rules.len() < before
    }

    pub fn clear_all(&mut self) {
        self.rules.clear();
    }
}
