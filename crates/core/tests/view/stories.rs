//! What the rows do, told one by one.

use seatree_core::estate::{Estate, Kind, Tree};
use seatree_core::view::Rows;

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
