//! The children that have most.

use crate::estate::{Figure, NodeId, Tree};

/// The children of a node that have most of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Largest {
    /// From the largest down; those that have as much stay in tree order.
    pub children: Vec<(NodeId, i64)>,
    /// How many of all children have a known figure.
    pub counted: usize,
    /// How many have none.
    pub unknown: usize,
}

/// Up to `most` children of a node with the largest figures.
pub fn largest(
    tree: &Tree,
    node: NodeId,
    most: usize,
    figure: impl Fn(NodeId) -> Figure,
) -> Largest {
    let mut largest = Largest::default();
    for child in tree.children(node) {
        let Some(count) = figure(child).get() else {
            largest.unknown += 1;
            continue;
        };
        largest.counted += 1;
        let place = largest.children.partition_point(|(_, larger)| *larger >= count);
        if place < most {
            largest.children.truncate(most - 1);
            largest.children.insert(place, (child, count));
        }
    }
    largest
}
