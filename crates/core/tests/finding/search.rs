//! A search in turns finds the best of all nodes.

use proptest::prelude::*;
use seatree_core::estate::{Estate, Kind, NodeRef, Tree};
use seatree_core::view::{Search, folded, search};

use super::trees::{all, estate, sprouts, uuid};

/// How a name fits: 0 exactly, then less and less.
fn fit(name: &str, text: &str) -> Option<u8> {
    let plain = |text: &str| folded(text).collect::<String>();
    let (name, whole) = (plain(name), plain(text.trim()));
    let words: Vec<String> = text.split_whitespace().map(plain).filter(|w| !w.is_empty()).collect();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii();
    let begins_word = |word: &String| {
        let mut places = name.match_indices(|_| true).map(|(at, _)| at);
        places.any(|at| {
            name[at..].starts_with(word) && !name[..at].chars().next_back().is_some_and(is_letter)
        })
    };
    if words.is_empty() || !words.iter().all(|word| name.contains(word)) {
        return None;
    }
    Some(match () {
        () if name == whole => 0,
        () if name.starts_with(&whole) => 1,
        () if words.iter().all(begins_word) => 2,
        () => 3,
    })
}

fn expected(estate: &Estate, text: &str) -> Vec<NodeRef> {
    let whole = text.trim();
    let number = whole.strip_prefix('#').unwrap_or(whole).parse();
    let mut found: Vec<_> = all(estate)
        .into_iter()
        .filter_map(|at| {
            let tree = estate.tree(at.tree).unwrap();
            let name = tree.name(at.node);
            let has_id = tree.uuid(at.node).is_some_and(|id| id.to_string() == text)
                || tree.subscription_id(at.node).is_some_and(|id| number == Ok(id));
            let fit = if has_id { Some(0) } else { fit(name, text) };
            Some((fit?, name.len(), tree.depth(at.node), at))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(.., at)| at).collect()
}

proptest! {
    #[test]
    fn the_best_are_those_of_all_nodes_in_whatever_turns(
        trees in prop::collection::vec(sprouts(20), 0..3),
        text in prop_oneof![
            "[aAb é0-2]{0,3}",
            (3_u8..8).prop_map(|id| uuid(id).to_string()),
            (3_u8..12).prop_map(|id| format!("#{id}")),
        ],
        most in 0_usize..5,
        turn in 1_usize..30,
    ) {
        let estate = estate(&trees);
        let mut best = expected(&estate, &text);
        best.truncate(most);
        prop_assert_eq!(search(&estate, &text, most), best.clone());
        let mut search = Search::new(&text, most);
        while !search.go_on(&estate, turn) {}
        prop_assert_eq!(search.best(), best);
    }
}

#[test]
fn names_come_before_longer_ones_and_high_levels_before_low_ones() {
    let mut estate = Estate::new();
    let mut tree = Tree::new("Netaxis");
    let group = tree.append(0, Kind::Group);
    for name in ["Airport", "New Port", "Portal", "Port", "Port", "Pört"] {
        let node = tree.append(group, Kind::Tenant);
        tree.set_name(node, name);
    }
    let low = tree.append(7, Kind::Subscription);
    tree.set_name(low, "port");
    estate.add(tree);
    let found: Vec<&str> = search(&estate, "port", 7)
        .into_iter()
        .map(|at| estate.tree(at.tree).unwrap().name(at.node))
        .collect();
    assert_eq!(found, ["Port", "Port", "port", "Pört", "Portal", "New Port", "Airport"]);
}
