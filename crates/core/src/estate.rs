//! Everything the user's connections returned, as one tree of nodes and their meters.
//!
//! Each connection fills an arena of its own ([`Tree`]), so that several can load at once; the
//! estate is their sequence. Nodes are numbers, rows of columns: a million of them cost some
//! 52 bytes each beside their names.

mod figure;
mod kind;
mod meter;
pub(crate) mod room;
mod tree;
mod uuid;

pub use figure::Figure;
pub use kind::Kind;
pub use meter::{Measure, Meter, Reading};
pub use tree::{AllocatedBytes, NodeId, Tree};
pub use uuid::Uuid;

/// One node of the estate: which connection's tree, and where in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeRef {
    pub tree: u16,
    pub node: NodeId,
}

/// The trees of all connections, in the order of the connections.
#[derive(Debug, Default)]
pub struct Estate {
    trees: Vec<Tree>,
}

impl Estate {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a connection's tree; its index stays its own.
    pub fn add(&mut self, tree: Tree) -> u16 {
        let index = u16::try_from(self.trees.len()).unwrap_or(u16::MAX);
        self.trees.push(tree);
        index
    }

    /// Takes a connection's tree out; those after it move up by one.
    pub fn remove(&mut self, index: u16) {
        if usize::from(index) < self.trees.len() {
            self.trees.remove(usize::from(index));
        }
    }

    pub fn tree(&self, index: u16) -> Option<&Tree> {
        self.trees.get(usize::from(index))
    }

    pub fn tree_mut(&mut self, index: u16) -> Option<&mut Tree> {
        self.trees.get_mut(usize::from(index))
    }

    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }

    /// All nodes, connections included.
    pub fn node_count(&self) -> usize {
        self.trees.iter().map(Tree::len).sum()
    }
}
