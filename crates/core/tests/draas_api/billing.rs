use proptest::prelude::*;
use seatree_core::draas::{
    BillingJoin, ListedEntity, ListedSubscription, join_entities, join_subscriptions,
};
use seatree_core::estate::{Kind, NodeId, Tree, Uuid};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn listed(number: u128, billing_id: &str) -> ListedEntity {
    ListedEntity {
        uuid: Some(id(number)),
        billing_id: Some(billing_id.to_owned()),
        ..ListedEntity::default()
    }
}

fn subscription(number: u64, billing_id: &str) -> ListedSubscription {
    ListedSubscription {
        id: Some(number),
        billing_id: Some(billing_id.to_owned()),
        ..ListedSubscription::default()
    }
}

/// Two tenants, each with a subscription 7.
fn tree() -> (Tree, [NodeId; 4]) {
    let mut tree = Tree::new("Netaxis");
    let mut nodes = [0; 4];
    for at in 0..2 {
        let tenant = tree.append(0, Kind::Tenant);
        tree.set_uuid(tenant, id(at as u128 + 1));
        let below = tree.append(tenant, Kind::Subscription);
        tree.set_subscription_id(below, 7);
        (nodes[2 * at], nodes[2 * at + 1]) = (tenant, below);
    }
    (tree, nodes)
}

#[test]
fn ids_found_and_not_found_are_counted() {
    let (mut tree, [one, _, two, _]) = tree();
    let without = ListedEntity { billing_id: None, ..listed(2, "") };
    let join = join_entities(&mut tree, &[listed(1, "C-1"), listed(9, "C-9"), without]);
    let expected = BillingJoin { matched: 1, not_found: 1, without: 1, contradictory: 0 };
    assert_eq!(join, expected);
    assert_eq!((tree.billing_id(one), tree.billing_id(two)), (Some("C-1"), None));
}

#[test]
fn the_same_number_below_two_tenants_is_two_subscriptions() {
    let (mut tree, [_, first, _, second]) = tree();
    let (a, b) = (subscription(7, "A"), subscription(7, "B"));
    let join = join_subscriptions(&mut tree, [(id(1), &a), (id(2), &b), (id(3), &b)]);
    assert_eq!((join.matched, join.not_found), (2, 1));
    assert_eq!((tree.billing_id(first), tree.billing_id(second)), (Some("A"), Some("B")));
}

#[test]
fn two_billing_ids_for_one_are_told_and_the_first_stands() {
    let (mut tree, [one, ..]) = tree();
    let join = join_entities(&mut tree, &[listed(1, "A"), listed(1, "B"), listed(1, "A")]);
    assert_eq!((join.matched, join.contradictory), (1, 1));
    assert_eq!(tree.billing_id(one), Some("A"));
    assert_eq!(join.and(join).matched, 2);
}

proptest! {
    #[test]
    fn everything_listed_is_counted_once(numbers in proptest::collection::vec(1_u128..6, 0..12)) {
        let (mut tree, _) = tree();
        let items: Vec<ListedEntity> =
            numbers.iter().map(|&number| listed(number, "C")).collect();
        let join = join_entities(&mut tree, &items);
        let mut distinct = numbers.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(join.matched, distinct.iter().filter(|&&n| n < 3).count());
        prop_assert_eq!(join.matched + join.not_found, distinct.len());
    }
}
