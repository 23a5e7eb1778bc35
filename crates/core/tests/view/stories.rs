//! What the rows do, told one by one.

use std::collections::HashMap;

use proptest::prelude::*;
use seatree_core::estate::{Estate, Figure, Kind, Measure, Meter, NodeId, NodeRef, Tree};
use seatree_core::view::{Bits, Column, Rows, Severity, Shows, Sort, SortBy};

use crate::model::by_name;
use crate::world::listed;

#[test]
fn a_row_knows_its_parents_row() {
    let mut estate = Estate::new();
    let mut tree = Tree::new("Netaxis");
    let group = tree.append(0, Kind::Group);
    tree.append(group, Kind::Distributor);
    tree.append(group, Kind::Reseller);
    estate.add(tree);
    let mut rows = Rows::new(2);
    rows.follow(&estate, None);

    assert_eq!(rows.len(), 4);
    assert_eq!(rows.parent_row(&estate, 3), Some(1));
    assert_eq!(rows.parent_row(&estate, 0), None);
}

#[test]
fn a_forgotten_tree_comes_back_in_its_place() {
    let mut estate = Estate::new();
    for name in ["first", "second"] {
        let mut tree = Tree::new(name);
        tree.append(0, Kind::Group);
        estate.add(tree);
    }
    let mut rows = Rows::new(1);
    rows.follow(&estate, None);
    let before = listed(&rows);

    rows.forget(0);
    assert_eq!(rows.len(), 2);
    rows.follow(&estate, None);

    assert_eq!(listed(&rows), before);
}

#[test]
fn a_removed_trees_rows_go_and_the_others_stay() {
    let mut estate = Estate::new();
    for name in ["first", "second", "third"] {
        let mut tree = Tree::new(name);
        tree.append(0, Kind::Group);
        estate.add(tree);
    }
    let mut rows = Rows::new(1);
    rows.follow(&estate, None);

    estate.remove(1);
    rows.remove(1);

    let names: Vec<&str> = listed(&rows)
        .into_iter()
        .filter(|row| row.node == 0)
        .map(|row| estate.tree(row.tree).unwrap().name(0))
        .collect();
    assert_eq!(names, ["first", "third"]);
    let before = listed(&rows);
    rows.follow(&estate, None);
    assert_eq!(listed(&rows), before, "nothing is new");
}

const NO_SEVERITY: Severity = &|_, _| 0;

fn at(node: NodeId) -> NodeRef {
    NodeRef { tree: 0, node }
}

fn ascending(by: SortBy) -> Sort {
    Sort { by, descending: false }
}

fn shown_names(estate: &Estate, rows: &Rows) -> Vec<String> {
    let name = |at: NodeRef| estate.tree(at.tree).unwrap().name(at.node).to_owned();
    listed(rows).into_iter().map(name).collect()
}

/// A reseller with many tenants, every fifth with subscriptions.
fn many_tenants(count: u32) -> Estate {
    let mut tree = Tree::new("Netaxis");
    let reseller = tree.append(0, Kind::Reseller);
    add_tenants(&mut tree, reseller, 0..count);
    let mut estate = Estate::new();
    estate.add(tree);
    estate
}

fn add_tenants(tree: &mut Tree, reseller: NodeId, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let tenant = tree.append(reseller, Kind::Tenant);
        tree.set_name(tenant, &format!("Tenant {number}"));
        if number % 5 == 0 {
            for _ in 0..3 {
                tree.append(tenant, Kind::Subscription);
            }
        }
    }
}

/// Each row's place among its siblings, by going through all rows.
fn check_places(estate: &Estate, rows: &Rows) {
    let tree = estate.tree(0).unwrap();
    let mut shown: HashMap<Option<NodeId>, usize> = HashMap::new();
    let parent = |row: NodeRef| tree.parent(row.node);
    let all = listed(rows);
    for &row in &all {
        *shown.entry(parent(row)).or_default() += 1;
    }
    let mut before: HashMap<Option<NodeId>, usize> = HashMap::new();
    for (index, &row) in all.iter().enumerate() {
        let place = before.entry(parent(row)).or_default();
        *place += 1;
        assert_eq!(rows.place_among_siblings(estate, index), (*place, shown[&parent(row)]));
    }
}

