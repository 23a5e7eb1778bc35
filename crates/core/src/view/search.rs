//! The nodes that best fit a typed text, in the whole estate.

use std::ops::Range;

use super::Needle;
use super::filter::{with_id, with_words};
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

/// A search in turns. The estate may grow meanwhile; what comes to trees that were looked at is not
/// found.
#[derive(Clone, Debug)]
pub struct Search {
    text: String,
    needle: Needle,
    most: usize,
    best: Vec<Found>,
    next: NodeRef,
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
        Self { text: text.to_owned(), needle, most, best: Vec::new(), next }
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

    fn look(&mut self, tree: &Tree, nodes: Range<NodeId>) {
        let Self { text, needle, most, best, next, .. } = self;
        let mut best = Best { found: best, most: *most, tree, index: next.tree };
        with_words(tree, needle, nodes.clone(), |node| {
            let name = tree.name(node);
            // Most names fit worse than enough others do; that they begin otherwise is soon told.
            let at_best = if needle.begins(name) { Fit::Exact } else { Fit::BeginsWords };
            if best.has_place_for(node, at_best)
                && let Some(fit) = needle.fit(name)
            {
                best.put(node, fit);
            }
        });
        with_id(tree, text, nodes, |node| best.put(node, Fit::Exact));
    }
}

/// The best found so far, while looking at one tree.
struct Best<'a> {
    found: &'a mut Vec<Found>,
    most: usize,
    tree: &'a Tree,
    index: u16,
}

impl Best<'_> {
    fn found(&self, node: NodeId, fit: Fit) -> Found {
        let (length, depth) = (self.tree.name(node).len(), self.tree.depth(node));
        Found { fit, length, depth, at: NodeRef { tree: self.index, node } }
    }

    fn has_place_for(&self, node: NodeId, fit: Fit) -> bool {
        let worst = self.found.last().filter(|_| self.found.len() >= self.most);
        worst.is_none_or(|worst| self.found(node, fit) < *worst)
    }

    fn put(&mut self, node: NodeId, fit: Fit) {
        if !self.has_place_for(node, fit) {
            return;
        }
        let found = self.found(node, fit);
        // A name and an id can be the same.
        if let Some(known) = self.found.iter().position(|known| known.at == found.at) {
            if self.found[known] <= found {
                return;
            }
            self.found.remove(known);
        }
        let place = self.found.partition_point(|known| *known < found);
        self.found.insert(place, found);
        self.found.truncate(self.most);
    }
}
