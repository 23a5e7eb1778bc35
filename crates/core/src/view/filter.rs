//! Which nodes a person wants to see.

mod finder;
mod kinds;
mod query;
mod range;
mod scan;

pub use kinds::Kinds;
pub(crate) use query::{decode, encode};
pub use range::Range;

use std::ops;

use self::finder::Finder;
pub(super) use self::finder::with_id;
pub(super) use self::scan::with_words;
use super::{Bits, folded};
use crate::estate::{NodeId, Tree};
use crate::insight::{Marks, Survey};

/// What a node must be to be shown: all that is set. Its text in addresses is made by
/// [`to_query`](Self::to_query).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Every word is in the name; or the whole is its UUID, the id of a subscription, with or
    /// without `#`, or the billing id.
    pub text: String,
    /// One of these kinds.
    pub kinds: Kinds,
    /// At least one of these marks.
    pub marks: Marks,
    /// In all of these.
    pub ranges: Vec<Range>,
}

impl Filter {
    /// Whether it lets every node pass.
    pub fn is_empty(&self) -> bool {
        folded(&self.text).all(char::is_whitespace)
            && self.kinds.is_empty()
            && self.marks.is_empty()
            && self.ranges.iter().all(Range::is_empty)
    }

    /// Whether a node that came may match later, when figures change or findings are made.
    pub fn depends_on_figures(&self) -> bool {
        !self.marks.is_empty() || !self.ranges.iter().all(Range::is_empty)
    }

    /// Adds those of a range of nodes that match. Without a survey no node has a mark.
    pub fn find(
        &self,
        tree: &Tree,
        survey: Option<&Survey>,
        nodes: ops::Range<NodeId>,
        into: &mut Bits,
    ) {
        let nodes = nodes.start..nodes.end.min(tree.end(0));
        Finder::new(self, tree, survey).find(nodes, into);
    }
}
