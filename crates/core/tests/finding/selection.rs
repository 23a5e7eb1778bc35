//! Selections against sets of nodes, and their totals against sums by hand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use seatree_core::estate::{Estate, Figure, Kind, Measure, Meter, NodeId, NodeRef, Tree};
use seatree_core::insight::Sum;
use seatree_core::view::{Selection, totals};

use super::trees::{all, estate, sprouts};

/// How many figures are known, how many are not, and the sum of those that are.
type Parts = (usize, usize, Option<i128>);

fn parts(sum: &Sum) -> Parts {
    (sum.counted, sum.unknown, sum.figure().get().map(i128::from))
}

/// The sum of the known ones; none of none known, or when it does not fit.
fn by_hand(figures: &[Figure]) -> Parts {
    let known: Vec<i128> = figures.iter().filter_map(|f| f.get()).map(i128::from).collect();
    let sum: i128 = known.iter().sum();
    // The least number stands for what is unknown.
    let fits = !known.is_empty() && i64::try_from(sum).is_ok_and(|sum| sum != i64::MIN);
    (known.len(), figures.len() - known.len(), fits.then_some(sum))
}

/// The selected nodes that are below no other selected one, connections as what is below them.
fn topmost(estate: &Estate, selected: &BTreeSet<NodeRef>) -> Vec<NodeRef> {
    let is_free = |at: &NodeRef| {
        let tree = estate.tree(at.tree).unwrap();
        tree.all_above(at.node, |node| !selected.contains(&NodeRef { node, ..*at }))
    };
    let unfold = |at: NodeRef| match at.node {
        0 => estate.tree(at.tree).unwrap().children(0).map(|node| NodeRef { node, ..at }).collect(),
        _ => vec![at],
    };
    selected.iter().copied().filter(is_free).flat_map(unfold).collect()
}

/// The figures of each meter and measure, the last measure being what is available.
fn expected(estate: &Estate, selected: &BTreeSet<NodeRef>) -> BTreeMap<String, [Parts; 5]> {
    let mut figures: BTreeMap<String, [Vec<Figure>; 5]> = BTreeMap::new();
    for at in topmost(estate, selected) {
        let tree = estate.tree(at.tree).unwrap();
        let has = |meter| (at.node..tree.end(at.node)).any(|node| tree.has_figures(node, meter));
        let has_any = tree.meters().any(|(meter, _)| has(meter));
        let usual = match tree.kind(at.node) {
            Kind::Service => "livePlatformUsers",
            Kind::LicenseType => "required",
            _ => "msTeamsUsers",
        };
        for (meter, key) in tree.meters() {
            if !(has(meter) || (!has_any && key == usual)) {
                continue;
            }
            let all = figures.entry(key.to_owned()).or_default();
            for (list, measure) in all.iter_mut().zip(Measure::ALL) {
                list.push(tree.figure(at.node, meter, measure));
            }
            all[4].push(tree.reading(at.node, meter).available());
        }
    }
    figures.into_iter().map(|(key, all)| (key, all.map(|list| by_hand(&list)))).collect()
}

