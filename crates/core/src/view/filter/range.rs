//! Figures from here to there.

use super::super::{Column, Shows};
use crate::estate::{Figure, Meter, NodeId, Tree};

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
    least: i64,
    most: i64,
}

impl Bounds {
    pub(super) fn new(range: &Range, tree: &Tree) -> Self {
        Self {
            meter: range.column.meter(tree),
            shows: range.column.shows,
            least: range.least.unwrap_or(i64::MIN),
            most: range.most.unwrap_or(i64::MAX),
        }
    }

    #[inline]
    pub(super) fn hold(&self, tree: &Tree, node: NodeId) -> bool {
        let Some(meter) = self.meter else { return false };
        let figure = |shows: Shows| shows.figure(tree, node, meter);
        match self.shows {
            Shows::Utilization => self.hold_share(figure(Shows::InUse), figure(Shows::Assigned)),
            shows => {
                figure(shows).get().is_some_and(|count| self.least <= count && count <= self.most)
            }
        }
    }

    /// Whether in use ÷ assigned is between so many percent, in whole numbers: 80 % of 5 is
    /// exactly 4. An end that was not set is farther than any share: figures have 63 bits.
    fn hold_share(&self, in_use: Figure, assigned: Figure) -> bool {
        let (Some(in_use), Some(assigned)) = (in_use.get(), assigned.get()) else { return false };
        if assigned <= 0 {
            return false;
        }
        let share = i128::from(in_use) * 100;
        let is_from = |percent: i64| i128::from(percent) * i128::from(assigned) <= share;
        let is_to = |percent: i64| share <= i128::from(percent) * i128::from(assigned);
        (self.least == i64::MIN || is_from(self.least))
            && (self.most == i64::MAX || is_to(self.most))
    }
}
