//! What is told: one JSON document an event, which `docs/webhooks.md` describes field by field.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value, json};
use sha1_smol::Sha1;

use super::{Failure, Level, Moment, Place, Topic, news::Node, seen::Figures};
use crate::{error::tamed, export::push_utc};

/// The form of the documents.
const VERSION: u32 = 1;

/// Something to tell, ready to be signed and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same whenever it is sent: receivers tell by it whether they have it already.
    pub id: String,
    /// Such as `license.over`.
    pub kind: &'static str,
    /// The bytes that are signed and sent.
    pub body: String,
}

/// How a place came to stand otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Figures(Figures),
    /// The node is not there any more, or not where this receiver looks.
    Gone,
    /// The upstream was read.
    Read,
    Failed(Failure),
}

/// One place that stands otherwise than the receiver was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) place: Place,
    pub(super) topic: Topic,
    pub(super) before: Option<Level>,
    pub(super) now: Option<Level>,
    pub(super) since_ms: u64,
    pub(super) cause: Cause,
    pub(super) node: Option<Node>,
}

impl Change {
    fn kind(&self) -> &'static str {
        match (self.topic, self.now) {
            (Topic::Near, now) if now > self.before => "license.near",
            (Topic::Over, now) if now > self.before => "license.over",
            (Topic::Near | Topic::Over, _) => "license.eased",
            (Topic::Sums, Some(_)) => "sums.off",
            (Topic::Sums, None) => "sums.settled",
            (Topic::Upstream, Some(_)) => "upstream.down",
            (Topic::Upstream, None) => "upstream.up",
        }
    }

    /// The worst first, where not all can be told one by one.
    fn urgency(&self) -> u8 {
        match self.kind() {
            "upstream.down" | "upstream.up" => 0,
            "license.over" => 1,
            "sums.off" => 2,
            "license.near" => 3,
            _ => 4,
        }
    }

    fn data(&self, moment: Moment<'_>) -> Value {
        let mut data = Map::new();
        let mut add = |name: &str, value: Value| data.insert(name.to_owned(), value);
        // The same from the first event about a place to the last.
        add("finding", digest(&[moment.upstream, &self.place.key()]).into());
        add("since", utc(self.since_ms).into());
        if let (Some(node), Some(name)) = (&self.node, self.place.node()) {
            let (kind, id) = (&node.kind, name.to_string());
            add("node", json!({ "id": id, "kind": kind, "name": node.name }));
        }
        match &self.place {
            Place::Upstream => {}
            Place::License { license, .. } => {
                add("license", license.as_str().into());
                add("level", level(self.now));
                add("before", level(self.before));
            }
            Place::Sum { license, figure, rule, .. } => {
                add("license", license.as_str().into());
                add("figure", figure.word().into());
                add("rule", rule.word().into());
            }
        }
        match &self.cause {
            Cause::Figures(Figures::Use { assigned, in_use }) => {
                add("assigned", (*assigned).into());
                add("in_use", (*in_use).into());
            }
            Cause::Figures(Figures::Sum { expected, found }) => {
                add("expected", (*expected).into());
                add("found", (*found).into());
            }
            Cause::Gone => {
                add("gone", true.into());
            }
            Cause::Read => {}
            Cause::Failed(failure) => {
                add("tries", failure.tries.into());
                add("why", tamed(&failure.why).into());
            }
        }
        data.into()
    }
}

/// What is in use, in percent of the limit, or that it is over.
fn level(level: Option<Level>) -> Value {
    match level {
        None => Value::Null,
        Some(Level::Near(percent)) => percent.into(),
        Some(Level::Wrong) => "over".into(),
    }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    id: &'a str,
    r#type: &'a str,
    timestamp: String,
    upstream: Option<&'a str>,
    data: Value,
}

/// The events of one reading: the worst as they are, and what is too many as counts.
pub(super) fn of_reading(
    receiver: &str,
    mut changes: Vec<Change>,
    most: usize,
    moment: Moment<'_>,
) -> Vec<Event> {
    changes.sort_by_key(Change::urgency);
    let omitted = if changes.len() > most { changes.split_off(most) } else { Vec::new() };
    let event = |change: Change| {
        let levels = [change.before, change.now].map(|level| level.map_or(0, Level::number));
        let what = format!("{} {levels:?}", change.place.key());
        event(receiver, change.kind(), &what, moment, change.data(moment))
    };
    let mut events: Vec<Event> = changes.into_iter().map(event).collect();
    if !omitted.is_empty() {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for change in &omitted {
            *counts.entry(change.kind()).or_default() += 1;
        }
        let data = json!({ "omitted": counts });
        events.push(self::event(receiver, "events.omitted", "omitted", moment, data));
    }
    events
}

/// What says only that it arrives. `chance` tells it from the one before.
pub fn test_event(receiver: &str, now_ms: u64, chance: u32) -> Event {
    let moment = Moment { upstream: "", taken_ms: now_ms, before_ms: None };
    event(receiver, "webhook.test", &chance.to_string(), moment, json!({}))
}

fn event(receiver: &str, kind: &'static str, what: &str, moment: Moment<'_>, data: Value) -> Event {
    let taken = moment.taken_ms.to_string();
    let id = format!("evt_{}", digest(&[receiver, moment.upstream, &taken, kind, what]));
    let document = Document {
        version: VERSION,
        id: &id,
        r#type: kind,
        timestamp: utc(moment.taken_ms),
        upstream: Some(moment.upstream).filter(|name| !name.is_empty()),
        data,
    };
    // Texts and numbers always serialize.
    let body = serde_json::to_string(&document).unwrap_or_default();
    Event { id, kind, body }
}

/// A name made of what it is for: the same each time, and it tells nothing.
fn digest(parts: &[&str]) -> String {
    // Parts are told apart by their lengths.
    let mut digest = Sha1::new();
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.digest().to_string()
}

/// Milliseconds since 1970 as a moment, such as `2026-11-22T20:41:33Z`.
pub fn utc(ms: u64) -> String {
    let mut out = Vec::new();
    push_utc(&mut out, i64::try_from(ms / 1_000).unwrap_or(i64::MAX));
    String::from_utf8(out).unwrap_or_default()
}