#[test]
fn rows_know_their_place_among_very_many() {
    let mut estate = many_tenants(2_000);
    let mut rows = Rows::new(9);
    rows.follow(&estate, None);
    check_places(&estate, &rows);

    add_tenants(estate.tree_mut(0).unwrap(), 1, 2_000..2_500);
    rows.follow(&estate, None);
    check_places(&estate, &rows);

    rows.sort(&estate, Some(ascending(SortBy::Name)), NO_SEVERITY);
    check_places(&estate, &rows);

    let mut matches = Bits::new();
    for node in (0..estate.tree(0).unwrap().end(0)).filter(|node| node % 3 == 1) {
        matches.insert(node);
    }
    rows.narrow(&estate, Some(vec![matches]), NO_SEVERITY);
    check_places(&estate, &rows);
}

#[test]
fn a_filter_leaves_what_leads_to_matches_and_its_end_brings_all_back_as_it_was() {
    let mut tree = Tree::new("Netaxis");
    let [north, south] = [(); 2].map(|()| tree.append(0, Kind::Reseller));
    let tenant = tree.append(south, Kind::Tenant);
    let subscription = tree.append(tenant, Kind::Subscription);
    let other = tree.append(south, Kind::Tenant);
    let mut estate = Estate::new();
    estate.add(tree);
    estate.add(Tree::new("nothing matches here"));
    let mut rows = Rows::new(1);
    rows.follow(&estate, None);
    let before = listed(&rows);

    let mut matches = Bits::new();
    matches.insert(tenant);
    rows.narrow(&estate, Some(vec![matches]), NO_SEVERITY);
    assert_eq!(listed(&rows), [0, south, tenant].map(at));
    assert_eq!(rows.matches(), 1);
    assert!(rows.is_open(&estate, at(south)));
    assert!(!rows.is_open(&estate, at(tenant)));

    rows.toggle(&estate, 2);
    assert_eq!(listed(&rows), [0, south, tenant, subscription].map(at));
    assert_eq!(rows.reveal(&estate, at(other)), None);
    assert_eq!(rows.reveal(&estate, at(north)), None);
    rows.collapse_all(&estate);
    assert_eq!(listed(&rows), [at(0)]);

    rows.narrow(&estate, Some(Vec::new()), NO_SEVERITY);
    assert!(rows.is_empty(), "nothing matches");
    rows.narrow(&estate, None, NO_SEVERITY);
    assert_eq!(listed(&rows), before);
}

#[test]
fn matches_that_arrive_bring_what_leads_to_them() {
    let mut tree = Tree::new("Netaxis");
    let reseller = tree.append(0, Kind::Reseller);
    let tenant = tree.append(reseller, Kind::Tenant);
    let mut estate = Estate::new();
    estate.add(tree);
    let mut rows = Rows::new(0);
    rows.follow(&estate, None);
    rows.narrow(&estate, Some(vec![Bits::new()]), NO_SEVERITY);
    assert!(rows.is_empty());

    let found = estate.tree_mut(0).unwrap().append(tenant, Kind::Subscription);
    rows.follow(&estate, None);
    assert!(rows.is_empty(), "nobody looked");
    rows.follow(
        &estate,
        Some(&|_, nodes, matches| assert!(nodes.contains(&found) && matches.insert(found))),
    );
    assert_eq!(listed(&rows), [0, reseller, tenant, found].map(at));
}

