//! Trees of a DRaaS platform: tenants at any level, subscriptions below them.

use proptest::prelude::*;
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};

/// A subscription's limit and use, and how far up the next tenant or reseller begins.
pub type Sprout = (usize, Option<i64>, Option<i64>);

pub fn sprouts() -> impl Strategy<Value = Vec<Sprout>> {
    let figure = || prop_oneof![6 => (0_i64..40).prop_map(Some), 1 => Just(None)];
    prop::collection::vec((0_usize..4, figure(), figure()), 1..24)
}

/// Those of which every figure is known.
pub fn known() -> impl Strategy<Value = Vec<Sprout>> {
    let figure = || (0_i64..40).prop_map(Some);
    prop::collection::vec((0_usize..4, figure(), figure()), 1..24)
}

/// Group, resellers, tenants, subscriptions; the sums above are whole, or unknown with a part.
pub fn tree(sprouts: &[Sprout]) -> Tree {
    let mut tree = Tree::new("Netaxis");
    let group = tree.append(0, Kind::Group);
    let mut reseller = tree.append(group, Kind::Reseller);
    let mut tenant = entity(&mut tree, reseller, 0);
    for (number, &(climb, assigned, in_use)) in (1_u64..).zip(sprouts) {
        if climb == 0 {
            reseller = tree.append(group, Kind::Reseller);
        }
        if climb < 2 {
            tenant = entity(&mut tree, reseller, number);
        }
        let node = tree.append(tenant, Kind::Subscription);
        tree.set_subscription_id(node, number);
        set(&mut tree, node, Measure::Assigned, Figure::from(assigned));
        set(&mut tree, node, Measure::InUse, Figure::from(in_use));
    }
    sum_up(&mut tree);
    tree
}

fn entity(tree: &mut Tree, parent: NodeId, number: u64) -> NodeId {
    let tenant = tree.append(parent, Kind::Tenant);
    tree.set_uuid(tenant, Uuid::from_u128(u128::from(number) + 1));
    tenant
}

fn set(tree: &mut Tree, node: NodeId, measure: Measure, figure: Figure) {
    tree.set_figure(node, Meter::TEAMS_USERS, measure, figure);
}

pub fn assigned(tree: &Tree, node: NodeId) -> Figure {
    tree.figure(node, Meter::TEAMS_USERS, Measure::Assigned)
}

pub fn in_use(tree: &Tree, node: NodeId) -> Figure {
    tree.figure(node, Meter::TEAMS_USERS, Measure::InUse)
}

pub fn subscriptions(tree: &Tree) -> Vec<NodeId> {
    (0..tree.end(0)).filter(|&node| tree.kind(node) == Kind::Subscription).collect()
}

/// Gives every node above what all subscriptions below it have, from scratch.
pub fn sum_up(tree: &mut Tree) {
    for node in 1..tree.end(0) {
        if tree.kind(node) == Kind::Subscription {
            continue;
        }
        for measure in [Measure::Assigned, Measure::InUse] {
            let below = (node..tree.end(node)).filter(|&n| tree.kind(n) == Kind::Subscription);
            let sum = below
                .map(|n| tree.figure(n, Meter::TEAMS_USERS, measure))
                .fold(Figure::known(0), Figure::plus);
            set(tree, node, measure, sum);
        }
    }
}
