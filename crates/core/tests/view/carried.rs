//! What a person opened and selected outlasts another reading.

use proptest::prelude::*;
use proptest::sample::Index;
use seatree_core::estate::{Estate, Kind, NodeRef, Tree};
use seatree_core::view::{Rows, Selection};

use crate::readings::{again, reading, same};
use crate::world::{grow, listed, set_id, sprouts};

proptest! {
    #[test]
    fn what_is_in_both_readings_stays_selected_open_or_closed(
        first in sprouts(40),
        toggled in prop::collection::vec(any::<Index>(), 0..20),
        selected in prop::collection::vec(any::<Index>(), 0..20),
        reading in reading(),
    ) {
        let mut estate = Estate::new();
        estate.add(Tree::new("another connection"));
        estate.add(Tree::new("connection"));
        grow(estate.tree_mut(1).unwrap(), &first);
        let mut rows = Rows::new(2);
        rows.follow(&estate, None);
        let mut selection = Selection::default();
        for index in toggled {
            rows.toggle(&estate, index.index(rows.len()));
        }
        for index in selected {
            selection.toggle(rows.get(index.index(rows.len())).unwrap());
        }
        let in_tree = |node| NodeRef { tree: 1, node };
        let was_open: Vec<_> =
            (0..estate.trees()[1].end(0)).map(|node| rows.is_open(&estate, in_tree(node))).collect();
        let was_selected = selection.clone();

        let new = again(&estate.trees()[1], reading);
        let former = std::mem::replace(estate.tree_mut(1).unwrap(), new);
        rows.carry_over(1, &former, &estate, None, &|_, _| 0);
        selection.carry_over(1, &former, &estate.trees()[1]);

        let tree = &estate.trees()[1];
        let mut kept = usize::from(selection.contains(NodeRef { tree: 0, node: 0 }));
        for (node, &was_open) in (0..).zip(&was_open) {
            let Some(now) = same(&former, node, tree) else { continue };
            let was_selected = was_selected.contains(in_tree(node));
            prop_assert_eq!(selection.contains(in_tree(now)), was_selected);
            kept += usize::from(was_selected);
            // What had nothing below it was neither; on another level something else is usual.
            let comparable = former.has_children(node) && tree.has_children(now);
            if comparable && former.depth(node) == tree.depth(now) {
                prop_assert_eq!(rows.is_open(&estate, in_tree(now)), was_open);
            }
        }
        prop_assert_eq!(selection.len(), kept, "nothing else is selected");
        let anchor = was_selected.anchor().and_then(|at| match at.tree {
            1 => same(&former, at.node, tree).map(in_tree),
            _ => Some(at),
        });
        prop_assert_eq!(selection.anchor(), anchor);
    }
}

#[test]
fn a_tenant_that_moved_to_another_reseller_stays_open() {
    let fill = |moved: bool| {
        let mut tree = Tree::new("Netaxis");
        let mut entity = |parent, kind, id| {
            let node = tree.append(parent, kind);
            set_id(&mut tree, node, id);
            node
        };
        for (id, has_it) in [(1, moved), (2, !moved)] {
            let reseller = entity(0, Kind::Reseller, id);
            if has_it {
                let tenant = entity(reseller, Kind::Tenant, 3);
                entity(tenant, Kind::Subscription, 4);
            }
        }
        tree
    };
    let mut estate = Estate::new();
    estate.add(fill(false));
    let mut rows = Rows::new(2);
    rows.follow(&estate, None);
    rows.toggle(&estate, 3);
    assert_eq!(listed(&rows).len(), 5, "the tenant is open");

    let former = std::mem::replace(estate.tree_mut(0).unwrap(), fill(true));
    rows.carry_over(0, &former, &estate, None, &|_, _| 0);

    let names: Vec<_> =
        listed(&rows).iter().map(|at| estate.trees()[0].kind(at.node).word()).collect();
    assert_eq!(names, ["connection", "reseller", "tenant", "subscription", "reseller"]);
}
