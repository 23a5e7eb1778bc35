//! Trees of any shape, with names and figures of all sorts.

use proptest::prelude::*;
use seatree_core::estate::{Estate, Figure, Kind, Measure, Meter, NodeId, NodeRef, Tree, Uuid};
use seatree_core::view::Rows;

/// What one node is made of.
#[derive(Clone, Debug)]
pub struct Sprout {
    /// How many levels above the last node its parent is.
    climb: u8,
    kind: Kind,
    name: String,
    has_id: bool,
    assigned: Option<i64>,
    in_use: Option<i64>,
    agents: Option<i64>,
}

const KINDS: [Kind; 7] = [
    Kind::Group,
    Kind::Distributor,
    Kind::Reseller,
    Kind::Tenant,
    Kind::Subscription,
    Kind::Service,
    Kind::LicenseType,
];

fn count() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![
        2 => Just(None),
        6 => (-2_i64..6).prop_map(Some),
        1 => any::<i64>().prop_map(Some),
        1 => (i64::MAX - 2..=i64::MAX).prop_map(Some),
    ]
}

fn sprout() -> impl Strategy<Value = Sprout> {
    (
        0u8..4,
        prop::sample::select(&KINDS[..]),
        "(Tenant |tenant|Ä|ab)?[aBé0-9 ]{0,4}(0{0,2}[0-9]{1,10})?",
        prop::bool::weighted(0.8),
        count(),
        count(),
        count(),
    )
        .prop_map(|(climb, kind, name, has_id, assigned, in_use, agents)| Sprout {
            climb,
            kind,
            name,
            has_id,
            assigned,
            in_use,
            agents,
        })
}

pub fn sprouts(most: usize) -> impl Strategy<Value = Vec<Sprout>> {
    prop::collection::vec(sprout(), 0..=most)
}

/// Lets the nodes grow: each below the last one or an ancestor of it.
pub fn grow(tree: &mut Tree, sprouts: &[Sprout]) {
    for sprout in sprouts {
        let last = NodeId::try_from(tree.len() - 1).unwrap();
        let parent = std::iter::successors(Some(last), |&at| tree.parent(at))
            .take(usize::from(sprout.climb) + 1)
            .last()
            .unwrap();
        let number = fresh(tree);
        let node = tree.append(parent, sprout.kind);
        if sprout.has_id {
            tree.set_name(node, &sprout.name);
            set_id(tree, node, number);
        } else {
            tree.set_name(node, &format!("{}#{number}", sprout.name));
        }
        let known = |count: Option<i64>| Figure::from(count);
        tree.set_figure(node, Meter::TEAMS_USERS, Measure::Assigned, known(sprout.assigned));
        tree.set_figure(node, Meter::TEAMS_USERS, Measure::InUse, known(sprout.in_use));
        if sprout.agents.is_some() {
            let agents = tree.meter("agents").unwrap();
            tree.set_figure(node, agents, Measure::Users, known(sprout.agents));
        }
    }
}

/// A number that no node has as its id, or in its name for want of one.
pub fn fresh(tree: &Tree) -> u64 {
    let number = |node| id(tree, node).or_else(|| tree.name(node).rsplit_once('#')?.1.parse().ok());
    1 + (0..tree.end(0)).filter_map(number).max().unwrap_or(0)
}

pub fn id(tree: &Tree, node: NodeId) -> Option<u64> {
    let uuid = tree.uuid(node).map(|uuid| u64::try_from(uuid.as_u128()).unwrap());
    uuid.or_else(|| tree.subscription_id(node))
}

pub fn set_id(tree: &mut Tree, node: NodeId, id: u64) {
    if tree.kind(node) == Kind::Subscription {
        tree.set_subscription_id(node, id);
    } else {
        tree.set_uuid(node, Uuid::from_u128(id.into()));
    }
}

/// All rows that are shown.
pub fn listed(rows: &Rows) -> Vec<NodeRef> {
    (0..rows.len()).map(|row| rows.get(row).unwrap()).collect()
}

/// All nodes there are, shown or not.
pub fn nodes(estate: &Estate) -> Vec<NodeRef> {
    let trees = (0..).zip(estate.trees());
    trees
        .flat_map(|(tree, nodes)| (0..nodes.end(0)).map(move |node| NodeRef { tree, node }))
        .collect()
}
