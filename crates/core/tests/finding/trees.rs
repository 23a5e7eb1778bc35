//! Trees with all that can be in them.

use proptest::prelude::*;
use seatree_core::estate::{Estate, Figure, Kind, Measure, Meter, NodeId, NodeRef, Tree, Uuid};

/// One node to come: how far up its parent is, its kind, name, figures, id.
#[derive(Clone, Debug)]
pub struct Sprout {
    climb: usize,
    kind: usize,
    name: String,
    figures: Vec<(usize, usize, Option<i64>)>,
    id: u8,
}

pub fn name() -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        String::new(),
        "<img src=x onerror=alert(1)>".to_owned(),
        "Har\u{202e}bor\u{200f} Bank".to_owned(),
        "\u{1f468}\u{200d}\u{1f4bb} Ångström".to_owned(),
        "=HYPERLINK(\"x\")".to_owned(),
        format!("{}é end", "long ".repeat(2_000)),
    ]);
    prop_oneof![4 => "[aAbBéÉ 0-2]{0,6}", 1 => hostile, 1 => "\\PC{0,8}"]
}

pub fn sprouts(most: usize) -> impl Strategy<Value = Vec<Sprout>> {
    let figure = prop_oneof![
        8 => (0_i64..8).prop_map(Some),
        1 => Just(None),
        1 => prop::sample::select(vec![i64::MAX, i64::MIN + 1, -1, 5_000_000_000]).prop_map(Some),
    ];
    let figures = prop::collection::vec((0_usize..5, 0..Measure::ALL.len(), figure), 0..6);
    let sprout = (0_usize..4, 1..Kind::ALL.len(), name(), figures, 0_u8..12);
    let sprout = sprout.prop_map(|(climb, kind, name, figures, id)| Sprout {
        climb,
        kind,
        name,
        figures,
        id,
    });
    prop::collection::vec(sprout, 0..most)
}

pub fn meter(tree: &mut Tree, number: usize) -> Meter {
    let key = ["msTeamsUsers", "sipTrunkChannels", "livePlatformUsers", "required", "agents"];
    tree.meter(key[number]).unwrap()
}

/// The UUID, subscription id or billing id made of a small number.
pub fn uuid(id: u8) -> Uuid {
    Uuid::from_u128(u128::from(id) << 64 | 1)
}

pub fn grow(tree: &mut Tree, sprouts: &[Sprout]) {
    for sprout in sprouts {
        let last = NodeId::try_from(tree.len() - 1).unwrap();
        let above = std::iter::successors(Some(last), |&at| tree.parent(at));
        let parent = above.take(sprout.climb + 1).last().unwrap();
        let node = tree.append(parent, Kind::ALL[sprout.kind]);
        tree.set_name(node, &sprout.name);
        // Names need not come in the order of the nodes, nor once.
        if sprout.id == 1 && parent > 0 {
            tree.set_name(parent, &format!("{} {}", sprout.name, sprout.climb));
        }
        for &(number, measure, figure) in &sprout.figures {
            let meter = meter(tree, number);
            tree.set_figure(node, meter, Measure::ALL[measure], Figure::from(figure));
        }
        match (Kind::ALL[sprout.kind], sprout.id) {
            (_, 0..3) => {}
            (Kind::Subscription, id) => tree.set_subscription_id(node, id.into()),
            (_, id @ 3..8) => tree.set_uuid(node, uuid(id)),
            (_, id) => tree.set_billing_id(node, &format!("C-{id}")),
        }
    }
}

pub fn tree(sprouts: &[Sprout]) -> Tree {
    let mut tree = Tree::new("Netaxis");
    grow(&mut tree, sprouts);
    tree
}

pub fn estate(trees: &[Vec<Sprout>]) -> Estate {
    let mut estate = Estate::new();
    for sprouts in trees {
        estate.add(tree(sprouts));
    }
    estate
}

pub fn nodes(tree: &Tree) -> impl Iterator<Item = NodeId> {
    0..NodeId::try_from(tree.len()).unwrap()
}

pub fn all(estate: &Estate) -> Vec<NodeRef> {
    let trees = (0_u16..).zip(estate.trees());
    trees
        .flat_map(|(tree, nodes_of)| nodes(nodes_of).map(move |node| NodeRef { tree, node }))
        .collect()
}
