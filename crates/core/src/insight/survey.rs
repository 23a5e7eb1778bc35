//! Looking at every node of a tree, in turns, while it grows and after.

mod counts;
mod finding;

pub use counts::Counts;
pub use finding::NodeFinding;

use super::band::{Band, Thresholds, band};
use super::identities::{Finding, check_node};
use super::mark::{Mark, Marks};
use crate::estate::{Measure, Meter, NodeId, Tree};

/// What a person should look at in one tree: a byte a node, and the sums that do not add up.
///
/// [`go_on`](Self::go_on) looks at nodes whose subtree is closed, since the figures of the others may
/// still come; after [`complete`](Self::complete) also at those. Whoever changes a figure of a node
/// that was looked at says so by [`look_again`](Self::look_again). Another tree needs another survey.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    marks: Vec<Marks>,
    counts: Counts,
    /// In the order of their nodes.
    sums: Vec<Finding>,
    /// Those that the tree's figures do not tell.
    told: Vec<Finding>,
    thresholds: Thresholds,
    /// Nodes before this one were looked at, but for those that follow.
    next: NodeId,
    /// Nodes whose subtree was open when their turn came, each below the one before.
    open: Vec<NodeId>,
    again: Vec<NodeId>,
    is_complete: bool,
}

impl Survey {
    pub fn new() -> Self {
        Self::default()
    }

    /// What to look at in a node, as far as it was looked at.
    #[inline]
    pub fn marks(&self, node: NodeId) -> Marks {
        self.marks.get(node as usize).copied().unwrap_or_default()
    }

    /// How many nodes have each mark.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The sums of the tree that do not add up, in the order of their nodes; those told to
    /// [`add`](Self::add) come last.
    pub fn sums(&self) -> impl Iterator<Item = &Finding> {
        self.sums.iter().chain(&self.told)
    }

    /// Looks at up to so many nodes; true when there is nothing more to look at, as yet. With other
    /// thresholds than the last time all is looked at anew.
    pub fn go_on(&mut self, tree: &Tree, thresholds: Thresholds, up_to_nodes: usize) -> bool {
        if thresholds != self.thresholds {
            self.thresholds = thresholds;
            self.start_again();
        }
        let meters = Used::new(tree);
        let end = tree.end(0);
        let is_complete = self.is_complete;
        let is_ready = |node| is_complete || tree.is_closed(node);
        let mut left = up_to_nodes;
        while left > 0 {
            let node = if let Some(node) = self.again.pop() {
                node
            } else if let Some(node) = self.open.pop_if(|node| is_ready(*node)) {
                node
            } else if self.next < end {
                let node = self.next;
                self.next += 1;
                if !is_ready(node) {
                    self.open.push(node);
                    continue;
                }
                node
            } else {
                return true;
            };
            self.look(tree, &meters, node);
            left -= 1;
        }
        false
    }

    /// The tree has all it will have: what is still open is looked at, too.
    pub fn complete(&mut self) {
        self.is_complete = true;
    }

    /// Marks a node from outside: [`Mark::Stale`] and [`Mark::Failed`] are not told by figures, and
    /// stay until taken away.
    pub fn mark(&mut self, node: NodeId, mark: Mark) {
        let mut marks = self.marks(node);
        marks.insert(mark);
        self.put(node, marks);
    }

    /// Takes a mark from a node.
    pub fn unmark(&mut self, node: NodeId, mark: Mark) {
        let mut marks = self.marks(node);
        marks.remove(mark);
        self.put(node, marks);
    }

    /// Adds what was found elsewhere than in the tree's figures, such as the factors of a service.
    pub fn add(&mut self, finding: Finding) {
        self.told.push(finding);
        self.mark(finding.node, Mark::SumOff);
    }

