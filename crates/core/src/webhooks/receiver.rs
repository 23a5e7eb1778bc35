//! Who is told what.

use std::collections::{BTreeMap, BTreeSet};

use super::{Key, Mute, Patience, Topic};
use crate::api::{Estate, NodeName};
use crate::estate::NodeId;
use crate::http::Secret;

/// Everybody who is told, and what is not told at present.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhooks {
    pub receivers: BTreeMap<String, Receiver>,
    pub mutes: Vec<Mute>,
    /// So many failed tries in a row make an upstream down.
    pub down_after: u32,
    /// Who brings it sees what was not delivered; nobody where there is none.
    pub operator: Option<Secret>,
}

impl Webhooks {
    /// Names of receivers.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.receivers.keys().map(String::as_str)
    }

    /// From how much in use, in percent of the limit, somebody may want to know.
    pub fn lowest_percent(&self) -> u32 {
        let lowest = self.receivers.values().filter_map(|receiver| receiver.thresholds.first());
        // Above it is over.
        lowest.copied().min().unwrap_or(100)
    }
}

/// One address with what it wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Where to; it may hold a token, so it does not print.
    pub address: Secret,
    /// Each signs: so one can be replaced without a gap.
    pub keys: Vec<Key>,
    pub topics: BTreeSet<Topic>,
    /// In percent of the limit, rising.
    pub thresholds: Vec<u32>,
    /// Of these nodes and what is below them; empty for all.
    pub below: Vec<NodeName>,
    /// Of these upstreams; empty for all.
    pub upstreams: Vec<String>,
    /// Seconds for which nothing must have been seen at the level that was told before it is told that
    /// it eased or settled.
    pub eased_after_s: u64,
    pub patience: Patience,
}

impl Receiver {
    pub(super) fn wants(&self, topic: Topic) -> bool {
        self.topics.contains(&topic)
    }

    pub fn is_told_of(&self, upstream: &str) -> bool {
        self.upstreams.is_empty() || self.upstreams.iter().any(|name| name == upstream)
    }

    /// Where in a tree it looks; none for everywhere.
    pub(super) fn opened(&self, estate: &Estate) -> Option<Vec<NodeId>> {
        if self.below.is_empty() {
            return None;
        }
        Some(self.below.iter().filter_map(|name| name.find(estate.members())).collect())
    }
}
