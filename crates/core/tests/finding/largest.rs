//! The largest children, and how tenants are reached, against plain walks.

use proptest::prelude::*;
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};
use seatree_core::insight::{Share, largest, reach};

use super::trees::{nodes, sprouts, tree};

fn assigned(tree: &Tree, node: NodeId) -> Figure {
    tree.figure(node, Meter::TEAMS_USERS, Measure::Assigned)
}

/// What counts below a node, with whether a reseller stands between.
fn reached(tree: &Tree, node: NodeId, via: bool, found: &mut Vec<(NodeId, bool)>) {
    for child in tree.children(node) {
        match tree.kind(child) {
            Kind::Tenant => found.push((child, via)),
            Kind::Reseller if !via && !tree.has_children(child) => found.push((child, true)),
            kind => reached(tree, child, via || kind == Kind::Reseller, found),
        }
    }
}

proptest! {
    #[test]
    fn the_largest_children_are_the_first_of_all_sorted(sprouts in sprouts(30), most in 0_usize..4) {
        let tree = tree(&sprouts);
        for node in nodes(&tree) {
            let found = largest(&tree, node, most, |child| assigned(&tree, child));
            let known = |child| Some((child, assigned(&tree, child).get()?));
            let mut all: Vec<_> = tree.children(node).filter_map(known).collect();
            let counted = (all.len(), tree.children(node).count() - all.len());
            all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            all.truncate(most);
            prop_assert_eq!((found.counted, found.unknown), counted);
            prop_assert_eq!(found.children, all);
        }
    }

    #[test]
    fn every_tenant_is_reached_directly_or_through_a_reseller(sprouts in sprouts(30)) {
        let tree = tree(&sprouts);
        for node in nodes(&tree) {
            let mut found = Vec::new();
            reached(&tree, node, false, &mut found);
            let share = |via: bool| {
                let of = || found.iter().filter(move |(_, is_via)| *is_via == via).map(|(node, _)| *node);
                let figures = |measure| of().map(move |at| (at, measure));
                let figure = |(at, measure)| tree.figure(at, Meter::TEAMS_USERS, measure);
                Share {
                    assigned: figures(Measure::Assigned).map(figure).collect(),
                    in_use: figures(Measure::InUse).map(figure).collect(),
                    count: of().count(),
                }
            };
            let is_asked =
                matches!(tree.kind(node), Kind::Connection | Kind::Group | Kind::Distributor);
            match reach(&tree, node, Meter::TEAMS_USERS) {
                Some(reach) => {
                    prop_assert_eq!((reach.direct, reach.via_resellers), (share(false), share(true)));
                    prop_assert!(is_asked && !found.is_empty());
                }
                None => prop_assert!(!is_asked || found.is_empty()),
            }
        }
    }
}

#[test]
fn a_reseller_without_its_tenants_counts_by_its_own_figures() {
    let mut tree = Tree::new("Netaxis");
    let group = tree.append(0, Kind::Group);
    let distributor = tree.append(group, Kind::Distributor);
    for (parent, kind, count) in [
        (distributor, Kind::Tenant, 3),
        (distributor, Kind::Reseller, 4),
        (group, Kind::Tenant, 5),
        (group, Kind::Reseller, 90),
    ] {
        let node = tree.append(parent, kind);
        tree.set_figure(node, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(count));
    }
    let last = NodeId::try_from(tree.len() - 1).unwrap();
    let tenant = tree.append(last, Kind::Tenant);
    tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(6));

    let reach = reach(&tree, group, Meter::TEAMS_USERS).unwrap();
    assert_eq!(reach.direct.assigned.figure(), Figure::known(8));
    assert_eq!(reach.via_resellers.assigned.figure(), Figure::known(10));
    assert_eq!(reach.via_resellers.in_use.unknown, 2);
}
