//! What is news to a receiver.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Event, Level, Mute, Place, Receiver, Seen, Topic,
    event::{self, Cause, Change},
    seen::Now,
};
use crate::api::NodeName;
use crate::estate::{NodeId, Tree};

/// More than this, of one reading, nobody reads one by one: the rest is told as counts.
const MOST_EVENTS: usize = 500;

/// Which upstream was read, and when.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Its name in the configuration.
    pub upstream: &'a str,
    /// Milliseconds since 1970.
    pub taken_ms: u64,
    /// The same of the whole reading before it; none where there was none.
    pub before_ms: Option<u64>,
}

/// A node as it was when somebody was told about it: it may be gone when it is told of again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub(super) kind: String,
    pub(super) name: String,
    /// The names of the node and of all above it.
    pub(super) path: Vec<String>,
}

/// What a receiver was told about a place and what stands since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub level: Level,
    /// When it was first seen amiss, in milliseconds since 1970.
    pub since_ms: u64,
    /// When it was last seen at this level, where it has been lower since without being told; none
    /// while it is at it.
    pub left_ms: Option<u64>,
    /// None for the upstream as a whole.
    pub node: Option<Node>,
}

/// What one reading means for a receiver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// What to keep from now on, by place; none to forget it. Places that are not named stay, of those
    /// that stand twice the last counts.
    pub kept: Vec<(Place, Option<Standing>)>,
    /// What to tell.
    pub events: Vec<Event>,
    /// How much was held back by rules.
    pub muted: usize,
}

impl Receiver {
    /// What a whole reading means, with what this receiver was told and still stands. To a new
    /// receiver nothing is news: what stands at its first reading it is taken to know.
    pub fn news(
        &self,
        name: &str,
        mutes: &[Mute],
        told: &BTreeMap<Place, Standing>,
        seen: &Seen<'_>,
        moment: Moment<'_>,
        is_new: bool,
    ) -> News {
        let mut reading = Reading {
            receiver: self,
            name,
            mutes,
            told,
            seen,
            moment,
            is_new,
            opened: self.opened(seen.estate),
            news: News::default(),
            changes: Vec::new(),
        };
        reading.look();
        let Reading { mut news, changes, .. } = reading;
        news.events = event::of_reading(name, changes, MOST_EVENTS, moment);
        news
    }

    pub(super) fn is_muted(
        name: &str,
        mutes: &[Mute],
        topic: Topic,
        node: Option<&Node>,
        moment: Moment<'_>,
    ) -> bool {
        let path = node.map_or(&[][..], |node| &node.path);
        mutes.iter().any(|mute| mute.holds(name, topic, path, moment))
    }
}

struct Reading<'a, 'b> {
    receiver: &'a Receiver,
    name: &'a str,
    mutes: &'a [Mute],
    told: &'a BTreeMap<Place, Standing>,
    seen: &'a Seen<'b>,
    moment: Moment<'a>,
    is_new: bool,
    opened: Option<Vec<NodeId>>,
    news: News,
    changes: Vec<Change>,
}

impl Reading<'_, '_> {
    fn look(&mut self) {
        for found in &self.seen.found {
            if !self.told.contains_key(&found.place)
                && self.looks_at(found.node)
                && let Some(level) = self.receiver.level(found.figures)
            {
                self.note(&found.place, Some(level), Cause::Figures(found.figures), found.node);
            }
        }
        for (place, standing) in self.told {
            if *place == Place::Upstream {
                // It was read just now.
                self.change(place, None, Cause::Read, None);
                continue;
            }
            match self.seen.now(place) {
                Now::There(node, figures) if self.looks_at(node) => {
                    // What is not known has not changed.
                    let Some(figures) = figures else { continue };
                    let level = self.receiver.level(figures);
                    if level < Some(standing.level) && !self.has_settled(place, standing) {
                        continue;
                    }
                    if level >= Some(standing.level) && standing.left_ms.is_some() {
                        self.keep(place, Standing { left_ms: None, ..standing.clone() });
                    }
                    if level != Some(standing.level) {
                        self.note(place, level, Cause::Figures(figures), node);
                    }
                }
                Now::There(..) | Now::Gone => {
                    self.change(place, None, Cause::Gone, standing.node.clone());
                }
            }
        }
    }

    /// Whether something that is lower than told has been so for as long as this receiver wants. What
    /// falls and rises again before is told once: an alarm never waits, that it is over does.
    fn has_settled(&mut self, place: &Place, standing: &Standing) -> bool {
        let Moment { taken_ms, before_ms, .. } = self.moment;
        let left_ms = standing.left_ms.or(before_ms).unwrap_or(taken_ms);
        let has_settled = taken_ms.saturating_sub(left_ms) >= self.receiver.eased_after_s * 1_000;
        if !has_settled && standing.left_ms.is_none() {
            self.keep(place, Standing { left_ms: Some(left_ms), ..standing.clone() });
        }
        has_settled
    }

    fn keep(&mut self, place: &Place, standing: Standing) {
        self.news.kept.push((place.clone(), Some(standing)));
    }

    fn looks_at(&self, node: NodeId) -> bool {
        let members = self.seen.estate.members();
        self.opened.as_ref().is_none_or(|opened| members.contains(opened, node))
    }

    fn note(&mut self, place: &Place, level: Option<Level>, cause: Cause, node: NodeId) {
        let node = Node::of(self.seen.estate.members().tree(), node);
        self.change(place, level, cause, Some(node));
    }

    fn change(&mut self, place: &Place, now: Option<Level>, cause: Cause, node: Option<Node>) {
        let standing = self.told.get(place);
        let before = standing.map(|standing| standing.level);
        // What rises is told as what it has become, what falls as what it was.
        let Some(topic) = now.max(before).map(|level| place.topic(level)) else { return };
        // That the upstream is down a new receiver may have been told.
        let is_known_already = self.is_new && standing.is_none();
        let (name, mutes, moment) = (self.name, self.mutes, self.moment);
        if !is_known_already && Receiver::is_muted(name, mutes, topic, node.as_ref(), moment) {
            self.news.muted += 1;
            return;
        }
        let since_ms = standing.map_or(self.moment.taken_ms, |standing| standing.since_ms);
        let standing = |level| Standing { level, since_ms, left_ms: None, node: node.clone() };
        self.news.kept.push((place.clone(), now.map(standing)));
        // A topic that it does not want any more ends in silence.
        if !is_known_already && self.receiver.wants(topic) {
            let place = place.clone();
            self.changes.push(Change { place, topic, before, now, since_ms, cause, node });
        }
    }
}

impl Node {
    pub(super) fn of(tree: &Tree, node: NodeId) -> Self {
        let above = std::iter::successors(Some(node), |node| tree.parent(*node));
        let names = above.filter_map(|node| NodeName::of(tree, node));
        Self {
            kind: tree.kind(node).word().to_owned(),
            name: tree.name(node).to_owned(),
            path: names.map(|name| name.to_string()).collect(),
        }
    }
}
