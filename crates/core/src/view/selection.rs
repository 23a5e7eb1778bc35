//! The nodes a person selected.

mod totals;

pub use totals::{Total, totals};

use super::Bits;
use crate::estate::{NodeRef, Tree};

/// A set of nodes of the estate, and where extending it starts.
///
/// Selection and estate belong together, as [`Rows`](super::Rows) and estate do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    trees: Vec<Bits>,
    anchor: Option<NodeRef>,
}

impl Selection {
    pub fn contains(&self, node: NodeRef) -> bool {
        self.trees.get(usize::from(node.tree)).is_some_and(|tree| tree.contains(node.node))
    }

    /// How many nodes are selected, shown or not.
    pub fn len(&self) -> usize {
        self.trees.iter().map(Bits::count).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.trees.iter().all(Bits::is_empty)
    }

    /// Where extending starts: the node last selected or taken out alone.
    pub fn anchor(&self) -> Option<NodeRef> {
        self.anchor
    }

    /// Selects one node and nothing else.
    pub fn only(&mut self, node: NodeRef) {
        self.clear();
        self.insert(node);
        self.anchor = Some(node);
    }

    /// Selects a node or takes it out, whichever it is not.
    pub fn toggle(&mut self, node: NodeRef) {
        self.tree(node.tree).flip(node.node);
        self.anchor = Some(node);
    }

    /// Selects the nodes from the anchor to another, and nothing else.
    pub fn extend_to(&mut self, nodes: impl IntoIterator<Item = NodeRef>) {
        self.trees.clear();
        self.add(nodes);
    }

    /// Selects the nodes from the anchor to another, beside what is selected.
    pub fn add(&mut self, nodes: impl IntoIterator<Item = NodeRef>) {
        for node in nodes {
            self.insert(node);
        }
    }

    /// Selects these and nothing else; extending starts anew.
    pub fn all(&mut self, nodes: impl IntoIterator<Item = NodeRef>) {
        self.clear();
        self.add(nodes);
    }

    pub fn clear(&mut self) {
        self.trees.clear();
        self.anchor = None;
    }

    /// The nodes in the estate's order.
    pub fn iter(&self) -> impl Iterator<Item = NodeRef> + '_ {
        let trees = (0..).zip(&self.trees);
        trees.flat_map(|(tree, nodes)| nodes.iter().map(move |node| NodeRef { tree, node }))
    }

    /// Keeps those nodes of a former tree selected that are found again in the one that was put in
    /// its place.
    pub fn carry_over(&mut self, index: u16, former: &Tree, tree: &Tree) {
        let anchor = self.anchor.filter(|anchor| anchor.tree == index);
        let before = self.trees.get_mut(usize::from(index)).map(std::mem::take).unwrap_or_default();
        self.anchor = self.anchor.filter(|anchor| anchor.tree != index);
        let nodes = before.iter().chain(anchor.map(|anchor| anchor.node));
        for (was, node) in tree.same_nodes(former, nodes) {
            let at = NodeRef { tree: index, node };
            if before.contains(was) {
                self.insert(at);
            }
            if anchor.is_some_and(|anchor| anchor.node == was) {
                self.anchor = Some(at);
            }
        }
    }

    /// Takes the nodes of a tree out, whose reply was thrown away.
    pub fn forget(&mut self, tree: u16) {
        if let Some(nodes) = self.trees.get_mut(usize::from(tree)) {
            nodes.clear();
        }
        self.anchor = self.anchor.filter(|anchor| anchor.tree != tree);
    }

    /// Takes the nodes of a tree out; the trees after it move up by one, as in the estate.
    pub fn remove(&mut self, tree: u16) {
        self.forget(tree);
        if usize::from(tree) < self.trees.len() {
            self.trees.remove(usize::from(tree));
        }
        if let Some(anchor) = self.anchor.as_mut().filter(|anchor| anchor.tree > tree) {
            anchor.tree -= 1;
        }
    }

    fn insert(&mut self, node: NodeRef) {
        self.tree(node.tree).insert(node.node);
    }

    fn tree(&mut self, tree: u16) -> &mut Bits {
        let index = usize::from(tree);
        if self.trees.len() <= index {
            self.trees.resize_with(index + 1, Bits::new);
        }
        &mut self.trees[index]
    }
}
