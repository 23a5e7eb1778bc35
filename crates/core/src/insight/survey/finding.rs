//! What is to be looked at in one node, in detail.

use crate::estate::{Meter, NodeId, Tree};
use crate::insight::{Band, Finding, Mark, Thresholds, band};

/// Something to look at in a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeFinding {
    Over { meter: Meter, assigned: i64, in_use: i64 },
    Near { meter: Meter, assigned: i64, in_use: i64 },
    Idle { meter: Meter, assigned: i64 },
    Sum(Finding),
    Stale,
    Failed,
}

impl NodeFinding {
    pub fn mark(&self) -> Mark {
        match self {
            Self::Over { .. } => Mark::Over,
            Self::Near { .. } => Mark::Near,
            Self::Idle { .. } => Mark::Idle,
            Self::Sum(_) => Mark::SumOff,
            Self::Stale => Mark::Stale,
            Self::Failed => Mark::Failed,
        }
    }

    /// How the meters of a node stand, as far as that is to be looked at.
    pub(super) fn bands(tree: &Tree, node: NodeId, thresholds: Thresholds) -> Vec<Self> {
        if node == 0 {
            return Vec::new();
        }
        let finding = |meter| {
            let reading = tree.reading(node, meter);
            let (assigned, in_use) = (reading.assigned.get()?, reading.in_use.get()?);
            match band(&reading, thresholds)? {
                Band::Over => Some(Self::Over { meter, assigned, in_use }),
                Band::Near => Some(Self::Near { meter, assigned, in_use }),
                Band::Idle => Some(Self::Idle { meter, assigned }),
                Band::Fine => None,
            }
        };
        tree.used_meters().filter_map(finding).collect()
    }
}
