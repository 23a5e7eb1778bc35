//! What partners bill on: derived from an entity's key, so that it takes no randomness from
//! the tree.

use super::tree::{Entity, Key, Level};

/// The id in the partner's own books. Some have none.
pub fn billing_id(entity: &Entity) -> Option<String> {
    let (prefix, number) = match (entity.level, &entity.key) {
        (Level::Group, _) => return None,
        (Level::Distributor, Key::Uuid(uuid)) => ("D", digits(uuid)),
        (Level::Reseller, Key::Uuid(uuid)) => ("R", digits(uuid)),
        (_, Key::Uuid(uuid)) => ("C", digits(uuid)),
        (_, Key::Id(id)) => ("S", *id),
    };
    // An identifier, not a number: leading zeros count.
    (number % 11 != 3).then(|| format!("{prefix}{:06}", number % 1_000_000))
}

/// As DRaaS words it.
pub fn status(entity: &Entity) -> &'static str {
    let number = match &entity.key {
        Key::Uuid(uuid) => digits(uuid),
        Key::Id(id) => *id,
    };
    if number % 16 == 5 { "suspended" } else { "active" }
}

/// Percent that the partner adds to the price.
pub fn markup(entity: &Entity) -> u64 {
    match &entity.key {
        Key::Uuid(uuid) => digits(uuid) % 5 * 5,
        Key::Id(_) => 0,
    }
}

fn digits(uuid: &str) -> u64 {
    let hexadecimal = uuid.get(..8).unwrap_or_default();
    u64::from_str_radix(hexadecimal, 16).unwrap_or_default()
}
