//! Opening and closing.

use super::super::expansion::Usually;
use super::Rows;
use crate::estate::{Estate, NodeRef};

impl Rows {
    pub fn is_open(&self, estate: &Estate, node: NodeRef) -> bool {
        self.can_open(estate, node)
            && estate
                .tree(node.tree)
                .is_some_and(|tree| self.trees[usize::from(node.tree)].is_open(tree, node.node))
    }

    /// Whether a node has rows below it, shown or not; none has in a list without hierarchy.
    pub fn can_open(&self, estate: &Estate, node: NodeRef) -> bool {
        let rows = self.trees.get(usize::from(node.tree)).filter(|_| self.flat.is_none());
        match (rows, estate.tree(node.tree)) {
            (Some(rows), Some(tree)) => rows.can_open(tree, node.node),
            _ => false,
        }
    }

    /// Expands a closed row, collapses an open one; a leaf stays as it is.
    pub fn toggle(&mut self, estate: &Estate, row: usize) {
        if let Some(node) = self.get(row) {
            self.flip(estate, node);
        }
    }

    /// Expands a node that is closed, shown or not.
    pub fn open(&mut self, estate: &Estate, node: NodeRef) {
        if !self.is_open(estate, node) {
            self.flip(estate, node);
        }
    }

    fn flip(&mut self, estate: &Estate, node: NodeRef) {
        if !self.can_open(estate, node) {
            return;
        }
        let Some(tree) = estate.tree(node.tree) else { return };
        let rows = &mut self.trees[usize::from(node.tree)];
        rows.flip(node.node);
        if let Some(place) = rows.find(node.node) {
            rows.relist_below(tree, place);
            self.changed();
        }
    }

    /// Expands a row and all its siblings.
    pub fn expand_siblings(&mut self, estate: &Estate, row: usize) {
        let Some(of) = self.get(row).filter(|_| self.flat.is_none()) else { return };
        let Some(tree) = estate.tree(of.tree) else { return };
        if let Some(parent) = tree.parent(of.node) {
            let rows = &mut self.trees[usize::from(of.tree)];
            for child in tree.children(parent) {
                if !rows.hides(tree, child)
                    && rows.can_open(tree, child)
                    && !rows.is_open(tree, child)
                {
                    rows.flip(child);
                }
            }
            if let Some(place) = rows.find(parent) {
                rows.relist_below(tree, place);
            }
        } else {
            for (rows, tree) in self.trees.iter_mut().zip(estate.trees()) {
                if !rows.hides(tree, 0) && rows.can_open(tree, 0) && !rows.is_open(tree, 0) {
                    rows.flip(0);
                    rows.relist(tree, None);
                }
            }
        }
        self.changed();
    }

    /// Expands everything, also what comes later.
    pub fn expand_all(&mut self, estate: &Estate) {
        self.expand_usually(estate, Usually::ALL);
    }

    /// Collapses everything; the connections' rows stay.
    pub fn collapse_all(&mut self, estate: &Estate) {
        self.expand_usually(estate, Usually::NONE);
    }

    /// Expands the nodes less than `depth` levels below their connection, collapses the others.
    pub fn expand_to(&mut self, estate: &Estate, depth: u8) {
        self.expand_usually(estate, Usually::Shallower(depth.into()));
    }

    fn expand_usually(&mut self, estate: &Estate, usually: Usually) {
        if self.flat.is_some() {
            return;
        }
        match &mut self.narrowed {
            Some(narrowed) => *narrowed = usually,
            None => self.usually = usually,
        }
        for (rows, tree) in self.trees.iter_mut().zip(estate.trees()) {
            rows.reset(usually);
            rows.relist(tree, None);
        }
        self.changed();
    }

    /// Opens all above a node and gives its row; none where the filter hides the node, the list
    /// without hierarchy does not hold it, or sorted rows do not know it yet.
    pub fn reveal(&mut self, estate: &Estate, node: NodeRef) -> Option<usize> {
        if self.flat.is_none() {
            let tree = estate.tree(node.tree).filter(|tree| tree.contains(node.node))?;
            let rows = self.trees.get(usize::from(node.tree))?;
            let above = |node| std::iter::successors(tree.parent(node), |&node| tree.parent(node));
            let hidden = |node| rows.hides(tree, node);
            if !rows.knows(node.node) || hidden(node.node) || above(node.node).any(hidden) {
                return None;
            }
            let mut path: Vec<_> = above(node.node).collect();
            while let Some(above) = path.pop() {
                self.open(estate, NodeRef { node: above, ..node });
            }
        }
        self.row_of(node)
    }
}