#[test]
fn a_match_that_was_opened_leads_to_the_matches_that_arrive_below_it() {
    let mut tree = Tree::new("Netaxis");
    let tenant = tree.append(0, Kind::Tenant);
    let subscription = tree.append(tenant, Kind::Subscription);
    let mut estate = Estate::new();
    estate.add(tree);
    let mut rows = Rows::new(0);
    rows.follow(&estate, None);
    let mut matches = Bits::new();
    matches.insert(tenant);
    rows.narrow(&estate, Some(vec![matches]), NO_SEVERITY);
    rows.toggle(&estate, 1);
    assert_eq!(listed(&rows), [0, tenant, subscription].map(at));

    let found = estate.tree_mut(0).unwrap().append(tenant, Kind::Subscription);
    rows.follow(&estate, Some(&|_, _, matches| assert!(matches.insert(found))));
    assert_eq!(listed(&rows), [0, tenant, found].map(at));
    assert!(rows.is_open(&estate, at(tenant)));
}

#[test]
fn figures_that_came_after_their_node_are_sorted_when_asked_again() {
    let mut estate = many_tenants(3);
    let mut rows = Rows::new(9);
    rows.follow(&estate, None);
    let column = Column::new("msTeamsUsers", Shows::InUse);
    rows.sort(&estate, Some(ascending(SortBy::Column(column))), NO_SEVERITY);
    let tenants: Vec<NodeId> = estate.tree(0).unwrap().children(1).collect();
    let shown = |rows: &Rows| -> Vec<NodeId> {
        listed(rows).into_iter().map(|row| row.node).filter(|node| tenants.contains(node)).collect()
    };
    assert_eq!(shown(&rows), tenants);

    for (&tenant, in_use) in tenants.iter().zip([7, 0, 4]) {
        let tree = estate.tree_mut(0).unwrap();
        tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::InUse, Figure::known(in_use));
    }
    rows.follow(&estate, None);
    assert_eq!(shown(&rows), tenants);
    rows.resort(&estate, NO_SEVERITY);
    assert_eq!(shown(&rows), [tenants[1], tenants[2], tenants[0]]);
}

#[test]
fn type_ahead_goes_to_the_next_row_of_that_name_and_round() {
    let mut tree = Tree::new("Netaxis");
    for name in ["Harbor", "Émile", "harbor 2", ""] {
        let tenant = tree.append(0, Kind::Tenant);
        tree.set_name(tenant, name);
    }
    let mut estate = Estate::new();
    estate.add(tree);
    let mut rows = Rows::new(1);
    rows.follow(&estate, None);
    assert_eq!(rows.next_named(&estate, 0, "HAR"), Some(1));
    assert_eq!(rows.next_named(&estate, 1, "har"), Some(3));
    assert_eq!(rows.next_named(&estate, 3, "har"), Some(1));
    assert_eq!(rows.next_named(&estate, 3, "harbor 2"), Some(3));
    assert_eq!(rows.next_named(&estate, 4, "emi"), Some(2));
    assert_eq!(rows.next_named(&estate, 0, "x"), None);
    assert_eq!(rows.next_named(&estate, 0, " "), None, "nothing was typed");
}

proptest! {
    #[test]
    fn many_names_sort_by_letters_and_numbers_then_as_written(
        names in prop::collection::vec("(Teams Direct Routing|teams direct|Teams )?( - )?[aBéÉß\u{301}\u{200b}]{0,9}[0-9]{0,10}[b1]?", 0..200),
        all_begin in "[a10]{0,3}",
        descending in any::<bool>(),
    ) {
        let mut tree = Tree::new("Netaxis");
        let names: Vec<String> = names.iter().map(|name| format!("{all_begin}{name}")).collect();
        for name in &names {
            let tenant = tree.append(0, Kind::Tenant);
            tree.set_name(tenant, name);
        }
        let mut estate = Estate::new();
        estate.add(tree);
        let mut rows = Rows::new(1);
        rows.follow(&estate, None);
        rows.sort(&estate, Some(Sort { by: SortBy::Name, descending }), NO_SEVERITY);

        let mut expected = names;
        expected.sort_by(|a, b| {
            let known = if descending { by_name(b, a) } else { by_name(a, b) };
            a.is_empty().cmp(&b.is_empty()).then(known)
        });
        prop_assert_eq!(&shown_names(&estate, &rows)[1..], expected);
    }
}
