//! What is not told at present.

use std::collections::BTreeSet;

use super::{Moment, Topic};
use crate::api::NodeName;

/// A rule by which news wait. All that it names has to be so; what it leaves open is any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mute {
    pub receivers: BTreeSet<String>,
    pub upstreams: BTreeSet<String>,
    pub topics: BTreeSet<Topic>,
    /// These nodes and what is below them.
    pub below: Vec<NodeName>,
    /// Seconds since 1970; from then on the rule is over.
    pub until_s: Option<i64>,
}

impl Mute {
    /// Whether it holds back news about this topic. `path` are the names of the node and of all
    /// above it.
    pub(super) fn holds(
        &self,
        receiver: &str,
        topic: Topic,
        path: &[String],
        moment: Moment<'_>,
    ) -> bool {
        let any = |names: &BTreeSet<String>, name| names.is_empty() || names.contains(name);
        let now_s = i64::try_from(moment.taken_ms / 1_000).unwrap_or(i64::MAX);
        self.until_s.is_none_or(|until| now_s < until)
            && any(&self.receivers, receiver)
            && any(&self.upstreams, moment.upstream)
            && (self.topics.is_empty() || self.topics.contains(&topic))
            && (self.below.is_empty()
                || self.below.iter().any(|name| path.contains(&name.to_string())))
    }
}
