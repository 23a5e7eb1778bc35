//! How licenses reach their tenants: directly, or through resellers.

use super::Sum;
use crate::estate::{Kind, Measure, Meter, NodeId, Tree};

/// What the tenants below a node have together, by how they are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Tenants with no reseller between them and the node.
    pub direct: Share,
    /// Tenants of resellers; a reseller whose tenants were not sent counts by its own figures.
    pub via_resellers: Share,
}

/// Sums over tenants, and over resellers in their stead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub assigned: Sum,
    pub in_use: Sum,
    /// How many tenants, or resellers in their stead.
    pub count: usize,
}

impl Share {
    fn add(&mut self, tree: &Tree, node: NodeId, meter: Meter) {
        self.assigned.add(tree.figure(node, meter, Measure::Assigned));
        self.in_use.add(tree.figure(node, meter, Measure::InUse));
        self.count += 1;
    }
}

/// What of a meter is reached how, below a connection, group or distributor; none for other kinds,
/// and where nothing of either is below.
pub fn reach(tree: &Tree, node: NodeId, meter: Meter) -> Option<Reach> {
    if !matches!(tree.kind(node), Kind::Connection | Kind::Group | Kind::Distributor) {
        return None;
    }
    let mut reach = Reach::default();
    let (mut next, end) = (node + 1, tree.end(node));
    // Where the subtree of the reseller ends that was entered last.
    let mut end_of_reseller = 0;
    while next < end {
        let (here, is_via_reseller) = (next, next < end_of_reseller);
        next += 1;
        let counts = match tree.kind(here) {
            Kind::Tenant => true,
            Kind::Reseller if !is_via_reseller => {
                end_of_reseller = tree.end(here);
                !tree.has_children(here)
            }
            _ => false,
        };
        if counts {
            let is_direct = !is_via_reseller && tree.kind(here) == Kind::Tenant;
            let share = if is_direct { &mut reach.direct } else { &mut reach.via_resellers };
            share.add(tree, here, meter);
            // Subscriptions are in their tenant's figures.
            next = tree.end(here);
        }
    }
    (reach.direct.count + reach.via_resellers.count > 0).then_some(reach)
}
