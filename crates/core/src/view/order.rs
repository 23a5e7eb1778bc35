//! The nodes of a tree with siblings sorted.

mod names;
mod share;
mod sorter;

pub(crate) use names::key as name_key;
pub(super) use sorter::{Item, Sorter};

use crate::estate::{NodeId, NodeRef, Tree};

/// A tree order in which siblings are sorted. A subtree is a range in any such order.
#[derive(Debug)]
pub(super) struct Order {
    nodes: Vec<NodeId>,
    positions: Vec<u32>,
}

impl Order {
    /// The order of the first `count` nodes of the estate's tree `index`.
    pub(super) fn new(sorter: &Sorter, index: u16, tree: &Tree, count: NodeId) -> Self {
        let mut positions = vec![0; count as usize];
        let mut nodes = vec![0; count as usize];
        let end = |node: NodeId| tree.end(node).min(count);
        let mut children = Vec::new();
        for parent in (0..count).filter(|&node| end(node) > node + 1) {
            children.clear();
            let mut child = parent + 1;
            while child < end(parent) {
                children.push(Item::new(NodeRef { tree: index, node: child }));
                child = end(child);
            }
            sorter.sort(&mut children);
            let mut next = positions[parent as usize] + 1;
            for child in children.iter().map(|item| item.at().node) {
                positions[child as usize] = next;
                nodes[next as usize] = child;
                next += end(child) - child;
            }
        }
        Self { nodes, positions }
    }

    #[inline]
    pub(super) fn position(&self, node: NodeId) -> u32 {
        self.positions[node as usize]
    }

    #[inline]
    pub(super) fn node(&self, position: u32) -> NodeId {
        self.nodes[position as usize]
    }
}
