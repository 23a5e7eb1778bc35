//! The nodes that best fit a typed text, in the whole estate.

use super::Needle;
use super::filter::with_id;
use super::fold::Fit;
use crate::estate::{Estate, NodeId, NodeRef, Tree};

/// The best nodes for a text, best first: those it names wholly or by their id, then those whose
/// name begins with it, whose words do, and that hold it; short names before long ones, high levels
/// before low ones.
pub fn search(estate: &Estate, text: &str, most: usize) -> Vec<NodeRef> {
    let mut search = Search::new(text, most);
    while !search.go_on(estate, usize::MAX) {}
    search.best()
}

/// A search in turns. The estate may grow meanwhile.
#[derive(Clone, Debug)]
pub struct Search {
    text: String,
    needle: Needle,
    most: usize,
    best: Vec<Found>,
    next: NodeRef,
    room: Vec<u8>,
}

/// A node with what it is ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    fit: Fit,
    length: usize,
    depth: u8,
    at: NodeRef,
}

impl Search {
    /// A search that keeps so many nodes.
    pub fn new(text: &str, most: usize) -> Self {
        let needle = Needle::new(text);
        let next = NodeRef { tree: 0, node: 0 };
        Self { text: text.to_owned(), needle, most, best: Vec::new(), next, room: Vec::new() }
    }

    /// Looks at up to so many nodes; true when all there are were looked at.
    pub fn go_on(&mut self, estate: &Estate, up_to_nodes: usize) -> bool {
        if self.most == 0 || self.needle.is_empty() {
            return true;
        }
        let mut left = u32::try_from(up_to_nodes).unwrap_or(u32::MAX);
        while let Some(tree) = estate.tree(self.next.tree) {
            let start = self.next.node;
            let end = tree.end(0).min(start.saturating_add(left));
            self.look(tree, start..end);
            left -= end - start;
            if end < tree.end(0) {
                self.next.node = end;
                return false;
            }
            self.next = NodeRef { tree: self.next.tree + 1, node: 0 };
        }
        true
    }

    /// The best so far, best first.
    pub fn best(&self) -> Vec<NodeRef> {
        self.best.iter().map(|found| found.at).collect()
    }

    fn look(&mut self, tree: &Tree, nodes: std::ops::Range<NodeId>) {
        let mut room = std::mem::take(&mut self.room);
        for node in nodes.clone() {
            let name = tree.name(node);
            if let Some(fit) = self.needle.fit(name, &mut room) {
                self.put(tree, node, fit);
            }
        }
        self.room = room;
        let text = std::mem::take(&mut self.text);
        with_id(tree, &text, nodes, |node| self.put(tree, node, Fit::Exact));
        self.text = text;
    }

    fn put(&mut self, tree: &Tree, node: NodeId, fit: Fit) {
        let at = NodeRef { node, ..self.next };
        let found = Found { fit, length: tree.name(node).len(), depth: tree.depth(node), at };
        let is_full = self.best.len() >= self.most;
        if is_full && self.best.last().is_some_and(|worst| *worst <= found) {
            return;
        }
        // A name and an id can be the same.
        if let Some(known) = self.best.iter().position(|known| known.at == at) {
            if self.best[known] <= found {
                return;
            }
            self.best.remove(known);
        }
        let place = self.best.partition_point(|known| *known < found);
        self.best.insert(place, found);
        self.best.truncate(self.most);
    }
}
