//! The rows of one tree.

use std::ops::Range;

use super::super::Bits;
use super::super::expansion::{Expansion, Usually};
use super::super::narrowing::Narrowing;
use super::super::order::{Order, Sorter};
use super::kinds::KindSet;
use crate::estate::{NodeId, Tree};

/// What is shown of one tree. Rows are in the order of *positions*: a node's number in tree order,
/// or in the sorted order, where a subtree is a range just as well.
#[derive(Debug)]
pub(in crate::view) struct TreeRows {
    /// The nodes shown, by position; none where the rows of all trees are merged.
    pub(super) visible: Vec<NodeId>,
    /// Nodes the rows know of: those after came later.
    seen: NodeId,
    order: Option<Order>,
    pub(super) expansion: Expansion,
    pub(super) narrowing: Option<Narrowing>,
}

impl TreeRows {
    pub(super) fn new(usually: Usually, narrowed: Option<Usually>) -> Self {
        Self {
            visible: Vec::new(),
            seen: 0,
            order: None,
            expansion: Expansion::new(usually),
            narrowing: narrowed.map(|usually| Narrowing::new(Bits::new(), 0, usually)),
        }
    }

    /// The node after a subtree, as far as the rows know it.
    #[inline]
    pub(in crate::view) fn end(&self, tree: &Tree, node: NodeId) -> NodeId {
        tree.end(node).min(self.seen)
    }

    #[inline]
    pub(in crate::view) fn position(&self, node: NodeId) -> u32 {
        self.order.as_ref().map_or(node, |order| order.position(node))
    }

    #[inline]
    pub(in crate::view) fn at(&self, position: u32) -> NodeId {
        self.order.as_ref().map_or(position, |order| order.node(position))
    }

    /// The positions below a node.
    pub(in crate::view) fn below(&self, tree: &Tree, node: NodeId) -> Range<u32> {
        let position = self.position(node);
        position + 1..position + (self.end(tree, node) - node)
    }

    /// The position after a node and all below it.
    #[inline]
    pub(in crate::view) fn after(&self, tree: &Tree, position: u32) -> u32 {
        let node = self.at(position);
        position + (self.end(tree, node) - node)
    }

    /// Whether a filter hides a node although all above it is shown and open.
    #[inline]
    pub(in crate::view) fn hides(&self, tree: &Tree, node: NodeId) -> bool {
        self.narrowing.as_ref().is_some_and(|narrowing| narrowing.hides(tree, node))
    }

    pub(super) fn knows(&self, node: NodeId) -> bool {
        node < self.seen
    }

    pub(super) fn can_open(&self, tree: &Tree, node: NodeId) -> bool {
        self.knows(node) && self.end(tree, node) > node + 1
    }

    #[inline]
    pub(super) fn is_open(&self, tree: &Tree, node: NodeId) -> bool {
        match &self.narrowing {
            Some(narrowing) => narrowing.is_open(tree, node),
            None => self.expansion.is_open(tree, node, None),
        }
    }

    pub(super) fn flip(&mut self, node: NodeId) {
        match &mut self.narrowing {
            Some(narrowing) => narrowing.flip(node),
            None => self.expansion.flip(node),
        }
    }

    /// Opens and closes as is usual from now on.
    pub(super) fn reset(&mut self, usually: Usually) {
        match &mut self.narrowing {
            Some(narrowing) => narrowing.reset(usually),
            None => self.expansion = Expansion::new(usually),
        }
    }

    /// The place of a node among this tree's rows.
    pub(super) fn find(&self, node: NodeId) -> Option<usize> {
        if !self.knows(node) {
            return None;
        }
        let position = self.position(node);
        self.visible.binary_search_by_key(&position, |&shown| self.position(shown)).ok()
    }

    /// The places of the rows below the one at a place.
    pub(super) fn shown_below(&self, tree: &Tree, place: usize) -> Range<usize> {
        let end = self.below(tree, self.visible[place]).end;
        let rows = &self.visible[place + 1..];
        place + 1..place + 1 + rows.partition_point(|&shown| self.position(shown) < end)
    }

    /// Lists anew what is below the row at a place.
    pub(super) fn relist_below(&mut self, tree: &Tree, place: usize) {
        let node = self.visible[place];
        let old = self.shown_below(tree, place);
        let mut new = Vec::new();
        if self.is_open(tree, node) {
            self.walk(tree, self.below(tree, node), &mut new);
        }
        self.visible.splice(old, new);
    }

