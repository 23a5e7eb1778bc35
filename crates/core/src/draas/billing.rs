//! What partners bill under, joined onto the tree.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use super::{ListedEntity, ListedSubscription};
use crate::estate::{Kind, NodeId, Tree, Uuid};

/// How a join went. Licenses and lists come from different requests: neither need hold all of
/// the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BillingJoin {
    /// Listed with a billing id, and found in the tree.
    pub matched: usize,
    /// Listed with a billing id, but not in the tree.
    pub not_found: usize,
    /// Listed without a billing id, or without an id to find it by.
    pub without: usize,
    /// Listed again with another billing id; the first one stands.
    pub contradictory: usize,
}

impl BillingJoin {
    /// Both joins together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            matched: self.matched + other.matched,
            not_found: self.not_found + other.not_found,
            without: self.without + other.without,
            contradictory: self.contradictory + other.contradictory,
        }
    }
}

/// Sets the billing ids of groups, distributors, resellers and tenants, found by UUID.
///
/// Costs one walk of the tree, however long the list.
///
/// ```
/// use seatree_core::draas::{ListedEntity, join_entities};
/// use seatree_core::estate::{Kind, Tree, Uuid};
///
/// let uuid = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9");
/// let mut tree = Tree::new("Netaxis");
/// let tenant = tree.append(0, Kind::Tenant);
/// tree.set_uuid(tenant, uuid.unwrap());
/// let listed = ListedEntity { uuid, billing_id: Some("C-17".to_owned()), ..Default::default() };
///
/// let join = join_entities(&mut tree, &[listed]);
/// assert_eq!((join.matched, join.not_found), (1, 0));
/// assert_eq!(tree.billing_id(tenant), Some("C-17"));
/// ```
pub fn join_entities<'a>(
    tree: &mut Tree,
    listed: impl IntoIterator<Item = &'a ListedEntity>,
) -> BillingJoin {
    let pairs = listed.into_iter().map(|item| (item.uuid, item.billing_id.as_deref()));
    join(tree, pairs, Tree::uuid)
}

/// Sets the billing ids of subscriptions, each listed with its tenant; of any number of tenants.
///
/// The number alone is not enough to find one: the vendor does not promise that it is unique on
/// the whole platform. Costs one walk of the tree.
///
/// ```
/// use seatree_core::draas::{ListedSubscription, join_subscriptions};
/// use seatree_core::estate::{Kind, Tree, Uuid};
///
/// let uuid = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let mut tree = Tree::new("Netaxis");
/// let tenant = tree.append(0, Kind::Tenant);
/// tree.set_uuid(tenant, uuid);
/// let subscription = tree.append(tenant, Kind::Subscription);
/// tree.set_subscription_id(subscription, 2);
/// let two = ListedSubscription {
///     id: Some(2), billing_id: Some("C-17-2".to_owned()), ..Default::default()
/// };
///
/// assert_eq!(join_subscriptions(&mut tree, [(uuid, &two)]).matched, 1);
/// assert_eq!(tree.billing_id(subscription), Some("C-17-2"));
/// ```
pub fn join_subscriptions<'a>(
    tree: &mut Tree,
    listed: impl IntoIterator<Item = (Uuid, &'a ListedSubscription)>,
) -> BillingJoin {
    let pairs = listed.into_iter().map(|(tenant, item)| {
        let id = item.id.map(|id| (tenant, id));
        (id, item.billing_id.as_deref())
    });
    join(tree, pairs, |tree, node| {
        let tenant = tree.parent(node).filter(|&above| tree.kind(above) == Kind::Tenant)?;
        Some((tree.uuid(tenant)?, tree.subscription_id(node)?))
    })
}

/// Finds what is listed by an id that also nodes have.
fn join<'a, K: Copy + Eq + Hash>(
    tree: &mut Tree,
    listed: impl Iterator<Item = (Option<K>, Option<&'a str>)>,
    id_of: impl Fn(&Tree, NodeId) -> Option<K>,
) -> BillingJoin {
    let mut join = BillingJoin::default();
    let mut wanted = HashMap::new();
    for pair in listed {
        let (Some(id), Some(billing_id)) = pair else {
            join.without += 1;
            continue;
        };
        match wanted.entry(id) {
            Entry::Vacant(free) => {
                free.insert((billing_id, false));
            }
            Entry::Occupied(former) if former.get().0 != billing_id => join.contradictory += 1,
            Entry::Occupied(_) => {}
        }
    }
    for node in (0..).take(tree.len()) {
        if let Some((billing_id, found)) = id_of(tree, node).and_then(|id| wanted.get_mut(&id)) {
            *found = true;
            tree.set_billing_id(node, billing_id);
        }
    }
    join.matched = wanted.values().filter(|(_, found)| *found).count();
    join.not_found = wanted.len() - join.matched;
    join
}
