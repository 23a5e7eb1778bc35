//! The rows as one would write them without a thought for time: everything is computed anew.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use seatree_core::estate::{Estate, Kind, NodeId, NodeRef};
use seatree_core::view::{Shows, Sort, SortBy, folded};

/// What a filter matches in these tests.
#[derive(Clone, Copy, Debug)]
pub struct Every {
    pub nth: u32,
    pub from: u32,
}

impl Every {
    /// Whether it matches a node of the connection with this number.
    pub fn matches(self, connection: u16, node: NodeId) -> bool {
        (node * 5 + u32::from(connection) + self.from).is_multiple_of(self.nth)
    }
}

/// How much a node needs to be looked at in these tests.
fn severity(connection: u16, node: NodeId) -> u8 {
    u8::try_from((u32::from(connection) + node * 3) % 5).unwrap()
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Usually {
    Shallower(u16),
    Leading,
}

#[derive(Debug, Default)]
pub struct ModelTree {
    /// Nodes that there may be rows of.
    pub seen: NodeId,
    /// Nodes that the filter was asked about.
    pub looked: NodeId,
    matches: BTreeSet<NodeId>,
    flipped: BTreeSet<NodeId>,
    flipped_narrowed: BTreeSet<NodeId>,
}

#[derive(Debug)]
pub struct Model {
    /// The number of each tree's connection, which it keeps when its index changes.
    pub connections: Vec<u16>,
    pub trees: Vec<ModelTree>,
    pub usually: Usually,
    pub narrowed: Option<Usually>,
    pub sort: Option<Sort>,
    pub flat: Option<Vec<Kind>>,
    pub stale: bool,
}

impl Model {
    pub fn new(open_above: u8) -> Self {
        Self {
            connections: Vec::new(),
            trees: Vec::new(),
            usually: Usually::Shallower(open_above.into()),
            narrowed: None,
            sort: None,
            flat: None,
            stale: false,
        }
    }

    /// How much a node needs to be looked at.
    pub fn severity(&self, tree: u16, node: NodeId) -> u8 {
        severity(self.connections[usize::from(tree)], node)
    }

    pub fn matches(&self) -> usize {
        if self.narrowed.is_none() {
            return 0;
        }
        self.trees.iter().map(|tree| tree.matches.len()).sum()
    }

    /// Whether a node is above a match that there may be rows of.
    fn leads(&self, estate: &Estate, at: NodeRef) -> bool {
        let (rows, tree) =
            (&self.trees[usize::from(at.tree)], &estate.trees()[usize::from(at.tree)]);
        (at.node + 1..tree.end(at.node).min(rows.seen)).any(|node| rows.matches.contains(&node))
    }

    fn children(&self, estate: &Estate, at: NodeRef) -> Vec<NodeRef> {
        let seen = self.trees[usize::from(at.tree)].seen;
        let children = estate.trees()[usize::from(at.tree)].children(at.node);
        children.filter(|&node| node < seen).map(|node| NodeRef { node, ..at }).collect()
    }

    pub fn can_open(&self, estate: &Estate, at: NodeRef) -> bool {
        let known = at.node < self.trees[usize::from(at.tree)].seen;
        self.flat.is_none() && known && !self.children(estate, at).is_empty()
    }

    pub fn is_open(&self, estate: &Estate, at: NodeRef) -> bool {
        let rows = &self.trees[usize::from(at.tree)];
        let usually = self.is_usually_open(estate, at, self.narrowed.unwrap_or(self.usually));
        let flipped = if self.narrowed.is_some() { &rows.flipped_narrowed } else { &rows.flipped };
        self.can_open(estate, at) && usually != flipped.contains(&at.node)
    }

    fn is_usually_open(&self, estate: &Estate, at: NodeRef, usually: Usually) -> bool {
        let depth = estate.trees()[usize::from(at.tree)].depth(at.node);
        match usually {
            Usually::Shallower(levels) => u16::from(depth) < levels,
            Usually::Leading => self.leads(estate, at),
        }
    }

    /// What a person opened and closed in a tree, without and with the filter, and which of the
    /// two it was.
    pub fn touched(&self, estate: &Estate, tree: u16) -> [Vec<(NodeId, bool)>; 2] {
        let Some(rows) = self.trees.get(usize::from(tree)) else { return Default::default() };
        let touched = |flipped: &BTreeSet<NodeId>, usually| {
            let is_usually = |node| self.is_usually_open(estate, NodeRef { tree, node }, usually);
            flipped.iter().map(|&node| (node, !is_usually(node))).collect()
        };
        let narrowed = self.narrowed.map(|usually| touched(&rows.flipped_narrowed, usually));
        [touched(&rows.flipped, self.usually), narrowed.unwrap_or_default()]
    }

    /// Shows another tree, of which these are open or closed.
    pub fn carry_over(
        &mut self,
        estate: &Estate,
        tree: u16,
        touched: [Vec<(NodeId, bool)>; 2],
        find: Option<Every>,
    ) {
        self.meet(estate);
        let index = usize::from(tree);
        self.trees[index] = ModelTree::default();
        self.look(estate, index, find);
        self.see(estate, index);
        let [plain, narrowed] = touched.map(Vec::into_iter);
        let is_usually =
            |node, usually| self.is_usually_open(estate, NodeRef { tree, node }, usually);
        let plain = plain.filter(|&(node, open)| is_usually(node, self.usually) != open);
        let in_filter = |&(node, open): &(NodeId, bool)| {
            self.narrowed.is_some_and(|usually| is_usually(node, usually) != open)
        };
        let flipped = plain.map(|(node, _)| node).collect();
        let flipped_narrowed = narrowed.filter(in_filter).map(|(node, _)| node).collect();
        self.trees[index].flipped = flipped;
        self.trees[index].flipped_narrowed = flipped_narrowed;
        if self.sort.is_some() {
            self.rearrange(estate);
        }
    }

    pub fn flip(&mut self, at: NodeRef) {
        let rows = &mut self.trees[usize::from(at.tree)];
        let flipped =
            if self.narrowed.is_some() { &mut rows.flipped_narrowed } else { &mut rows.flipped };
        if !flipped.remove(&at.node) {
            flipped.insert(at.node);
        }
    }

    pub fn open(&mut self, estate: &Estate, at: NodeRef) {
        if self.can_open(estate, at) && !self.is_open(estate, at) {
            self.flip(at);
        }
    }

    pub fn expand_usually(&mut self, usually: Usually) {
        for rows in &mut self.trees {
            match self.narrowed {
                Some(_) => rows.flipped_narrowed.clear(),
                None => rows.flipped.clear(),
            }
        }
        match &mut self.narrowed {
            Some(narrowed) => *narrowed = usually,
            None => self.usually = usually,
        }
    }

    /// Whether the filter hides a node, whatever is open.
    pub fn hides(&self, estate: &Estate, at: NodeRef) -> bool {
        if self.narrowed.is_none() {
            return false;
        }
        let keeps = |at: NodeRef| {
            self.trees[usize::from(at.tree)].matches.contains(&at.node) || self.leads(estate, at)
        };
        match estate.trees()[usize::from(at.tree)].parent(at.node) {
            None => !keeps(at),
            Some(node) => {
                let parent = NodeRef { node, ..at };
                self.hides(estate, parent) || (self.leads(estate, parent) && !keeps(at))
            }
        }
    }

    fn known(&self, estate: &Estate, index: usize) -> NodeId {
        let end = estate.trees()[index].end(0);
        if self.narrowed.is_some() { self.trees[index].looked } else { end }
    }

    pub fn meet(&mut self, estate: &Estate) {
        self.trees.resize_with(estate.trees().len(), ModelTree::default);
    }

    /// Takes the nodes of a tree that came into account.
    fn see(&mut self, estate: &Estate, index: usize) {
        let tree = u16::try_from(index).unwrap();
        let leads = |model: &Self| -> BTreeSet<NodeId> {
            let all = 0..estate.trees()[index].end(0);
            all.filter(|&node| model.leads(estate, NodeRef { tree, node })).collect()
        };
        let before = leads(self);
        self.trees[index].seen = self.known(estate, index);
        if self.narrowed == Some(Usually::Leading) {
            for node in leads(self).difference(&before) {
                self.trees[index].flipped_narrowed.remove(node);
            }
        }
    }

    pub fn rearrange(&mut self, estate: &Estate) {
        self.meet(estate);
        for index in 0..self.trees.len() {
            self.see(estate, index);
        }
        self.stale = false;
    }

    pub fn follow(&mut self, estate: &Estate, find: Option<Every>) {
        self.meet(estate);
        for index in 0..self.trees.len() {
            self.look(estate, index, find);
            if self.sort.is_some() {
                self.stale |= self.trees[index].seen < self.known(estate, index);
            } else {
                self.see(estate, index);
            }
        }
    }

    /// Finds the matches among the nodes that came.
    fn look(&mut self, estate: &Estate, index: usize, find: Option<Every>) {
        if let (Some(every), true) = (find, self.narrowed.is_some()) {
            let (connection, end) = (self.connections[index], estate.trees()[index].end(0));
            let rows = &mut self.trees[index];
            let fresh = rows.looked..end;
            rows.matches.extend(fresh.filter(|&node| every.matches(connection, node)));
            rows.looked = end;
        }
    }

    pub fn narrow(&mut self, estate: &Estate, filter: Option<Every>) {
        self.meet(estate);
        self.narrowed = filter.map(|_| Usually::Leading);
        let trees = self.trees.iter_mut().zip(estate.trees());
        for (&connection, (rows, nodes)) in self.connections.iter().zip(trees) {
            let matches = |node: &NodeId| filter.unwrap().matches(connection, *node);
            rows.matches.clear();
            rows.flipped_narrowed.clear();
            rows.looked = nodes.end(0);
            if filter.is_some() {
                rows.matches.extend((0..nodes.end(0)).filter(matches));
            }
        }
        if self.sort.is_some() && self.flat.is_none() {
            for index in 0..self.trees.len() {
                self.stale |= self.trees[index].seen < self.known(estate, index);
            }
        } else {
            self.rearrange(estate);
        }
    }

    /// All rows, from nothing but what is known of the estate.
    pub fn rows(&self, estate: &Estate) -> Vec<NodeRef> {
        let mut rows = Vec::new();
        for tree in (0..).take(self.trees.len()) {
            let seen = self.trees[usize::from(tree)].seen;
            if let Some(kinds) = &self.flat {
                let nodes = &estate.trees()[usize::from(tree)];
                rows.extend((0..seen).map(|node| NodeRef { tree, node }).filter(|at| {
                    let matches = &self.trees[usize::from(tree)].matches;
                    kinds.contains(&nodes.kind(at.node))
                        && (self.narrowed.is_none() || matches.contains(&at.node))
                }));
            } else if seen > 0 {
                self.visit(estate, NodeRef { tree, node: 0 }, &mut rows);
            }
        }
        if self.flat.is_some() {
            self.sorted(estate, &mut rows);
        }
        rows
    }

    fn visit(&self, estate: &Estate, at: NodeRef, rows: &mut Vec<NodeRef>) {
        if self.hides(estate, at) {
            return;
        }
        rows.push(at);
        if self.is_open(estate, at) {
            let mut children = self.children(estate, at);
            self.sorted(estate, &mut children);
            for child in children {
                self.visit(estate, child, rows);
            }
        }
    }

    fn sorted(&self, estate: &Estate, nodes: &mut [NodeRef]) {
        let Some(sort) = &self.sort else { return };
        nodes.sort_by(|&a, &b| self.compare(estate, sort, a, b));
    }

    fn compare(&self, estate: &Estate, sort: &Sort, a: NodeRef, b: NodeRef) -> Ordering {
        let tree = |at: NodeRef| &estate.trees()[usize::from(at.tree)];
        // What is unknown comes last; what is known, in the direction asked for.
        let directed = |known: (bool, bool), order: &dyn Fn() -> Ordering| match known {
            (true, true) if sort.descending => order().reverse(),
            (true, true) => order(),
            _ => Reverse(known.0).cmp(&Reverse(known.1)),
        };
        match &sort.by {
            SortBy::Name => {
                let (a, b) = (tree(a).name(a.node), tree(b).name(b.node));
                directed((!a.is_empty(), !b.is_empty()), &|| by_name(a, b))
            }
            SortBy::Kind => {
                let kind = |at: NodeRef| tree(at).kind(at.node) as u8;
                directed((true, true), &|| kind(a).cmp(&kind(b)))
            }
            SortBy::Severity => {
                let severity = |at: NodeRef| self.severity(at.tree, at.node);
                directed((true, true), &|| severity(a).cmp(&severity(b)))
            }
            SortBy::Column(column) if column.shows == Shows::Utilization => {
                let share = |at: NodeRef| {
                    let reading = tree(at).reading(at.node, column.meter(tree(at))?);
                    reading.utilization()?;
                    Some((i128::from(reading.in_use.get()?), i128::from(reading.assigned.get()?)))
                };
                let (a, b) = (share(a), share(b));
                directed((a.is_some(), b.is_some()), &|| {
                    let ((a, of_a), (b, of_b)) = (a.unwrap(), b.unwrap());
                    (a * of_b).cmp(&(b * of_a))
                })
            }
            SortBy::Column(column) => {
                let figure = |at: NodeRef| column.figure(tree(at), at.node).get();
                let (a, b) = (figure(a), figure(b));
                directed((a.is_some(), b.is_some()), &|| a.cmp(&b))
            }
        }
    }
}

/// Letters by letter, numbers by their value.
pub fn by_name(a: &str, b: &str) -> Ordering {
    fn rest(a: &[char], b: &[char]) -> Ordering {
        let number = |text: &[char]| {
            let digits: String = text.iter().take_while(|c| c.is_ascii_digit()).collect();
            (digits.len(), digits.parse::<u128>())
        };
        match (number(a), number(b)) {
            ((a_length, Ok(a_value)), (b_length, Ok(b_value))) => {
                a_value.cmp(&b_value).then_with(|| rest(&a[a_length..], &b[b_length..]))
            }
            _ if a.is_empty() || b.is_empty() => a.len().cmp(&b.len()),
            _ => a[0].cmp(&b[0]).then_with(|| rest(&a[1..], &b[1..])),
        }
    }
    let plain = |text: &str| folded(text).collect::<Vec<_>>();
    rest(&plain(a), &plain(b)).then_with(|| a.cmp(b))
}
