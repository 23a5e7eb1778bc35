//! The part of an estate that a visitor may see.

use std::fmt;

use crate::draas::{Entity, Level};
use crate::estate::Uuid;

/// One of the places that a token names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A group, distributor, reseller or tenant with all below it: `reseller:UUID`.
    Entity(Entity),
    /// All that an upstream of the edge lets through: `upstream:NAME`.
    Upstream(String),
}

impl Scope {
    /// Reads one word of a token's scope; none for a kind that is not known here, which then
    /// opens nothing.
    ///
    /// ```
    /// use seatree_core::visitors::Scope;
    ///
    /// assert!(Scope::parse("reseller:cae902b4-2307-41ef-b554-43a12c63cc97").is_some());
    /// assert_eq!(Scope::parse("upstream:cucm"), Some(Scope::Upstream("cucm".to_owned())));
    /// assert_eq!(Scope::parse("system:*"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        let (kind, name) = word.split_once(':')?;
        if kind == "upstream" {
            return (!name.is_empty()).then(|| Self::Upstream(name.to_owned()));
        }
        Some(Self::Entity(Entity { level: Level::parse(kind)?, uuid: Uuid::parse(name)? }))
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(entity) => write!(f, "{}:{}", entity.level.word(), entity.uuid),
            Self::Upstream(name) => write!(f, "upstream:{name}"),
        }
    }
}
