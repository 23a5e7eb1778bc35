//! Seats that nobody uses, and a draft that takes them back.

use std::cmp::Ordering;

use super::bulk::with_headroom;
use crate::draas::Limit;
use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};

/// The idle seats of a subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    pub node: NodeId,
    /// What its subscriptions have and do not use.
    pub seats: i64,
    /// How many of them have some.
    pub subscriptions: usize,
    /// How many have an unknown figure, and may have some.
    pub unknown: usize,
}

/// What is to be taken from where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// New limits, the idlest subscription first.
    pub changes: Vec<(NodeId, Limit)>,
    pub freed: i64,
    /// How many of the wanted seats could not be found.
    pub short: i64,
    /// How many subscriptions were left alone, because a figure of them is unknown.
    pub unknown: usize,
}

/// How many seats to free, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub seats: Limit,
    /// What is left to a subscription above what it uses, in percent of that.
    pub headroom_percent: u32,
}

/// A subscription that has more than it uses.
struct Spare {
    node: NodeId,
    assigned: i64,
    in_use: i64,
    seats: i64,
}

/// What subtrees of a kind have idle, those with most first; those without any are left out.
pub fn ranking(tree: &Tree, kinds: &[Kind], meter: Meter) -> Vec<Idle> {
    let limit_of = |node| tree.figure(node, meter, Measure::Assigned);
    let mut ranking = Vec::new();
    // The nodes above that are counted for, outermost first.
    let mut open: Vec<Idle> = Vec::new();
    let mut close = |open: &mut Vec<Idle>, to: NodeId| {
        while open.last().is_some_and(|idle| tree.end(idle.node) <= to) {
            ranking.extend(open.pop().filter(|idle| idle.seats > 0));
        }
    };
    for node in 1..tree.end(0) {
        close(&mut open, node);
        if kinds.contains(&tree.kind(node)) {
            open.push(Idle { node, seats: 0, subscriptions: 0, unknown: 0 });
        }
        if tree.kind(node) != Kind::Subscription {
            continue;
        }
        let spare = spare(tree, node, meter, limit_of(node), 0);
        for idle in &mut open {
            match &spare {
                Ok(spare) => {
                    idle.seats = idle.seats.saturating_add(spare.seats);
                    idle.subscriptions += usize::from(spare.seats > 0);
                }
                Err(Unknown) => idle.unknown += 1,
            }
        }
    }
    close(&mut open, tree.end(0));
    ranking.sort_by_key(|idle| (std::cmp::Reverse(idle.seats), idle.node));
    ranking
}

/// Proposes limits that free seats below a node, from the idlest subscription on, none below what
/// is in use. `limit_of` is what each subscription will have without this.
pub fn propose(
    tree: &Tree,
    below: NodeId,
    meter: Meter,
    wish: Wish,
    limit_of: impl Fn(NodeId) -> Figure,
) -> Proposal {
    let mut proposal = Proposal::default();
    let mut spares = Vec::new();
    let nodes = below..tree.end(below);
    for node in nodes.filter(|&node| tree.kind(node) == Kind::Subscription) {
        match spare(tree, node, meter, limit_of(node), wish.headroom_percent) {
            Ok(spare) if spare.seats > 0 => spares.push(spare),
            Ok(_) => {}
            Err(Unknown) => proposal.unknown += 1,
        }
    }
    spares.sort_by(idlest_first);
    for spare in spares {
        let left = wish.seats.get() - proposal.freed;
        if left == 0 {
            break;
        }
        let taken = spare.seats.min(left);
        if let Ok(limit) = Limit::new(spare.assigned - taken) {
            proposal.changes.push((spare.node, limit));
            proposal.freed += taken;
        }
    }
    proposal.short = wish.seats.get() - proposal.freed;
    proposal
}

struct Unknown;

/// What a subscription has more than it needs.
fn spare(
    tree: &Tree,
    node: NodeId,
    meter: Meter,
    assigned: Figure,
    headroom_percent: u32,
) -> Result<Spare, Unknown> {
    let in_use = tree.figure(node, meter, Measure::InUse).get().ok_or(Unknown)?;
    let assigned = assigned.get().ok_or(Unknown)?;
    // A use below 0 makes no sense, and must not make a limit below 0.
    let needed = with_headroom(in_use.max(0), headroom_percent);
    let seats = i64::try_from((i128::from(assigned) - needed).max(0)).unwrap_or_default();
    Ok(Spare { node, assigned, in_use: in_use.max(0), seats })
}

/// By the share in use; of those alike, the one with more seats; then in tree order.
fn idlest_first(one: &Spare, other: &Spare) -> Ordering {
    let share = |of: &Spare, beside: &Spare| i128::from(of.in_use) * i128::from(beside.assigned);
    let by_share = share(one, other).cmp(&share(other, one));
    by_share.then(other.seats.cmp(&one.seats)).then(one.node.cmp(&other.node))
}
