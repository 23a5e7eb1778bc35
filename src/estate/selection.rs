//! Which rows a person selects.

use leptos::prelude::*;
use seatree_core::estate::NodeRef;

use super::forest::Forest;
use super::store::EstateStore;

impl EstateStore {
    pub fn select_only(&self, row: usize) {
        self.select(row, |forest, node| forest.selection.only(node));
    }

    pub fn select_toggled(&self, row: usize) {
        self.select(row, |forest, node| forest.selection.toggle(node));
    }

    /// Selects from where the last selection began to a row, and nothing else.
    pub fn select_to(&self, row: usize) {
        self.select(row, |forest, node| {
            let anchor = forest.selection.anchor();
            let from = anchor.and_then(|anchor| forest.rows.row_of(anchor));
            match from {
                Some(from) => forest.select_rows(from, row),
                // A selection begins here.
                None => forest.selection.only(node),
            }
        });
    }

    /// Selects row after row: from where it began, or from `from`.
    pub fn select_from_to(&self, from: usize, to: usize) {
        self.select(from, |forest, node| {
            let anchor = forest.selection.anchor();
            let is_anchored = anchor.is_some_and(|anchor| forest.rows.row_of(anchor).is_some());
            if !is_anchored || !forest.selection.contains(node) {
                forest.selection.only(node);
            }
        });
        self.select_to(to);
    }

    /// Selects all rows shown.
    pub fn select_all(&self) {
        self.forest.update(|forest| {
            let rows = &forest.rows;
            forest.selection.all((0..rows.len()).filter_map(|row| rows.get(row)));
        });
    }

    pub fn select_none(&self) {
        if self.forest.with_untracked(|forest| !forest.selection.is_empty()) {
            self.forest.update(|forest| forest.selection.clear());
        }
    }

    fn select(&self, row: usize, change: impl FnOnce(&mut Forest, NodeRef)) {
        self.forest.update(|forest| {
            if let Some(node) = forest.rows.get(row) {
                change(forest, node);
            }
        });
    }
}

impl Forest {
    fn select_rows(&mut self, from: usize, to: usize) {
        let rows = &self.rows;
        let between = (from.min(to)..=from.max(to)).filter_map(|row| rows.get(row));
        self.selection.extend_to(between);
    }
}
