use proptest::prelude::*;

use super::*;
use crate::draas::Level;
use crate::visitors::Site;

/// A tree by the depth of each node: level by level below a group. Some ids come twice.
fn tree(depths: &[u8], ids: &[u8]) -> Tree {
    let kinds = [Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant, Kind::Subscription];
    let mut tree = Tree::new("");
    let mut open = vec![0, tree.append(0, Kind::Group)];
    tree.set_uuid(1, Uuid::from_u128(1_000));
    for (depth, id) in depths.iter().zip(ids) {
        // At most one level below the node before.
        let depth = usize::from(*depth).clamp(1, 4).min(open.len() - 1);
        open.truncate(depth + 1);
        let node = tree.append(open[depth], kinds[depth]);
        if depth == 4 {
            tree.set_subscription_id(node, u64::from(*id % 5));
        } else {
            tree.set_uuid(node, Uuid::from_u128(u128::from(*id) + 1));
        }
        open.push(node);
    }
    tree
}

/// Every question that can be asked about a node.
fn questions(tree: &Tree, node: NodeId) -> Vec<Asked> {
    let level = Level::ALL.into_iter().find(|level| level.kind() == tree.kind(node));
    match (level, tree.uuid(node), tree.subscription_id(node)) {
        (Some(level), Some(uuid), _) => {
            let mut all = vec![Asked::Licenses(Entity { level, uuid })];
            let below = Level::ALL.into_iter().filter(|below| *below > level);
            all.extend(below.map(|level| Asked::Below { level, parent: uuid }));
            if level == Level::Tenant {
                all.push(Asked::Subscriptions(uuid));
            }
            all
        }
        (_, _, Some(id)) => {
            let tenant = tree.parent(node).and_then(|tenant| tree.uuid(tenant));
            let asked = tenant
                .map(|tenant| [Asked::Subscription { tenant, id }, Asked::Limits { tenant, id }]);
            asked.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// Going up from the node, step by step.
fn is_below(tree: &Tree, node: NodeId, place: NodeId) -> bool {
    std::iter::successors(Some(node), |&above| tree.parent(above)).any(|above| above == place)
}

fn is_unique(tree: &Tree, node: NodeId) -> bool {
    let same = |other: &NodeId| tree.uuid(*other).is_some() && tree.uuid(*other) == tree.uuid(node);
    (0..tree.end(0)).filter(same).count() == 1
}

proptest! {
    #[test]
    fn a_scope_opens_exactly_its_own_subtree(
        depths in proptest::collection::vec(1_u8..6, 0..60),
        ids in proptest::collection::vec(any::<u8>(), 60),
        place in any::<prop::sample::Index>(),
    ) {
        let tree = tree(&depths, &ids);
        let places: Vec<NodeId> = (0..tree.end(0)).filter(|n| tree.uuid(*n).is_some()).collect();
        let place = places[place.index(places.len())];
        let level = Level::ALL.into_iter().find(|level| level.kind() == tree.kind(place)).unwrap();
        let scopes = [Scope::Entity(Entity { level, uuid: tree.uuid(place).unwrap() })];
        let known: Vec<(NodeId, Vec<Asked>, bool)> = (1..tree.end(0))
            .map(|node| {
                let owner = if tree.uuid(node).is_some() { node } else { tree.parent(node).unwrap() };
                let inside = is_below(&tree, node, place)
                    && is_unique(&tree, place)
                    && is_unique(&tree, owner);
                (node, questions(&tree, node), inside)
            })
            .collect();
        let members = Members::of(tree);
        for (node, questions, inside) in known {
            for asked in questions {
                let covered = members.cover(&scopes, "draas", asked);
                // A subscription id may stand twice below one tenant; then both are inside or none.
                prop_assert_eq!(covered, inside, "{} {:?}", node, asked);
            }
        }
    }

    /// Whatever level is asked for below whatever entity, by a token for any place: the server lists
    /// by the parent where such a one can have entities of that level below it, and otherwise has no
    /// use for it and lists all there are.
    #[test]
    fn no_list_tells_of_anything_outside_of_the_scope(
        depths in proptest::collection::vec(1_u8..6, 0..40),
        ids in proptest::collection::vec(any::<u8>(), 40),
        place in any::<prop::sample::Index>(),
    ) {
        let tree = tree(&depths, &ids);
        let entities: Vec<NodeId> = (0..tree.end(0)).filter(|n| tree.uuid(*n).is_some()).collect();
        let place = entities[place.index(entities.len())];
        let level_of = |node| Level::ALL.into_iter().find(|level| level.kind() == tree.kind(node)).unwrap();
        let scopes = [Scope::Entity(Entity { level: level_of(place), uuid: tree.uuid(place).unwrap() })];
        let site = Site { prefix: "draas".to_owned(), instance: "i".to_owned() };
        let listed = |level: Level, parent: NodeId| -> Vec<NodeId> {
            let of_level = entities.iter().copied().filter(|node| level_of(*node) == level);
            if level_of(parent) < level {
                of_level.filter(|node| *node != parent && is_below(&tree, *node, parent)).collect()
            } else {
                of_level.collect()
            }
        };
        let lists: Vec<(Asked, Vec<NodeId>)> = entities
            .iter()
            .flat_map(|parent| Level::ALL.map(|level| (level, *parent)))
            .filter_map(|(level, parent)| {
                let (word, uuid) = (level.word(), tree.uuid(parent).unwrap());
                let target = format!("/api/v01/draas/i/{word}s?parent={uuid}");
                Some((Asked::read(&site, "GET", &target)?, listed(level, parent)))
            })
            .collect();
        let inside: Vec<bool> = (0..tree.end(0)).map(|node| is_below(&tree, node, place)).collect();
        let members = Members::of(tree);
        for (asked, listed) in lists {
            if members.cover(&scopes, "draas", asked) {
                for node in listed {
                    prop_assert!(inside[usize::try_from(node).unwrap()], "{:?} tells of {}", asked, node);
                }
            }
        }
    }

    #[test]
    fn ids_that_are_not_in_the_tree_are_outside_of_every_scope(id in 2_000_u128.., number in any::<u64>()) {
        let uuid = Uuid::from_u128(id);
        let members = Members::of(tree(&[1, 2, 3, 4], &[1, 2, 3, 4]));
        let all = [Scope::Upstream("draas".to_owned())];
        let tenant = members.tree().uuid(4).unwrap();
        for asked in [
            Asked::Licenses(Entity { level: Level::Tenant, uuid }),
            Asked::Below { level: Level::Tenant, parent: uuid },
            Asked::Subscriptions(uuid), Asked::Limits { tenant: uuid, id: 4 },
        ] {
            prop_assert!(!members.cover(&all, "draas", asked));
        }
        let asked = Asked::Limits { tenant, id: number };
        prop_assert_eq!(members.cover(&all, "draas", asked), number == 4);
    }
}

#[test]
fn siblings_parents_and_other_levels_are_outside() {
    // Group 1000 > distributor 1 > (reseller 2 > tenant 3 > subscription 4, reseller 5 > tenant 6).
    let members = Members::of(tree(&[1, 2, 3, 4, 2, 3], &[0, 1, 2, 4, 4, 5]));
    let entity = |level, id: u128| Entity { level, uuid: Uuid::from_u128(id) };
    let scopes = [Scope::Entity(entity(Level::Reseller, 2))];
    let covered = |asked| members.cover(&scopes, "draas", asked);
    assert!(covered(Asked::Licenses(entity(Level::Reseller, 2))));
    assert!(covered(Asked::Licenses(entity(Level::Tenant, 3))));
    assert!(covered(Asked::Limits { tenant: Uuid::from_u128(3), id: 4 }));
    assert!(!covered(Asked::Licenses(entity(Level::Reseller, 5))));
    assert!(!covered(Asked::Licenses(entity(Level::Tenant, 6))));
    assert!(!covered(Asked::Limits { tenant: Uuid::from_u128(6), id: 4 }));
    assert!(!covered(Asked::Licenses(entity(Level::Distributor, 1))));
    let below = |level, parent| Asked::Below { level, parent: Uuid::from_u128(parent) };
    assert!(!covered(below(Level::Tenant, 1_000)));
    assert!(covered(below(Level::Tenant, 2)));
    // Its own id, of which there can be none below it.
    for level in [Level::Group, Level::Distributor, Level::Reseller] {
        assert!(!covered(below(level, 2)), "{level:?}");
    }
    assert!(!covered(below(Level::Tenant, 3)));
    // The right id on the wrong level.
    assert!(!covered(Asked::Licenses(entity(Level::Tenant, 2))));
    assert!(!covered(Asked::Subscriptions(Uuid::from_u128(2))));
    let wrong_level = [Scope::Entity(entity(Level::Tenant, 2))];
    assert!(!members.cover(&wrong_level, "draas", Asked::Licenses(entity(Level::Tenant, 3))));
    let other = [Scope::Upstream("other".to_owned())];
    assert!(!members.cover(&other, "draas", Asked::Licenses(entity(Level::Tenant, 3))));
}