    /// Looks at a node and its parent another time, because its figures changed; forgets what was
    /// [added](Self::add) to it.
    pub fn look_again(&mut self, tree: &Tree, node: NodeId) {
        self.told.retain(|finding| finding.node != node);
        for node in std::iter::once(node).chain(tree.parent(node)) {
            // Those to come are looked at in their turn.
            if node < self.next && !self.open.contains(&node) && !self.again.contains(&node) {
                self.again.push(node);
            }
        }
    }

    /// Everything about one node, the worst first.
    pub fn findings(&self, tree: &Tree, node: NodeId) -> Vec<NodeFinding> {
        let mut findings = NodeFinding::bands(tree, node, self.thresholds);
        findings.extend(self.sums().filter(|sum| sum.node == node).copied().map(NodeFinding::Sum));
        let outside = [(Mark::Stale, NodeFinding::Stale), (Mark::Failed, NodeFinding::Failed)];
        let marks = self.marks(node);
        findings.extend(outside.into_iter().filter(|(m, _)| marks.contains(*m)).map(|(_, f)| f));
        findings.sort_by_key(|finding| {
            let mark: Marks = [finding.mark()].into_iter().collect();
            std::cmp::Reverse(mark.severity())
        });
        findings
    }

    /// Forgets what the figures told.
    fn start_again(&mut self) {
        (self.next, self.open, self.again) = (0, Vec::new(), Vec::new());
        self.sums.clear();
        self.counts = Counts::default();
        for marks in &mut self.marks {
            *marks = marks.without(Marks::OF_FIGURES);
            self.counts.add(*marks);
        }
        for told in 0..self.told.len() {
            self.mark(self.told[told].node, Mark::SumOff);
        }
    }

    fn look(&mut self, tree: &Tree, meters: &Used, node: NodeId) {
        let mut marks = self.marks(node).without(Marks::OF_FIGURES);
        // A connection has no figures of its own.
        if node != 0 {
            for &meter in &meters.limited {
                let band = band(&tree.reading(node, meter), self.thresholds);
                if let Some(mark) = band.and_then(Band::mark) {
                    marks.insert(mark);
                }
            }
            self.look_at_sums(tree, &meters.all, node);
            if self.has_sums(node) || self.told.iter().any(|told| told.node == node) {
                marks.insert(Mark::SumOff);
            }
        }
        self.put(node, marks);
    }

    fn look_at_sums(&mut self, tree: &Tree, meters: &[Meter], node: NodeId) {
        if self.has_sums(node) {
            self.sums.retain(|sum| sum.node != node);
        }
        for sum in meters.iter().flat_map(|meter| check_node(tree, node, *meter)).flatten() {
            // Mostly the last; nodes that were open come after what is below them.
            let place = self.sums.partition_point(|known| known.node <= node);
            self.sums.insert(place, sum);
        }
    }

    fn has_sums(&self, node: NodeId) -> bool {
        let last = self.sums.last().map(|last| last.node);
        last.is_some_and(|last| last >= node)
            && self.sums.binary_search_by_key(&node, |sum| sum.node).is_ok()
    }

    fn put(&mut self, node: NodeId, marks: Marks) {
        let index = node as usize;
        if self.marks.len() <= index {
            if marks.is_empty() {
                return;
            }
            self.marks.resize(index + 1, Marks::NONE);
        }
        let before = std::mem::replace(&mut self.marks[index], marks);
        if before != marks {
            self.counts.take(before);
            self.counts.add(marks);
        }
    }
}

/// The meters of a tree that can tell something.
struct Used {
    all: Vec<Meter>,
    /// Those with both a limit and a use.
    limited: Vec<Meter>,
}

impl Used {
    fn new(tree: &Tree) -> Self {
        let all: Vec<Meter> = tree.used_meters().collect();
        let both = [Measure::Assigned, Measure::InUse];
        let is_limited = |meter: &Meter| both.iter().all(|both| tree.is_used(*meter, *both));
        let limited = all.iter().copied().filter(is_limited).collect();
        Self { all, limited }
    }
}
