//! How a node is named where rows are kept.

use std::fmt;

use crate::api::NodeName;
use crate::draas::{Entity, Level};
use crate::estate::Uuid;

const ENTITY_BYTES: usize = 17;
const BYTES: usize = 25;
const SUBSCRIPTION: u8 = 5;

/// A node's name in a few bytes, which sort as their keys do: what it is, its UUID or that of its
/// tenant, and a subscription's number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key([u8; BYTES]);

impl Key {
    pub fn of(name: NodeName) -> Self {
        let (kind, uuid, number) = match name {
            NodeName::Entity(Entity { level, uuid }) => (code(level), uuid, 0),
            NodeName::Subscription { tenant, id } => (SUBSCRIPTION, tenant, id),
        };
        let mut bytes = [kind; BYTES];
        bytes[1..ENTITY_BYTES].copy_from_slice(&uuid.as_u128().to_be_bytes());
        bytes[ENTITY_BYTES..].copy_from_slice(&number.to_be_bytes());
        Self(bytes)
    }

    /// What is kept of it.
    pub fn bytes(&self) -> &[u8] {
        if self.is_subscription() { &self.0 } else { &self.0[..ENTITY_BYTES] }
    }

    /// The key of what was kept; none of other bytes.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let length = if *bytes.first()? == SUBSCRIPTION { BYTES } else { ENTITY_BYTES };
        if bytes.len() != length {
            return None;
        }
        let mut all = [0; BYTES];
        all[..length].copy_from_slice(bytes);
        let key = Self(all);
        (key.is_subscription() || key.level().is_some()).then_some(key)
    }

    pub fn name(&self) -> NodeName {
        if let Some(level) = self.level() {
            return NodeName::Entity(Entity { level, uuid: self.uuid() });
        }
        let mut number = [0; 8];
        number.copy_from_slice(&self.0[ENTITY_BYTES..]);
        NodeName::Subscription { tenant: self.uuid(), id: u64::from_be_bytes(number) }
    }

    fn is_subscription(&self) -> bool {
        self.0[0] == SUBSCRIPTION
    }

    /// None for a subscription.
    fn level(&self) -> Option<Level> {
        Level::ALL.into_iter().find(|level| code(*level) == self.0[0])
    }

    fn uuid(&self) -> Uuid {
        let mut uuid = [0; 16];
        uuid.copy_from_slice(&self.0[1..ENTITY_BYTES]);
        Uuid::from_u128(u128::from_be_bytes(uuid))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.name(), f)
    }
}

/// Rows that are kept have these: a level keeps its number.
fn code(level: Level) -> u8 {
    match level {
        Level::Group => 1,
        Level::Distributor => 2,
        Level::Reseller => 3,
        Level::Tenant => 4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name() -> impl Strategy<Value = NodeName> {
        let entity = (0_usize..4, any::<u128>()).prop_map(|(level, uuid)| {
            NodeName::Entity(Entity { level: Level::ALL[level], uuid: Uuid::from_u128(uuid) })
        });
        let subscription = (any::<u128>(), any::<u64>()).prop_map(|(tenant, id)| {
            NodeName::Subscription { tenant: Uuid::from_u128(tenant), id }
        });
        prop_oneof![entity, subscription]
    }

    proptest! {
        #[test]
        fn a_name_is_read_back_from_its_bytes(name in name()) {
            let key = Key::of(name);
            prop_assert_eq!(key.name(), name);
            prop_assert_eq!(Key::read(key.bytes()), Some(key));
        }

        #[test]
        fn bytes_sort_as_keys_do(one in name(), other in name()) {
            let (one, other) = (Key::of(one), Key::of(other));
            prop_assert_eq!(one.cmp(&other), one.bytes().cmp(other.bytes()));
        }

        #[test]
        fn other_bytes_are_no_key(bytes in prop::collection::vec(any::<u8>(), 0..30)) {
            if let Some(key) = Key::read(&bytes) {
                prop_assert_eq!(key.bytes(), &bytes[..]);
                prop_assert_eq!(Key::of(key.name()), key);
            }
        }
    }
}
