//! What one node was, and whose to know that is.

use std::collections::BTreeMap;

use super::{Key, Moment, Row};
use crate::visitors::Scope;

/// More levels than there are.
const MOST_LEVELS: usize = 16;

/// A row and the snapshots that it holds for: from the first of these ids until before the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub since: u64,
    pub until: Option<u64>,
    pub row: Row,
}

impl Version {
    /// Whether it is what this snapshot saw.
    pub fn holds_at(&self, id: u64) -> bool {
        self.since <= id && self.until.is_none_or(|until| until > id)
    }
}

/// What the scopes of a visitor open of an upstream's past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    is_whole: bool,
    tops: Vec<Key>,
}

impl Opened {
    pub fn of(scopes: &[Scope], upstream: &str) -> Self {
        let is_whole =
            scopes.iter().any(|scope| matches!(scope, Scope::Upstream(name) if name == upstream));
        let key = |scope: &Scope| match scope {
            Scope::Entity(entity) => Some(Key::of(crate::api::NodeName::Entity(*entity))),
            Scope::Upstream(_) => None,
        };
        Self { is_whole, tops: scopes.iter().filter_map(key).collect() }
    }

    /// Whether all of it is opened: only then counts of all may be told.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The entities that are opened with all below them.
    pub fn tops(&self) -> &[Key] {
        &self.tops
    }
}

/// Whether a node's past may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// No snapshot has it.
    Unknown,
    Outside,
    Inside,
}

/// What a node was from one moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point<'a> {
    pub at_s: u64,
    /// None while there was none, or none for who asks.
    pub row: Option<&'a Row>,
}

/// The versions of a node, and of those that it stood below.
#[derive(Debug)]
pub struct History {
    key: Key,
    versions: BTreeMap<Key, Vec<Version>>,
    wanted: Vec<Key>,
}

impl History {
    pub fn of(key: Key) -> Self {
        Self { key, versions: BTreeMap::new(), wanted: vec![key] }
    }

    /// The next node whose versions are needed, in any order; none when all are there.
    pub fn wants(&mut self) -> Option<Key> {
        self.wanted.pop()
    }

    pub fn add(&mut self, key: Key, mut versions: Vec<Version>) {
        versions.sort_by_key(|version| version.since);
        for parent in versions.iter().filter_map(|version| version.row.parent) {
            let is_there = self.versions.contains_key(&parent) || parent == key;
            if !is_there && !self.wanted.contains(&parent) {
                self.wanted.push(parent);
            }
        }
        self.versions.insert(key, versions);
    }

    fn at(&self, key: Key, moment: &Moment) -> Option<&Row> {
        let versions = self.versions.get(&key)?;
        let next = versions.partition_point(|version| version.since <= moment.id);
        let version = versions.get(next.checked_sub(1)?)?;
        version.holds_at(moment.id).then_some(&version.row)
    }

    /// The node at a moment, if it was and lay in what is opened. Whoever holds it now does not
    /// learn what it was with somebody else.
    fn seen(&self, moment: &Moment, opened: &Opened) -> Option<&Row> {
        let row = self.at(self.key, moment)?;
        if opened.is_whole {
            return Some(row);
        }
        let mut place = self.key;
        for _ in 0..MOST_LEVELS {
            let above = self.at(place, moment)?;
            if opened.tops.contains(&place) {
                return Some(row);
            }
            place = above.parent?;
        }
        None
    }

    /// Whether it may be told to these scopes: it has to lie in them now, or have done so when it was
    /// last seen.
    pub fn access(&self, moments: &[Moment], opened: &Opened) -> Access {
        let last = moments.iter().rev().find(|moment| self.at(self.key, moment).is_some());
        match last {
            None => Access::Unknown,
            Some(moment) if self.seen(moment, opened).is_some() => Access::Inside,
            Some(_) => Access::Outside,
        }
    }

    /// What it was at these moments: a point for the first, and for each at which it was another
    /// than at the one before.
    pub fn points(&self, moments: &[Moment], opened: &Opened) -> Vec<Point<'_>> {
        let mut points: Vec<Point<'_>> = Vec::new();
        for moment in moments {
            let row = self.seen(moment, opened);
            let is_same = |last: &Point<'_>| match (last.row, row) {
                // Where it stood is not told, and so makes no difference.
                (Some(one), Some(other)) => {
                    (&one.name, &one.licenses, one.marks)
                        == (&other.name, &other.licenses, other.marks)
                }
                (one, other) => one.is_none() && other.is_none(),
            };
            if !points.last().is_some_and(is_same) {
                points.push(Point { at_s: moment.at_s, row });
            }
        }
        points
    }
}
