//! Sorted, filtered, without hierarchy.

use super::super::Bits;
use super::super::expansion::Usually;
use super::super::order::{Item, Sorter};
use super::super::sort::Sort;
use super::kinds::KindSet;
use super::{Rows, Severity};
use crate::estate::{Estate, Kind, NodeRef};

/// What a list without hierarchy shows unless told otherwise: where licenses are counted.
pub const LEAF_KINDS: [Kind; 3] = [Kind::Subscription, Kind::Service, Kind::LicenseType];

impl Rows {
    /// Sorts siblings, or all rows of a list without hierarchy; none is the upstream's order.
    /// Connections stay in theirs.
    pub fn sort(&mut self, estate: &Estate, sort: Option<Sort>, severity: Severity) {
        self.sort = sort;
        self.rearrange(estate, severity);
    }

    /// What rows are sorted by.
    pub fn sorted_by(&self) -> Option<&Sort> {
        self.sort.as_ref()
    }

    /// Sorts again, with the nodes and figures that came.
    pub fn resort(&mut self, estate: &Estate, severity: Severity) {
        if self.sort.is_some() {
            self.rearrange(estate, severity);
        }
    }

    /// Shows only the nodes that match, per tree, and what leads to them; none shows all again, as
    /// expanded as before. Every node there is now must have been looked at.
    ///
    /// What leads to a match is open, a match that leads to none is closed: it shows all it has once
    /// it is opened. Connections without a match have no row.
    pub fn narrow(&mut self, estate: &Estate, matches: Option<Vec<Bits>>, severity: Severity) {
        self.meet(estate);
        self.narrowed = matches.is_some().then_some(Usually::Leading);
        let mut matches = matches.map(Vec::into_iter);
        for (rows, tree) in self.trees.iter_mut().zip(estate.trees()) {
            let matches = matches.as_mut().map(|trees| trees.next().unwrap_or_default());
            rows.narrow(tree, matches, Usually::Leading);
        }
        if self.sort.is_some() && self.flat.is_none() {
            // Siblings are sorted already, whoever of them is shown.
            for (rows, tree) in self.trees.iter_mut().zip(estate.trees()) {
                rows.relist(tree, None);
                self.stale |= rows.lags(tree);
            }
            self.changed();
        } else {
            self.rearrange(estate, severity);
        }
    }

    pub fn is_narrowed(&self) -> bool {
        self.narrowed.is_some()
    }

    /// Lists all nodes of these kinds without their hierarchy; none is the hierarchy again. See
    /// [`LEAF_KINDS`].
    pub fn flat(&mut self, estate: &Estate, kinds: Option<&[Kind]>, severity: Severity) {
        let kinds = kinds.map(KindSet::new);
        if self.flat != kinds {
            self.flat = kinds;
            self.rearrange(estate, severity);
        }
    }

    pub fn is_flat(&self) -> bool {
        self.flat.is_some()
    }

    /// Lists everything anew.
    pub(super) fn rearrange(&mut self, estate: &Estate, severity: Severity) {
        self.meet(estate);
        self.merged = None;
        let sorter = self.sort.as_ref().map(|sort| Sorter::new(estate, sort, severity));
        let of_siblings = sorter.as_ref().filter(|_| self.flat.is_none());
        for (index, (rows, tree)) in (0..).zip(self.trees.iter_mut().zip(estate.trees())) {
            rows.arrange(tree, of_siblings.map(|sorter| (sorter, index)));
            rows.relist(tree, self.flat);
        }
        if let Some(sorter) = sorter.filter(|_| self.flat.is_some()) {
            let mut items: Vec<Item> = Vec::with_capacity(self.len());
            for (tree, rows) in (0..).zip(&mut self.trees) {
                let nodes = std::mem::take(&mut rows.visible);
                items.extend(nodes.into_iter().map(|node| Item::new(NodeRef { tree, node })));
            }
            sorter.sort(&mut items);
            self.merged = Some(items.iter().map(Item::at).collect());
        }
        self.stale = false;
        self.changed();
    }
}
