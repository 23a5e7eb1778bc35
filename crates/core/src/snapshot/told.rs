//! Snapshots and histories as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};

use super::{History, Key, Moment, Opened, Plan, Point, Range, Trouble, moment::told};
use crate::estate::Reading;
use crate::insight::Mark;

/// The last time that none could be taken, unless one was taken since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    pub at_s: u64,
    pub trouble: Trouble,
    /// How often in a row.
    pub times: u32,
}

/// A snapshot that is being taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taking {
    pub at_s: u64,
    /// Nodes that were compared and written so far.
    pub written: u64,
}

/// How it stands with an upstream's snapshots.
#[derive(Clone, Debug)]
pub struct Account<'a> {
    pub plan: Plan,
    /// Those that are whole, in their order.
    pub moments: &'a [Moment],
    pub due_s: u64,
    pub taking: Option<Taking>,
    pub failure: Option<Failure>,
    /// Bytes that all of them take.
    pub bytes: u64,
}

#[derive(Serialize)]
struct ToldAccount {
    version: u8,
    snapshots: Vec<ToldMoment>,
    count: usize,
    next: String,
    taking: Option<ToldTaking>,
    failure: Option<ToldFailure>,
    every_seconds: u64,
    keep_seconds: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<u64>,
}

#[derive(Serialize)]
struct ToldMoment {
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<u64>,
}

#[derive(Serialize)]
struct ToldTaking {
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<u64>,
}

#[derive(Serialize)]
struct ToldFailure {
    at: String,
    times: u32,
    problem: &'static str,
    detail: &'static str,
}

impl Account<'_> {
    /// What is told of it. Counts of all nodes are told only to those who may see all.
    pub fn json(&self, range: Range, opened: &Opened) -> String {
        let if_whole = |count: u64| opened.is_whole().then_some(count);
        let snapshots: Vec<ToldMoment> = within(self.moments, range)
            .iter()
            .map(|moment| ToldMoment {
                at: told(moment.at_s),
                nodes: if_whole(moment.nodes),
                changes: if_whole(moment.changes),
            })
            .collect();
        json(&ToldAccount {
            version: 1,
            count: snapshots.len(),
            snapshots,
            next: told(self.due_s),
            taking: self.taking.map(|taking| ToldTaking {
                at: told(taking.at_s),
                written: if_whole(taking.written),
            }),
            failure: self.failure.map(|failure| ToldFailure {
                at: told(failure.at_s),
                times: failure.times,
                problem: failure.trouble.slug(),
                detail: failure.trouble.sentence(),
            }),
            every_seconds: self.plan.every_s,
            keep_seconds: self.plan.keep_s,
            bytes: if_whole(self.bytes),
        })
    }
}

#[derive(Serialize)]
struct ToldHistory<'a> {
    version: u8,
    node: String,
    first: Option<String>,
    last: Option<String>,
    points: Vec<ToldPoint<'a>>,
    count: usize,
}

#[derive(Serialize)]
struct ToldPoint<'a> {
    at: String,
    present: bool,
    #[serde(flatten)]
    node: Option<ToldNode<'a>>,
}

#[derive(Serialize)]
struct ToldNode<'a> {
    name: &'a str,
    licenses: BTreeMap<&'a str, ToldLicense>,
    findings: Vec<&'static str>,
}

/// A license at one moment. A figure that no moment has is left out, as everywhere in the API; one
/// that is not known just here is null.
struct ToldLicense {
    reading: Reading,
    known: Known,
}

/// Which figures of a license some moment has.
#[derive(Clone, Copy, Default)]
struct Known {
    in_use: bool,
    users: bool,
    resource_accounts: bool,
}

fn known<'a>(points: &[Point<'a>]) -> BTreeMap<&'a str, Known> {
    let mut all: BTreeMap<&str, Known> = BTreeMap::new();
    for (key, reading) in points.iter().filter_map(|point| point.row).flat_map(|row| &row.licenses)
    {
        let known = all.entry(key).or_default();
        known.in_use |= reading.in_use.is_known();
        known.users |= reading.users.is_known();
        known.resource_accounts |= reading.resource_accounts.is_known();
    }
    all
}

impl Serialize for ToldLicense {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self { reading, known } = self;
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("assigned", &reading.assigned.get())?;
        if known.in_use {
            map.serialize_entry("in_use", &reading.in_use.get())?;
            map.serialize_entry("available", &reading.available().get())?;
        }
        if known.users {
            map.serialize_entry("users", &reading.users.get())?;
        }
        if known.resource_accounts {
            map.serialize_entry("resource_accounts", &reading.resource_accounts.get())?;
        }
        map.end()
    }
}

impl History {
    /// What is told of a node: each point holds until the next one, the last until the last snapshot.
    pub fn json(&self, key: Key, moments: &[Moment], range: Range, opened: &Opened) -> String {
        let moments = within(moments, range);
        let points = self.points(&moments, opened);
        let known = known(&points);
        json(&ToldHistory {
            version: 1,
            node: key.name().to_string(),
            first: moments.first().map(|moment| told(moment.at_s)),
            last: moments.last().map(|moment| told(moment.at_s)),
            points: points.iter().map(|one| point(one, &known)).collect(),
            count: points.len(),
        })
    }
}

/// Clocks are set back at times: ids are in order, moments need not be.
fn within(moments: &[Moment], range: Range) -> Vec<Moment> {
    moments.iter().filter(|moment| range.contains(moment.at_s)).copied().collect()
}

fn point<'a>(point: &Point<'a>, known: &BTreeMap<&str, Known>) -> ToldPoint<'a> {
    let license = |key: &str, reading: &Reading| ToldLicense {
        reading: *reading,
        known: known.get(key).copied().unwrap_or_default(),
    };
    let node = point.row.map(|row| ToldNode {
        name: &row.name,
        licenses: row
            .licenses
            .iter()
            .map(|(key, reading)| (key.as_str(), license(key, reading)))
            .collect(),
        findings: row.marks.iter().map(Mark::key).collect(),
    });
    ToldPoint { at: told(point.at_s), present: node.is_some(), node }
}

fn json(value: &impl Serialize) -> String {
    // Texts and numbers are always JSON.
    serde_json::to_string(value).unwrap_or_default()
}
