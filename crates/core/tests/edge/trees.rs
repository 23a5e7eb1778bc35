//! Trees of a platform, and what an edge writes of them.

use std::rc::Rc;

use proptest::prelude::*;
use seatree_core::api::{Estate, Format, View};
use seatree_core::draas::Complaint;
use seatree_core::edge::{Api, ReadEstate};
use seatree_core::estate::{Figure, Kind, Measure, NodeId, Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::visitors::Scope;
use seatree_core::{TreeDecoder, UpstreamError};

const KINDS: [Kind; 5] =
    [Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant, Kind::Subscription];
const KEYS: [&str; 4] = ["msTeamsUsers", "sipTrunkChannels", "anywhere\"Now\\Agents", "é"];

/// One node to come: its level, name, figures, and its id, 0 for none.
#[derive(Clone, Debug)]
pub struct Sprout {
    level: usize,
    name: String,
    figures: Vec<(usize, usize, i64)>,
    id: u8,
}

pub fn sprouts(most: usize) -> impl Strategy<Value = Vec<Sprout>> {
    let name = prop_oneof![
        4 => "[a-zé 0-2]{0,6}",
        1 => prop::sample::select(vec![
            "<img src=x onerror=alert(1)>".to_owned(),
            "line\none\r\n{\"end\":true,\"count\":0}".to_owned(),
            "Har\u{202e}bor \u{1f468}\u{200d}\u{1f4bb} \"Bank\\".to_owned(),
        ]),
        1 => "\\PC{0,8}",
    ];
    let count = prop_oneof![8 => 0_i64..9, 1 => Just(i64::MAX), 1 => Just(5_000_000_000)];
    let figures = prop::collection::vec((0..KEYS.len(), 0..Measure::ALL.len(), count), 0..5);
    let sprout = (0_usize..5, name, figures, 0_u8..200);
    let sprout = sprout.prop_map(|(level, name, figures, id)| Sprout { level, name, figures, id });
    prop::collection::vec(sprout, 1..most)
}

/// A tree of these nodes. Levels are left out as they come; no two nodes have one id.
pub fn tree(sprouts: &[Sprout]) -> Tree {
    let mut tree = Tree::new("the connection");
    let mut open: Vec<(usize, NodeId)> = Vec::new();
    for (at, sprout) in (1_u128..).zip(sprouts) {
        open.retain(|(level, _)| *level < sprout.level);
        let above = open.last().map_or(0, |(_, node)| *node);
        let node = tree.append(above, KINDS[sprout.level]);
        tree.set_name(node, &sprout.name);
        match (KINDS[sprout.level], sprout.id) {
            (_, 0..20) => {}
            (Kind::Subscription, id) => tree.set_subscription_id(node, u64::from(id) << 40),
            _ => tree.set_uuid(node, Uuid::from_u128(at << 64 | 1)),
        }
        for &(key, measure, count) in &sprout.figures {
            let meter = tree.meter(KEYS[key]).unwrap();
            tree.set_figure(node, meter, Measure::ALL[measure], Figure::known(count));
        }
        open.push((sprout.level, node));
    }
    tree
}

/// All of a tree as an edge writes it in lines.
pub fn lines(sprouts: &[Sprout]) -> Vec<u8> {
    let estate = Rc::new(Estate::of(tree(sprouts), String::new()));
    let all = [Scope::Upstream("draas".to_owned())];
    let mut view = View::of(&estate, &all, "draas").unwrap();
    let mut out = Vec::new();
    while view.write_nodes(Format::Lines, 7, &mut out) {}
    out
}

pub fn operation() -> ReadEstate {
    let api = Api::new("https://edge.example", "draas", None).unwrap();
    ReadEstate::new(&api, None, &Secret::default())
}

/// What comes of pieces.
pub fn read(pieces: &[&[u8]]) -> (Tree, Result<Vec<Complaint>, UpstreamError>) {
    let mut tree = Tree::new("the connection");
    let mut decoder = operation().decoder();
    for piece in pieces {
        if let Err(error) = decoder.push(&mut tree, piece) {
            return (tree, Err(error));
        }
    }
    let ended = decoder.finish(&mut tree);
    (tree, ended)
}

/// One node by all that it shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Shown {
    kind: Kind,
    depth: u8,
    name: String,
    uuid: Option<Uuid>,
    subscription: Option<u64>,
    figures: Vec<(String, Measure, i64)>,
}

/// All nodes in their order.
pub fn shown(tree: &Tree) -> Vec<Shown> {
    let of = |node| {
        let known = tree.meters().flat_map(|(meter, key)| {
            Measure::ALL.into_iter().filter_map(move |measure| {
                Some((key.to_owned(), measure, tree.figure(node, meter, measure).get()?))
            })
        });
        let mut figures: Vec<_> = known.collect();
        figures.sort_by_key(|(key, measure, _)| (key.clone(), *measure as u8));
        // Without its tenant's id a subscription cannot be named.
        let tenant = tree.parent(node).and_then(|above| tree.uuid(above));
        Shown {
            kind: tree.kind(node),
            depth: tree.depth(node),
            name: tree.name(node).to_owned(),
            uuid: tree.uuid(node),
            subscription: tree.subscription_id(node).filter(|_| tenant.is_some()),
            figures,
        }
    };
    (0..tree.end(0)).map(of).collect()
}
