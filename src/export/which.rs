//! Which rows an export has.

use seatree_core::estate::{NodeId, NodeRef};
use seatree_core::view::{Bits, Filter};
use seatree_core::words::{later, said};

use crate::estate::Forest;

/// Which rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Every node, in the order of the tree.
    All,
    /// What matches the filter, open or not, in the order of the tree.
    Matching,
    /// What the page shows, in its order.
    Shown,
    Selected,
}

impl Which {
    pub(super) const ALL: [Self; 4] = [Self::All, Self::Matching, Self::Shown, Self::Selected];

    pub(super) fn name(self) -> &'static str {
        said(self.english())
    }

    fn english(self) -> &'static str {
        match self {
            Self::All => later("All rows"),
            Self::Matching => later("Rows that match the filter"),
            Self::Shown => later("Rows as shown, in this order"),
            Self::Selected => later("Selected rows"),
        }
    }

    pub(super) fn count(self, forest: &Forest) -> usize {
        match self {
            Self::All => forest.estate.node_count(),
            Self::Matching => forest.rows.matches(),
            Self::Shown => forest.rows.len(),
            Self::Selected => forest.selection.len(),
        }
    }

    pub(super) fn rows(self, forest: &Forest, filter: &Filter) -> Vec<NodeRef> {
        match self {
            Self::All => {
                let mut all = Vec::with_capacity(forest.estate.node_count());
                for (tree, nodes) in (0..).zip(forest.estate.trees()) {
                    all.extend((0..nodes.end(0)).map(|node| NodeRef { tree, node }));
                }
                all
            }
            Self::Matching => {
                let mut all = Vec::with_capacity(forest.rows.matches());
                for (tree, nodes) in (0_u16..).zip(forest.estate.trees()) {
                    let mut matches = Bits::new();
                    filter.find(nodes, forest.survey(tree), 0..nodes.end(0), &mut matches);
                    all.extend(matches.iter().map(|node: NodeId| NodeRef { tree, node }));
                }
                all
            }
            Self::Shown => (0..forest.rows.len()).filter_map(|row| forest.rows.get(row)).collect(),
            Self::Selected => forest.selection.iter().collect(),
        }
    }

    /// What the file says of itself, in English: whoever reads it may speak another language.
    pub(super) fn scope(self, filter: &Filter) -> String {
        match self {
            Self::All | Self::Selected => self.english().to_owned(),
            Self::Matching | Self::Shown if filter.is_empty() => self.english().to_owned(),
            Self::Matching | Self::Shown => {
                [self.english(), "; filter: ", &filter.to_query()].concat()
            }
        }
    }
}
