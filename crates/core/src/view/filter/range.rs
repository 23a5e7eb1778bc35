//! Figures from here to there.

use std::cmp::Ordering;

use super::super::{Column, Shows};
use crate::estate::{Meter, NodeId, Tree};
use crate::insight::to_percent;

/// The figures of a column between two, both included. What is unknown is in no range, unless it has
/// no end at all. Utilization is in percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub column: Column,
    pub least: Option<i64>,
    pub most: Option<i64>,
}

impl Range {
    /// Whether it has no end, and so lets everything pass.
    pub fn is_empty(&self) -> bool {
        self.least.is_none() && self.most.is_none()
    }
}

/// A range, prepared for one tree.
pub(super) struct Bounds {
    /// None where the tree does not know it.
    meter: Option<Meter>,
    shows: Shows,
    least: Option<i64>,
    most: Option<i64>,
}

impl Bounds {
    pub(super) fn new(range: &Range, tree: &Tree) -> Self {
        let Range { column, least, most } = range;
        Self { meter: column.meter(tree), shows: column.shows, least: *least, most: *most }
    }

    #[inline]
    pub(super) fn hold(&self, tree: &Tree, node: NodeId) -> bool {
        let Some(meter) = self.meter else { return false };
        let figure = |shows: Shows| shows.figure(tree, node, meter).get();
        if self.shows != Shows::Utilization {
            return figure(self.shows).is_some_and(|count| self.is_between(|end| count.cmp(&end)));
        }
        match (figure(Shows::InUse), figure(Shows::Assigned)) {
            (Some(in_use), Some(assigned)) if assigned > 0 => {
                self.is_between(|percent| to_percent(in_use, assigned, percent))
            }
            _ => false,
        }
    }

    fn is_between(&self, compare: impl Fn(i64) -> Ordering) -> bool {
        self.least.is_none_or(|least| compare(least).is_ge())
            && self.most.is_none_or(|most| compare(most).is_le())
    }
}
