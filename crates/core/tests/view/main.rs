//! The visible rows against the plainest way to compute them.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use std::collections::HashSet;

use proptest::prelude::*;
use seatree_core::estate::{Estate, Kind, NodeId, NodeRef, Tree};
use seatree_core::view::Rows;

/// A tree whose shape the numbers decide: each node goes below the last one or an ancestor of it.
fn grow(tree: &mut Tree, shape: &[u8]) {
    for &climb in shape {
        let last = NodeId::try_from(tree.len() - 1).unwrap();
        let parent = std::iter::successors(Some(last), |&at| tree.parent(at))
            .take(usize::from(climb) + 1)
            .last()
            .unwrap();
        tree.append(parent, Kind::Tenant);
    }
}

/// What must be visible: every node all of whose ancestors are open.
fn expected(estate: &Estate, open: &dyn Fn(NodeRef) -> bool) -> Vec<NodeRef> {
    let mut rows = Vec::new();
    for (index, tree) in (0u16..).zip(estate.trees()) {
        for node in (0..).take(tree.len()) {
            if tree.all_above(node, |above| open(NodeRef { tree: index, node: above })) {
                rows.push(NodeRef { tree: index, node });
            }
        }
    }
    rows
}

fn listed(rows: &Rows) -> Vec<NodeRef> {
    (0..rows.len()).map(|row| rows.get(row).unwrap()).collect()
}

proptest! {
    #[test]
    fn rows_are_the_nodes_whose_ancestors_are_open(
        shapes in proptest::collection::vec(proptest::collection::vec(0u8..4, 0..40), 1..4),
        toggles in proptest::collection::vec(any::<proptest::sample::Index>(), 0..30),
        open_above in 0u8..4,
    ) {
        let mut estate = Estate::new();
        for _ in &shapes {
            estate.add(Tree::new("connection"));
        }
        let mut rows = Rows::new(open_above);
        let mut flipped = HashSet::new();
        let mut toggles = toggles.into_iter();

        // Nodes arrive in two halves, with toggles in between and after.
        for half in 0..2 {
            for (index, shape) in (0u16..).zip(&shapes) {
                let middle = shape.len() / 2;
                let part = if half == 0 { &shape[..middle] } else { &shape[middle..] };
                grow(estate.tree_mut(index).unwrap(), part);
            }
            rows.follow(&estate, None);
            for toggle in toggles.by_ref().take(15) {
                let row = toggle.index(rows.len());
                let node = rows.get(row).unwrap();
                if estate.tree(node.tree).unwrap().has_children(node.node)
                    && !flipped.remove(&node)
                {
                    flipped.insert(node);
                }
                rows.toggle(&estate, row);
            }
            let open = |node: NodeRef| {
                let depth = estate.tree(node.tree).unwrap().depth(node.node);
                (depth < open_above) != flipped.contains(&node)
            };
            prop_assert_eq!(listed(&rows), expected(&estate, &open));
        }
    }
}

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
