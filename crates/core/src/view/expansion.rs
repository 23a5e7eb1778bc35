//! Which nodes are expanded: what is open of itself, and one bit for each node that is not so.

use super::Bits;
use crate::estate::{NodeId, Tree};

/// What is open until a person opens or closes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usually {
    /// Nodes with fewer levels above them than this.
    Shallower(u16),
    /// In a filtered tree: what leads to a match.
    Leading,
}

impl Default for Usually {
    fn default() -> Self {
        Self::NONE
    }
}

impl Usually {
    pub(super) const ALL: Self = Self::Shallower(u16::MAX);
    pub(super) const NONE: Self = Self::Shallower(0);
}

#[derive(Clone, Debug)]
pub(super) struct Expansion {
    usually: Usually,
    /// Nodes that differ from what is usual.
    flipped: Bits,
}

impl Expansion {
    pub(super) fn new(usually: Usually) -> Self {
        Self { usually, flipped: Bits::new() }
    }

    /// Whether a node is open; `leading` are the nodes that lead to a match.
    #[inline]
    pub(super) fn is_open(&self, tree: &Tree, node: NodeId, leading: Option<&Bits>) -> bool {
        let usually = match self.usually {
            Usually::Shallower(depth) => u16::from(tree.depth(node)) < depth,
            Usually::Leading => leading.is_some_and(|leading| leading.contains(node)),
        };
        usually != self.flipped.contains(node)
    }

    /// Whether all is open, but for what a person closed.
    pub(super) fn opens_all(&self) -> bool {
        self.usually == Usually::ALL
    }

    /// The nodes that a person opened or closed.
    pub(super) fn flipped(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.flipped.iter()
    }

    /// Opens or closes a node.
    pub(super) fn set(&mut self, tree: &Tree, node: NodeId, open: bool, leading: Option<&Bits>) {
        if self.is_open(tree, node, leading) != open {
            self.flip(node);
        }
    }

    pub(super) fn flip(&mut self, node: NodeId) {
        self.flipped.flip(node);
    }

    /// A node starts to lead to a match: what a person did to it before is not about this.
    pub(super) fn leads(&mut self, node: NodeId) {
        if self.usually == Usually::Leading {
            self.flipped.remove(node);
        }
    }
}
