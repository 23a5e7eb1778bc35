//! Which nodes are expanded: one bit each, and a default by depth for nodes not yet touched.

use super::Bits;
use crate::estate::{NodeId, Tree};

#[derive(Clone, Debug, Default)]
pub(super) struct Expansion {
    /// Nodes shallower than this are open as they arrive.
    open_above: u8,
    /// Nodes that differ from the default.
    flipped: Bits,
}

impl Expansion {
    pub(super) fn new(open_above: u8) -> Self {
        Self { open_above, flipped: Bits::new() }
    }

    pub(super) fn is_open(&self, tree: &Tree, node: NodeId) -> bool {
        (tree.depth(node) < self.open_above) != self.flipped.contains(node)
    }

    pub(super) fn flip(&mut self, node: NodeId) {
        self.flipped.flip(node);
    }
}
