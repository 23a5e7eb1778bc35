//! What a filter leaves of a tree.

use std::ops::Range;

use super::Bits;
use super::expansion::{Expansion, Usually};
use crate::estate::{NodeId, Tree};

/// The matches in one tree, and what leads to them.
///
/// Below a node that leads to matches only such nodes and the matches are shown. A match that leads
/// to none can be opened and shows all it has, as without a filter.
#[derive(Clone, Debug)]
pub(super) struct Narrowing {
    matches: Bits,
    /// The nodes above matches.
    leading: Bits,
    /// Nodes whose matching is known.
    looked: NodeId,
    expansion: Expansion,
}

impl Narrowing {
    /// The matches among the first `looked` nodes. What leads to them is found by
    /// [`lead`](Self::lead).
    pub(super) fn new(matches: Bits, looked: NodeId, usually: Usually) -> Self {
        Self { matches, leading: Bits::new(), looked, expansion: Expansion::new(usually) }
    }

    pub(super) fn looked(&self) -> NodeId {
        self.looked
    }

    pub(super) fn matches(&self) -> &Bits {
        &self.matches
    }

    /// Finds the matches among the nodes that came.
    pub(super) fn look(&mut self, tree: &Tree, find: impl FnOnce(Range<NodeId>, &mut Bits)) {
        let end = tree.end(0);
        if self.looked < end {
            find(self.looked..end, &mut self.matches);
            self.looked = end;
        }
    }

    /// Finds what leads to the matches among these nodes, and gives the first node whose subtree
    /// shows otherwise than before: one of these, or one above them.
    pub(super) fn lead(&mut self, tree: &Tree, nodes: Range<NodeId>) -> NodeId {
        let mut first = nodes.start;
        for found in self.matches.range(nodes) {
            let mut above = tree.parent(found);
            while let Some(node) = above.filter(|&node| self.leading.insert(node)) {
                self.expansion.leads(node);
                first = first.min(node);
                above = tree.parent(node);
            }
        }
        first
    }

    #[inline]
    pub(super) fn is_open(&self, tree: &Tree, node: NodeId) -> bool {
        self.expansion.is_open(tree, node, Some(&self.leading))
    }

    pub(super) fn flip(&mut self, node: NodeId) {
        self.expansion.flip(node);
    }

    /// Opens and closes nodes as a person did in a former tree.
    pub(super) fn take_over(&mut self, tree: &Tree, before: &Self, former: &Tree) {
        for (was, node) in tree.same_nodes(former, before.expansion.flipped()) {
            let is_open = before.is_open(former, was);
            self.expansion.set(tree, node, is_open, Some(&self.leading));
        }
    }

    /// Opens and closes as is usual from now on.
    pub(super) fn reset(&mut self, usually: Usually) {
        self.expansion = Expansion::new(usually);
    }

    /// Whether a node stays hidden although all above it is shown and open.
    #[inline]
    pub(super) fn hides(&self, tree: &Tree, node: NodeId) -> bool {
        !self.matches.contains(node)
            && !self.leading.contains(node)
            && tree.parent(node).is_none_or(|above| self.leading.contains(above))
    }
}