proptest! {
    #[test]
    fn totals_count_each_license_once_and_nothing_unknown(
        trees in prop::collection::vec(sprouts(20), 1..3),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let estate = estate(&trees);
        let nodes = all(&estate);
        let selected: BTreeSet<NodeRef> = chosen.iter().map(|at| nodes[at.index(nodes.len())]).collect();
        let mut selection = Selection::default();
        selection.all(selected.iter().copied());

        let expected = expected(&estate, &selected);
        let totals = totals(&estate, &selection);
        prop_assert_eq!(totals.len(), expected.len());
        for total in totals {
            let sums =
                [total.assigned, total.in_use, total.users, total.resource_accounts, total.available];
            prop_assert_eq!(sums.map(|sum| parts(&sum)), expected[&*total.meter]);
        }
    }

    #[test]
    fn a_selection_is_a_set_of_nodes(
        changes in prop::collection::vec((0..8, 0_u16..3, 0_u32..70), 0..40),
    ) {
        let (mut selection, mut set) = (Selection::default(), BTreeSet::new());
        let mut anchor = None;
        for (change, tree, node) in changes {
            let at = NodeRef { tree, node };
            let some = (node..node + 3).map(|node| NodeRef { tree, node });
            match change {
                0 => {
                    selection.only(at);
                    (set, anchor) = (BTreeSet::from([at]), Some(at));
                }
                1 | 2 => {
                    selection.toggle(at);
                    if !set.remove(&at) {
                        set.insert(at);
                    }
                    anchor = Some(at);
                }
                3 => {
                    selection.extend_to(some.clone());
                    set = some.collect();
                }
                4 => {
                    selection.add(some.clone());
                    set.extend(some);
                }
                5 => {
                    selection.all(some.clone());
                    (set, anchor) = (some.collect(), None);
                }
                6 => {
                    selection.forget(tree);
                    set.retain(|known| known.tree != tree);
                    anchor = anchor.filter(|known: &NodeRef| known.tree != tree);
                }
                _ => {
                    selection.remove(tree);
                    let moved = |known: NodeRef| {
                        let tree_of = known.tree - u16::from(known.tree > tree);
                        (known.tree != tree).then_some(NodeRef { tree: tree_of, ..known })
                    };
                    set = set.into_iter().filter_map(moved).collect();
                    anchor = anchor.and_then(moved);
                }
            }
            prop_assert_eq!(selection.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!((selection.len(), selection.is_empty()), (set.len(), set.is_empty()));
            prop_assert!(set.iter().all(|known| selection.contains(*known)));
            prop_assert_eq!(selection.anchor(), anchor);
        }
    }
}

#[test]
fn totals_say_how_many_figures_are_missing() {
    let mut tree = Tree::new("Netaxis");
    let reseller = tree.append(0, Kind::Reseller);
    let mut tenants: Vec<NodeId> = Vec::new();
    for (assigned, in_use) in [(10, Some(4)), (20, None), (5, Some(9))] {
        let tenant = tree.append(reseller, Kind::Tenant);
        tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(assigned));
        tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::InUse, Figure::from(in_use));
        tenants.push(tenant);
    }
    // Nothing of this meter in the others.
    tree.set_figure(tenants[0], Meter::SIP_CHANNELS, Measure::Assigned, Figure::known(2));
    let mut estate = Estate::new();
    estate.add(tree);
    let mut selection = Selection::default();
    selection.all(tenants.iter().map(|&node| NodeRef { tree: 0, node }));

    let found = totals(&estate, &selection);
    assert_eq!(
        found.iter().map(|total| &*total.meter).collect::<Vec<_>>(),
        ["msTeamsUsers", "sipTrunkChannels"]
    );
    assert_eq!(parts(&found[0].assigned), (3, 0, Some(35)));
    assert_eq!(parts(&found[0].in_use), (2, 1, Some(13)));
    assert_eq!(parts(&found[0].available), (2, 1, Some(2)));
    assert_eq!(parts(&found[1].assigned), (1, 0, Some(2)));
    assert_eq!(parts(&found[1].in_use), (0, 1, None));

    // The reseller has no figures of its own: they are unknown, not the sum of its tenants'.
    selection.only(NodeRef { tree: 0, node: reseller });
    assert_eq!(parts(&totals(&estate, &selection)[0].assigned), (0, 1, None));
}

#[test]
fn a_service_that_could_not_be_read_is_missing_in_the_total() {
    let mut tree = Tree::new("Live Platform");
    let read = tree.append(0, Kind::Service);
    tree.set_figure(read, Meter::LIVE_USERS, Measure::InUse, Figure::known(7));
    tree.append(0, Kind::Service);
    let mut estate = Estate::new();
    estate.add(tree);
    let mut selection = Selection::default();
    selection.only(NodeRef { tree: 0, node: 0 });

    let found = totals(&estate, &selection);
    assert_eq!(found.len(), 1);
    assert_eq!((&*found[0].meter, parts(&found[0].in_use)), ("livePlatformUsers", (1, 1, Some(7))));
}
