//! Idle seats: where they are, and a draft that takes them back.

use proptest::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::reclaim::{Wish, propose, ranking};
use seatree_core::estate::{Figure, Kind, Meter, NodeId, Tree};

use crate::trees::{assigned, in_use, sprouts, subscriptions, tree};

fn wish(seats: i64, headroom_percent: u32) -> Wish {
    Wish { seats: Limit::new(seats).unwrap(), headroom_percent }
}

fn spare(tree: &Tree, node: NodeId) -> Option<i64> {
    Some((assigned(tree, node).get()? - in_use(tree, node).get()?).max(0))
}

/// Tenants with the limit and use of their subscriptions.
fn tenants(all: &[&[(i64, Option<i64>)]]) -> Tree {
    let mut sprouts = Vec::new();
    for subscriptions in all {
        for (number, &(assigned, in_use)) in subscriptions.iter().enumerate() {
            sprouts.push((if number == 0 { 1 } else { 3 }, Some(assigned), in_use));
        }
    }
    tree(&sprouts)
}

fn taken(tree: &Tree, seats: i64) -> (Vec<(u64, i64)>, i64, usize) {
    let proposal =
        propose(tree, 0, Meter::TEAMS_USERS, wish(seats, 0), |node| assigned(tree, node));
    let changes = proposal.changes.iter();
    let changes = changes.map(|(node, limit)| (tree.subscription_id(*node).unwrap(), limit.get()));
    (changes.collect(), proposal.short, proposal.unknown)
}

#[test]
fn the_idlest_give_first_and_only_as_much_as_is_wanted() {
    let tree = tenants(&[&[(10, Some(9)), (20, Some(0))], &[(8, Some(0)), (10, Some(5))]]);
    assert_eq!(taken(&tree, 20), (vec![(2, 0)], 0, 0));
    assert_eq!(taken(&tree, 25), (vec![(2, 0), (3, 3)], 0, 0));
    assert_eq!(taken(&tree, 100), (vec![(2, 0), (3, 0), (4, 5), (1, 9)], 66, 0));
    assert_eq!(taken(&tree, 0), (vec![], 0, 0));
}

#[test]
fn who_is_over_the_limit_or_uncounted_gives_nothing() {
    let tree = tenants(&[&[(10, Some(12)), (20, None)]]);
    assert_eq!(taken(&tree, 5), (vec![], 5, 1));
}

#[test]
fn subtrees_are_ranked_by_their_idle_seats() {
    let tree = tenants(&[&[(10, Some(9))], &[(8, Some(0)), (10, None)], &[(3, Some(3))]]);
    let found = ranking(&tree, &[Kind::Group, Kind::Tenant], Meter::TEAMS_USERS);
    let shown: Vec<_> = found
        .iter()
        .map(|idle| (tree.kind(idle.node), idle.seats, idle.subscriptions, idle.unknown))
        .collect();
    let expected = [(Kind::Group, 9, 2, 1), (Kind::Tenant, 8, 1, 1), (Kind::Tenant, 1, 1, 0)];
    assert_eq!(shown, expected);
}

proptest! {
    #[test]
    fn nothing_goes_below_what_is_in_use_and_the_seats_add_up(
        sprouts in sprouts(), seats in 0_i64..200, headroom in 0_u32..60,
        below in any::<prop::sample::Index>(),
    ) {
        let tree = tree(&sprouts);
        let below = NodeId::try_from(below.index(tree.len())).unwrap();
        let proposal = propose(&tree, below, Meter::TEAMS_USERS, wish(seats, headroom), |node| {
            assigned(&tree, node)
        });
        let mut freed = 0;
        for &(node, limit) in &proposal.changes {
            let (limit, used) = (limit.get(), in_use(&tree, node).get().unwrap());
            prop_assert!(limit * 100 >= used * i64::from(100 + headroom));
            prop_assert!(limit < assigned(&tree, node).get().unwrap());
            prop_assert!(below <= node && node < tree.end(below));
            freed += assigned(&tree, node).get().unwrap() - limit;
        }
        prop_assert_eq!(freed, proposal.freed);
        prop_assert_eq!(proposal.freed + proposal.short, seats);
        if headroom == 0 {
            let here = subscriptions(&tree).into_iter().filter(|n| (below..tree.end(below)).contains(n));
            let all: i64 = here.clone().filter_map(|node| spare(&tree, node)).sum();
            prop_assert_eq!(proposal.freed, all.min(seats), "as much as there is");
            prop_assert_eq!(proposal.unknown, here.filter(|n| spare(&tree, *n).is_none()).count());
        }
    }

    #[test]
    fn a_busier_subscription_gives_only_when_the_idler_have_given_all(
        sprouts in sprouts(), seats in 1_i64..200,
    ) {
        let tree = tree(&sprouts);
        let proposal = propose(&tree, 0, Meter::TEAMS_USERS, wish(seats, 0), |n| assigned(&tree, n));
        let given: Vec<NodeId> = proposal.changes.iter().map(|(node, _)| *node).collect();
        let share = |one: NodeId, other: NodeId| {
            in_use(&tree, one).get().unwrap() * assigned(&tree, other).get().unwrap()
        };
        for pair in given.windows(2) {
            prop_assert!(share(pair[0], pair[1]) <= share(pair[1], pair[0]));
        }
        for (&(node, limit), is_last) in proposal.changes.iter().zip((1..=given.len()).map(|n| n == given.len())) {
            prop_assert!(is_last || limit.get() == in_use(&tree, node).get().unwrap());
        }
    }

    #[test]
    fn what_a_draft_takes_already_is_not_taken_again(sprouts in sprouts(), seats in 1_i64..60) {
        let tree = tree(&sprouts);
        let none = |_| Figure::known(0);
        let proposal = propose(&tree, 0, Meter::TEAMS_USERS, wish(seats, 0), none);
        prop_assert_eq!((proposal.freed, proposal.short), (0, seats));
    }

    #[test]
    fn a_ranking_counts_what_adding_up_counts(sprouts in sprouts()) {
        let tree = tree(&sprouts);
        let kinds = [Kind::Group, Kind::Reseller, Kind::Tenant];
        let found = ranking(&tree, &kinds, Meter::TEAMS_USERS);
        for node in (0..tree.end(0)).filter(|&node| kinds.contains(&tree.kind(node))) {
            let here = subscriptions(&tree).into_iter().filter(|n| (node..tree.end(node)).contains(n));
            let seats: i64 = here.clone().filter_map(|n| spare(&tree, n)).sum();
            let idle = found.iter().find(|idle| idle.node == node);
            prop_assert_eq!(idle.map_or(0, |idle| idle.seats), seats);
            if let Some(idle) = idle {
                let some = here.filter(|n| spare(&tree, *n).is_some_and(|s| s > 0)).count();
                prop_assert_eq!(idle.subscriptions, some);
            }
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].seats >= pair[1].seats));
    }
}
