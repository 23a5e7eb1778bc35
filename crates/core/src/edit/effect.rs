//! What a draft does to the sums above.

use std::collections::BTreeMap;

use super::Held;
use crate::draas::Limit;
use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};
use crate::insight::Sum;

/// A new limit at its place in a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub node: NodeId,
    pub meter: Meter,
    pub new: Limit,
}

/// What changes at a node above: its sum of one license as the upstream sent it, and as it will be
/// if the upstream's sums follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    pub node: NodeId,
    pub meter: Meter,
    pub now: Figure,
    pub after: Figure,
    pub in_use: Figure,
    /// Where the node does not have what its children have together.
    pub held: Option<Held>,
}

impl Effect {
    /// What will be left; negative when over the limit.
    pub fn available_after(&self) -> Figure {
        self.after.minus(self.in_use)
    }
}

/// What the changes add below a node, and how many have no known limit now.
#[derive(Clone, Copy, Default)]
struct Delta {
    known: i128,
    unknown: usize,
}

/// The effect on every node above the changes, in tree order; a connection counts as what stands
/// directly below it. Where a limit or a sum is unknown, so is what becomes of it.
///
/// A subscription is to occur once for each meter.
pub fn effects(tree: &Tree, planned: &[Planned]) -> Vec<Effect> {
    let mut deltas: BTreeMap<(NodeId, Meter), Delta> = BTreeMap::new();
    for change in planned {
        let now = tree.figure(change.node, change.meter, Measure::Assigned);
        let delta = now.get().map(|now| i128::from(change.new.get()) - i128::from(now));
        let above = std::iter::successors(tree.parent(change.node), |&above| tree.parent(above));
        for above in above {
            let sum = deltas.entry((above, change.meter)).or_default();
            match delta {
                Some(delta) => sum.known += delta,
                None => sum.unknown += 1,
            }
        }
    }
    deltas.into_iter().map(|((node, meter), delta)| effect(tree, node, meter, delta)).collect()
}

fn effect(tree: &Tree, node: NodeId, meter: Meter, delta: Delta) -> Effect {
    let below = |measure| {
        let sum: Sum =
            tree.children(node).map(|child| tree.figure(child, meter, measure)).collect();
        if sum.is_whole() { sum.figure() } else { Figure::UNKNOWN }
    };
    // A connection has no figures of its own.
    let is_connection = tree.kind(node) == Kind::Connection;
    let figure = |measure| {
        if is_connection { below(measure) } else { tree.figure(node, meter, measure) }
    };
    let (now, in_use) = (figure(Measure::Assigned), figure(Measure::InUse));
    let after = if delta.unknown == 0 { plus(now, delta.known) } else { Figure::UNKNOWN };
    let held = if is_connection || delta.unknown > 0 {
        None
    } else {
        let below_now = below(Measure::Assigned);
        Held::of(now, below_now, plus(below_now, delta.known))
    };
    Effect { node, meter, now, after, in_use, held }
}

fn plus(figure: Figure, delta: i128) -> Figure {
    let sum = figure.get().map(|count| i128::from(count) + delta);
    Figure::from(sum.and_then(|sum| i64::try_from(sum).ok()))
}