    /// Lists everything anew.
    pub(super) fn relist(&mut self, tree: &Tree, flat: Option<KindSet>) {
        let mut rows = std::mem::take(&mut self.visible);
        rows.clear();
        if let Some(kinds) = flat {
            self.list(tree, kinds, 0..self.seen, &mut rows);
        } else {
            if self.narrowing.is_none() && self.expansion.opens_all() {
                // Growing to this length step by step would leave as much behind.
                rows.reserve_exact(self.seen as usize);
            }
            self.walk(tree, 0..self.seen, &mut rows);
        }
        self.visible = rows;
    }

    /// Adds what is shown at these positions. All above them is shown and open.
    fn walk(&self, tree: &Tree, positions: Range<u32>, rows: &mut Vec<NodeId>) {
        let mut next = positions.start;
        while next < positions.end {
            let node = self.at(next);
            let size = self.end(tree, node) - node;
            if self.hides(tree, node) {
                next += size;
                continue;
            }
            rows.push(node);
            next += if self.is_open(tree, node) { 1 } else { size };
        }
    }

    /// Adds the nodes of some kinds, without the hierarchy.
    fn list(&self, tree: &Tree, kinds: KindSet, nodes: Range<NodeId>, rows: &mut Vec<NodeId>) {
        let listed = |node: &NodeId| kinds.contains(tree.kind(*node));
        match &self.narrowing {
            Some(narrowing) => rows.extend(narrowing.matches().range(nodes).filter(listed)),
            None => rows.extend(nodes.filter(listed)),
        }
    }

    /// The nodes that rows can be made of: those that are there and were looked at.
    fn known(&self, tree: &Tree) -> NodeId {
        self.narrowing.as_ref().map_or(tree.end(0), |narrowing| narrowing.looked().min(tree.end(0)))
    }

    /// Whether nodes came that have no rows yet.
    pub(super) fn lags(&self, tree: &Tree) -> bool {
        self.seen < self.known(tree)
    }

    /// Finds the matches among the nodes that came.
    pub(super) fn look(&mut self, tree: &Tree, find: impl FnOnce(Range<NodeId>, &mut Bits)) {
        if let Some(narrowing) = &mut self.narrowing {
            narrowing.look(tree, find);
        }
    }

    /// Adds rows of the nodes that came to rows in tree order; false when there are none.
    pub(super) fn follow(&mut self, tree: &Tree, flat: Option<KindSet>) -> bool {
        if !self.lags(tree) {
            return false;
        }
        let start = self.seen;
        let first = self.catch_up(tree);
        let mut rows = std::mem::take(&mut self.visible);
        if let Some(kinds) = flat {
            self.list(tree, kinds, start..self.seen, &mut rows);
        } else {
            // What comes after a node that leads to new matches is all below it.
            rows.truncate(rows.partition_point(|&shown| shown < first));
            let above = std::iter::successors(tree.parent(first), |&node| tree.parent(node));
            let shut = above.filter(|&node| self.hides(tree, node) || !self.is_open(tree, node));
            let start = shut.last().map_or(first, |node| self.end(tree, node));
            self.walk(tree, start..self.seen, &mut rows);
        }
        self.visible = rows;
        true
    }

    /// Takes the nodes that came into account; gives the first that may show otherwise than before.
    pub(super) fn catch_up(&mut self, tree: &Tree) -> NodeId {
        let fresh = self.seen..self.known(tree);
        self.seen = fresh.end;
        match &mut self.narrowing {
            Some(narrowing) => narrowing.lead(tree, fresh),
            None => fresh.start,
        }
    }

    /// Takes the nodes that came into account, and sorts all of them.
    pub(super) fn arrange(&mut self, tree: &Tree, sorter: Option<(&Sorter, u16)>) {
        if self.lags(tree) {
            self.catch_up(tree);
        }
        // Gone before the new one takes as much memory again.
        self.order = None;
        self.order = sorter.map(|(sorter, index)| Order::new(sorter, index, tree, self.seen));
    }

    /// Shows only these matches and what leads to them, or everything again.
    pub(super) fn narrow(&mut self, tree: &Tree, matches: Option<Bits>, usually: Usually) {
        self.narrowing = matches.map(|matches| {
            let mut narrowing = Narrowing::new(matches, tree.end(0), usually);
            narrowing.lead(tree, 0..self.seen);
            narrowing
        });
    }

    /// How many nodes match.
    pub(super) fn matches(&self) -> usize {
        self.narrowing.as_ref().map_or(0, |narrowing| narrowing.matches().count())
    }
}
