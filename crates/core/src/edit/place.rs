//! Where the limits of a draft are in a tree, whichever way it was read.

use std::collections::{HashMap, HashSet};

use super::{Change, LimitId};
use crate::estate::{Figure, Kind, Measure, NodeId, Tree, Uuid};

/// How a drafted change stands against what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The limit is what it was when the change was drafted.
    AsDrafted(NodeId),
    /// It is another one now.
    Differs { node: NodeId, now: Figure },
    /// There is no such subscription in what was read.
    Gone,
}

/// Where the subscriptions of a draft are in a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(HashMap<(Uuid, u64), NodeId>);

impl Places {
    /// Looks for subscriptions, each by its tenant and its number. Of several with the same ids,
    /// which no upstream should send, it finds the first.
    pub fn of(tree: &Tree, wanted: impl IntoIterator<Item = (Uuid, u64)>) -> Self {
        let wanted: HashSet<(Uuid, u64)> = wanted.into_iter().collect();
        let mut found = HashMap::new();
        let nodes = if wanted.is_empty() { 0..0 } else { 0..tree.end(0) };
        for node in nodes {
            if let Some(place) = place(tree, node).filter(|place| wanted.contains(place)) {
                found.entry(place).or_insert(node);
            }
        }
        Self(found)
    }

    /// Where a subscription is; none when it is not in the tree, or was not looked for.
    pub fn node(&self, tenant: Uuid, subscription: u64) -> Option<NodeId> {
        self.0.get(&(tenant, subscription)).copied()
    }

    /// How a change stands in the tree.
    pub fn standing(&self, tree: &Tree, id: &LimitId, change: &Change) -> Standing {
        let Some(node) = self.node(id.tenant, id.subscription) else { return Standing::Gone };
        let now = limit(tree, node, &id.meter);
        if now == change.old { Standing::AsDrafted(node) } else { Standing::Differs { node, now } }
    }
}

/// The ids by which a limit of a node is changed; none for what is no subscription, or came
/// without its id or its tenant's.
pub fn limit_id(connection: &str, tree: &Tree, node: NodeId, meter: &str) -> Option<LimitId> {
    let (tenant, subscription) = place(tree, node)?;
    Some(LimitId {
        connection: connection.to_owned(),
        tenant,
        subscription,
        meter: meter.to_owned(),
    })
}

/// The subscriptions that these nodes stand for: themselves, or all below them. Each once, in tree
/// order; the nodes come in tree order.
pub fn subscriptions(tree: &Tree, nodes: impl IntoIterator<Item = NodeId>) -> Vec<NodeId> {
    let mut found = Vec::new();
    let mut counted_to = 0;
    for node in nodes {
        if node >= counted_to && tree.contains(node) {
            counted_to = tree.end(node);
            found.extend((node..counted_to).filter(|&n| tree.kind(n) == Kind::Subscription));
        }
    }
    found
}

/// A subscription's tenant and its number.
fn place(tree: &Tree, node: NodeId) -> Option<(Uuid, u64)> {
    let subscription = tree.subscription_id(node)?;
    let tenant = tree.parent(node).filter(|&above| tree.kind(above) == Kind::Tenant)?;
    Some((tree.uuid(tenant)?, subscription))
}

/// The limit of a node by the upstream's key.
pub(super) fn limit(tree: &Tree, node: NodeId, meter: &str) -> Figure {
    let meter = tree.find_meter(meter);
    meter.map(|meter| tree.figure(node, meter, Measure::Assigned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draas::Limit;
    use crate::edit::Names;
    use crate::estate::Meter;

    /// Tenants with their subscriptions' ids and limits.
    fn tree(tenants: &[(u128, &[(u64, i64)])]) -> Tree {
        let mut tree = Tree::new("Netaxis");
        for (uuid, subscriptions) in tenants {
            let tenant = tree.append(0, Kind::Tenant);
            tree.set_uuid(tenant, Uuid::from_u128(*uuid));
            for &(id, assigned) in *subscriptions {
                let node = tree.append(tenant, Kind::Subscription);
                tree.set_subscription_id(node, id);
                let figure = Figure::known(assigned);
                tree.set_figure(node, Meter::TEAMS_USERS, Measure::Assigned, figure);
            }
        }
        tree
    }

    #[test]
    fn a_change_is_found_again_wherever_its_subscription_stands_now() {
        let former = tree(&[(1, &[(118, 12), (119, 5)]), (2, &[(7, 3)])]);
        let id = limit_id("netaxis", &former, 2, "msTeamsUsers").unwrap();
        let change = Change {
            old: Figure::known(12),
            new: Limit::new(20).unwrap(),
            names: Names::default(),
        };
        let standing_in = |tree: &Tree| {
            Places::of(tree, [(id.tenant, id.subscription)]).standing(tree, &id, &change)
        };
        assert_eq!(standing_in(&former), Standing::AsDrafted(2));
        let moved = tree(&[(2, &[(7, 3), (118, 99)]), (1, &[(118, 12)])]);
        assert_eq!(standing_in(&moved), Standing::AsDrafted(5), "not the one of another tenant");
        let changed = tree(&[(1, &[(118, 15)])]);
        let now = Figure::known(15);
        assert_eq!(standing_in(&changed), Standing::Differs { node: 2, now });
        assert_eq!(standing_in(&tree(&[(1, &[(119, 5)])])), Standing::Gone);
    }

    #[test]
    fn what_came_without_an_id_cannot_be_changed() {
        let mut tree = tree(&[(1, &[])]);
        let nameless = tree.append(1, Kind::Subscription);
        let stray = tree.append(0, Kind::Subscription);
        tree.set_subscription_id(stray, 4);
        for node in [0, 1, nameless, stray] {
            assert_eq!(limit_id("netaxis", &tree, node, "msTeamsUsers"), None, "{node}");
        }
    }

    #[test]
    fn a_selected_node_stands_for_the_subscriptions_below_it_each_once() {
        let tree = tree(&[(1, &[(118, 12), (119, 5)]), (2, &[(7, 3)])]);
        assert_eq!(subscriptions(&tree, [1, 2, 5]), [2, 3, 5]);
        assert_eq!(subscriptions(&tree, [0]), [2, 3, 5]);
        assert_eq!(subscriptions(&tree, [3, 4, 99]), [3, 5]);
    }
}
