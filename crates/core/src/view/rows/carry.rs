//! Keeping what a person opened and closed when a tree is read again.

use super::tree_rows::TreeRows;
use super::{Find, Rows, Severity};
use crate::estate::{Estate, Tree};

impl Rows {
    /// Shows the tree that was put in the place of a `former` one. What a person opened and closed
    /// of it stays so wherever it is found again; everything else is as usual on its level.
    ///
    /// Rows that a filter narrows need `find`, or all nodes of the tree wait.
    pub fn carry_over(
        &mut self,
        index: u16,
        former: &Tree,
        estate: &Estate,
        find: Option<Find>,
        severity: Severity,
    ) {
        self.meet(estate);
        let Some(tree) = estate.tree(index) else { return };
        let rows = &mut self.trees[usize::from(index)];
        let new = TreeRows::new(self.usually, self.narrowed);
        let before = std::mem::replace(rows, new);
        if let Some(find) = find {
            rows.look(tree, |nodes, matches| find(index, nodes, matches));
        }
        rows.take_over(tree, &before, former);
        if self.sort.is_some() {
            self.rearrange(estate, severity);
        } else {
            rows.relist(tree, self.flat);
            self.changed();
        }
    }
}

impl TreeRows {
    /// Takes all nodes into account, and opens and closes them as a person did in a former tree.
    fn take_over(&mut self, tree: &Tree, before: &Self, former: &Tree) {
        if self.lags(tree) {
            self.catch_up(tree);
        }
        for (was, node) in tree.same_nodes(former, before.expansion.flipped()) {
            let is_open = before.expansion.is_open(former, was, None);
            self.expansion.set(tree, node, is_open, None);
        }
        if let (Some(narrowing), Some(before)) = (&mut self.narrowing, &before.narrowing) {
            narrowing.take_over(tree, before, former);
        }
    }
}
