//! Which nodes are expanded: one bit each, and a default by depth for nodes not yet touched.

use crate::estate::{NodeId, Tree};

#[derive(Clone, Debug, Default)]
pub(super) struct Expansion {
    /// Nodes shallower than this are open as they arrive.
    open_above: u8,
    /// Bits of the nodes that differ from the default.
    flipped: Vec<u64>,
}

impl Expansion {
    pub(super) fn new(open_above: u8) -> Self {
        Self { open_above, flipped: Vec::new() }
    }

    pub(super) fn is_open(&self, tree: &Tree, node: NodeId) -> bool {
        let flipped =
            self.flipped.get(node as usize / 64).is_some_and(|bits| bits >> (node % 64) & 1 == 1);
        (tree.depth(node) < self.open_above) != flipped
    }

    pub(super) fn flip(&mut self, node: NodeId) {
        let word = node as usize / 64;
        if self.flipped.len() <= word {
            self.flipped.resize(word + 1, 0);
        }
        self.flipped[word] ^= 1 << (node % 64);
    }
}
