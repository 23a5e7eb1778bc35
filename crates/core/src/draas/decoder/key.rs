//! The names of fields that a licenses reply is read by.

use crate::estate::{Kind, Measure};
use crate::scan::same;

/// A field's name, as far as it means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Name,
    Uuid,
    Id,
    List(Kind),
    /// The entity asked for, in the envelope.
    Entity(Kind),
    Teams,
    Sip,
    Measure(Measure),
    Error,
    /// Any other; its text is kept beside it.
    Other,
}

impl Key {
    /// By length first, so that few names are compared.
    #[inline]
    pub(super) fn of(name: &[u8]) -> Self {
        let (key, text) = match (name.len(), name.first()) {
            (2, _) => (Self::Id, "id"),
            (4, Some(b'n')) => (Self::Name, "name"),
            (4, _) => (Self::Uuid, "uuid"),
            (5, Some(b'i')) => (Self::Measure(Measure::InUse), "inUse"),
            (5, Some(b'g')) => (Self::Entity(Kind::Group), "group"),
            (5, _) => (Self::Error, "error"),
            (6, _) => (Self::Entity(Kind::Tenant), "tenant"),
            (7, _) => (Self::List(Kind::Tenant), "tenants"),
            (8, Some(b'a')) => (Self::Measure(Measure::Assigned), "assigned"),
            (8, _) => (Self::Entity(Kind::Reseller), "reseller"),
            (9, _) => (Self::List(Kind::Reseller), "resellers"),
            (11, _) => (Self::Entity(Kind::Distributor), "distributor"),
            (12, Some(b'm')) => (Self::Teams, "msTeamsUsers"),
            (12, Some(b'i')) => (Self::Measure(Measure::Users), "inUseMsUsers"),
            (12, _) => (Self::List(Kind::Distributor), "distributors"),
            (13, _) => (Self::List(Kind::Subscription), "subscriptions"),
            (16, _) => (Self::Sip, "sipTrunkChannels"),
            (22, _) => (Self::Measure(Measure::ResourceAccounts), "inUseMsResourceAccount"),
            _ => return Self::Other,
        };
        if same(name, text.as_bytes()) { key } else { Self::Other }
    }

    /// The name, unless it is another.
    pub(super) fn text(self) -> Option<&'static str> {
        Some(match self {
            Self::Name => "name",
            Self::Uuid => "uuid",
            Self::Id => "id",
            Self::List(kind) => list(kind),
            Self::Entity(kind) => kind.word(),
            Self::Teams => "msTeamsUsers",
            Self::Sip => "sipTrunkChannels",
            Self::Measure(Measure::Assigned) => "assigned",
            Self::Measure(Measure::InUse) => "inUse",
            Self::Measure(Measure::Users) => "inUseMsUsers",
            Self::Measure(Measure::ResourceAccounts) => "inUseMsResourceAccount",
            Self::Error => "error",
            Self::Other => return None,
        })
    }

    /// One bit for each name that an object may have once.
    #[inline]
    pub(super) fn mask(self) -> u32 {
        match self {
            Self::Name => 1,
            Self::Uuid => 1 << 1,
            Self::Id => 1 << 2,
            Self::List(Kind::Distributor) => 1 << 3,
            Self::List(Kind::Reseller) => 1 << 4,
            Self::List(Kind::Tenant) => 1 << 5,
            Self::List(_) => 1 << 6,
            Self::Teams => 1 << 7,
            Self::Sip => 1 << 8,
            Self::Measure(measure) => 1 << (9 + measure as u32),
            Self::Entity(kind) => 1 << (16 + kind as u32),
            Self::Error | Self::Other => 0,
        }
    }
}

/// The name of a list of such entities.
pub(super) fn list(kind: Kind) -> &'static str {
    match kind {
        Kind::Distributor => "distributors",
        Kind::Reseller => "resellers",
        Kind::Tenant => "tenants",
        _ => "subscriptions",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_told_by_its_text_and_nothing_like_it() {
        let kinds = [Kind::Distributor, Kind::Reseller, Kind::Tenant];
        let measures =
            [Measure::Assigned, Measure::InUse, Measure::Users, Measure::ResourceAccounts];
        let mut keys = vec![Key::Name, Key::Uuid, Key::Id, Key::Teams, Key::Sip, Key::Error];
        keys.extend(kinds.map(Key::List));
        keys.extend(kinds.map(Key::Entity));
        keys.extend([Key::List(Kind::Subscription), Key::Entity(Kind::Group)]);
        keys.extend(measures.map(Key::Measure));
        for key in keys {
            let text = key.text().unwrap();
            assert_eq!(Key::of(text.as_bytes()), key, "{text}");
            for at in 0..text.len() {
                let mut other = text.as_bytes().to_vec();
                other[at] ^= 0x20;
                assert_eq!(Key::of(&other), Key::Other, "{text} at {at}");
            }
        }
    }
}
