//! Snapshots and histories as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{History, Key, Moment, Opened, Plan, Point, Range, Trouble, moment::told};
use crate::estate::{Figure, Reading};
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
    /// Bytes that it takes.
    pub bytes: u64,
}

impl Account<'_> {
    /// What is told of it. Counts of all nodes are told only to those who may see all.
    pub fn json(&self, range: Range, opened: &Opened) -> String {
        let is_whole = opened.is_whole();
        let snapshots: Vec<Value> = within(self.moments, range)
            .iter()
            .map(|moment| {
                let mut told = json!({ "at": told(moment.at_s) });
                if is_whole {
                    told["nodes"] = moment.nodes.into();
                    told["changes"] = moment.changes.into();
                }
                told
            })
            .collect();
        let failure = self.failure.map(|failure| {
            json!({
                "at": told(failure.at_s), "times": failure.times,
                "problem": failure.trouble.slug(), "detail": failure.trouble.sentence(),
            })
        });
        let taking = self.taking.map(|taking| {
            let mut told = json!({ "at": told(taking.at_s) });
            if is_whole {
                told["written"] = taking.written.into();
            }
            told
        });
        let mut all = json!({
            "version": 1, "count": snapshots.len(), "snapshots": snapshots,
            "next": told(self.due_s), "taking": taking, "failure": failure,
            "every_seconds": self.plan.every_s, "keep_seconds": self.plan.keep_s,
        });
        if is_whole {
            all["bytes"] = self.bytes.into();
        }
        all.to_string()
    }
}

impl History {
    /// What is told of a node: each point holds until the next one, the last until the last snapshot.
    pub fn json(&self, key: Key, moments: &[Moment], range: Range, opened: &Opened) -> String {
        let moments = within(moments, range);
        let points = self.points(moments, opened);
        let told_points: Vec<Value> = points.iter().map(|one| point(one, &points)).collect();
        json!({
            "version": 1, "node": key.name().to_string(),
            "first": moments.first().map(|moment| told(moment.at_s)),
            "last": moments.last().map(|moment| told(moment.at_s)),
            "count": told_points.len(), "points": told_points,
        })
        .to_string()
    }
}

fn within(moments: &[Moment], range: Range) -> &[Moment] {
    let first = moments.partition_point(|moment| moment.at_s < range.from_s);
    let end = moments.partition_point(|moment| moment.at_s <= range.to_s);
    moments.get(first..end).unwrap_or_default()
}

fn point(point: &Point<'_>, all: &[Point<'_>]) -> Value {
    let at = told(point.at_s);
    let Some(row) = point.row else {
        return json!({ "at": at, "present": false });
    };
    let licenses: Map<String, Value> = row
        .licenses
        .iter()
        .map(|(key, reading)| (key.clone(), license(reading, &known(key, all))))
        .collect();
    let findings: Vec<&str> = row.marks.iter().map(Mark::key).collect();
    json!({
        "at": at, "present": true, "name": row.name, "licenses": licenses, "findings": findings,
    })
}

/// Which figures of a license some point has. One that none has is left out, as everywhere in the
/// API; one that is not known just here is null.
fn known(key: &str, all: &[Point<'_>]) -> [bool; 3] {
    let readings: Vec<&Reading> =
        all.iter().filter_map(|point| point.row?.licenses.get(key)).collect();
    let any = |figure: fn(&Reading) -> Figure| readings.iter().any(|r| figure(r).is_known());
    [any(|r| r.in_use), any(|r| r.users), any(|r| r.resource_accounts)]
}

fn license(reading: &Reading, [in_use, users, resource_accounts]: &[bool; 3]) -> Value {
    let mut told = BTreeMap::from([("assigned", reading.assigned)]);
    if *in_use {
        told.insert("in_use", reading.in_use);
        told.insert("available", reading.available());
    }
    if *users {
        told.insert("users", reading.users);
    }
    if *resource_accounts {
        told.insert("resource_accounts", reading.resource_accounts);
    }
    told.into_iter().map(|(name, figure)| (name.to_owned(), json!(figure.get()))).collect()
}
