//! A connection that is read again: most nodes are the same, in another order.

use proptest::prelude::*;
use seatree_core::estate::{Kind, Measure, Meter, NodeId, Tree};

use crate::world::{fresh, id, set_id};

/// How another reading differs.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    order: u32,
    /// One node of so many is gone with all below it.
    lost: u32,
    /// One node of so many has a child that was not there.
    new: u32,
    /// One node of so many is now below the connection itself.
    moved: u32,
}

pub fn reading() -> impl Strategy<Value = Reading> {
    (0_u32..50, 2_u32..40, 1_u32..20, 5_u32..40).prop_map(|(order, lost, new, moved)| Reading {
        order,
        lost,
        new,
        moved,
    })
}

impl Reading {
    fn place(self, node: NodeId) -> u32 {
        (node * 7 + self.order) % 11
    }
}

/// Reads a tree again.
pub fn again(former: &Tree, reading: Reading) -> Tree {
    let mut tree = Tree::new("again");
    let mut number = fresh(former);
    copy_below(former, 0, &mut tree, 0, reading, &mut number);
    let moved = (1..former.end(0)).filter(|&node| moves(former, node, reading));
    for node in moved.collect::<Vec<_>>() {
        copy(former, node, &mut tree, 0, reading, &mut number);
    }
    tree
}

fn moves(former: &Tree, node: NodeId, reading: Reading) -> bool {
    let far = former.parent(node).is_some_and(|parent| parent != 0);
    far && id(former, node).is_some() && node.is_multiple_of(reading.moved)
}

fn copy_below(
    former: &Tree,
    parent: NodeId,
    tree: &mut Tree,
    below: NodeId,
    reading: Reading,
    number: &mut u64,
) {
    let mut children: Vec<_> = former.children(parent).collect();
    children.sort_by_key(|&child| reading.place(child));
    for child in children {
        let stays = !(child + reading.order).is_multiple_of(reading.lost);
        if stays && !moves(former, child, reading) {
            copy(former, child, tree, below, reading, number);
        }
    }
}

fn copy(
    former: &Tree,
    node: NodeId,
    tree: &mut Tree,
    below: NodeId,
    reading: Reading,
    number: &mut u64,
) {
    let new = tree.append(below, former.kind(node));
    tree.set_name(new, former.name(node));
    if let Some(id) = id(former, node) {
        set_id(tree, new, id);
    }
    for measure in [Measure::Assigned, Measure::InUse] {
        let figure = former.figure(node, Meter::TEAMS_USERS, measure);
        tree.set_figure(new, Meter::TEAMS_USERS, measure, figure);
    }
    if node.is_multiple_of(reading.new) {
        let child = tree.append(new, Kind::Tenant);
        set_id(tree, child, *number);
        *number += 1;
    }
    copy_below(former, node, tree, new, reading, number);
}

/// The same node of another reading.
pub fn same(former: &Tree, node: NodeId, tree: &Tree) -> Option<NodeId> {
    let is = identity(former, node);
    (0..tree.end(0)).find(|&other| identity(tree, other) == is)
}

/// What a node has in every reading.
fn identity(tree: &Tree, node: NodeId) -> String {
    let kind = tree.kind(node).word();
    match (tree.parent(node), id(tree, node)) {
        (None, _) => String::new(),
        (_, Some(id)) => format!("{kind} {id}"),
        (Some(parent), None) => {
            format!("{} > {kind} {:?}", identity(tree, parent), tree.name(node))
        }
    }
}
