//! The levels of the hierarchy and the ids of what stands on them.

use crate::estate::{Kind, Uuid};
use crate::words::later;

/// A level that has licenses of its own to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Group,
    Distributor,
    Reseller,
    Tenant,
}

impl Level {
    pub const ALL: [Self; 4] = [Self::Group, Self::Distributor, Self::Reseller, Self::Tenant];

    /// The word for one, which is also the key of a detailed reply.
    pub fn word(self) -> &'static str {
        self.kind().word()
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Group => Kind::Group,
            Self::Distributor => Kind::Distributor,
            Self::Reseller => Kind::Reseller,
            Self::Tenant => Kind::Tenant,
        }
    }

    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Group => "groups",
            Self::Distributor => "distributors",
            Self::Reseller => "resellers",
            Self::Tenant => "tenants",
        }
    }

    /// The role that the vendor's page asks for.
    pub fn role(self) -> &'static str {
        match self {
            Self::Group => "groups.instance.licenses.list",
            Self::Distributor => "distributors.instance.licenses.list",
            Self::Reseller => "resellers.instance.licenses.list",
            Self::Tenant => "tenants.instance.licenses.list",
        }
    }

    /// The role that listing the entities of this level asks for.
    pub fn list_role(self) -> &'static str {
        match self {
            Self::Group => "groups.list",
            Self::Distributor => "distributors.list",
            Self::Reseller => "resellers.list",
            Self::Tenant => "tenants.list",
        }
    }

    pub(super) fn doing(self) -> &'static str {
        match self {
            Self::Group => later("reading the licenses of the group"),
            Self::Distributor => later("reading the licenses of the distributor"),
            Self::Reseller => later("reading the licenses of the reseller"),
            Self::Tenant => later("reading the licenses of the tenant"),
        }
    }
}

/// A group, distributor, reseller or tenant, as the API names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    pub level: Level,
    pub uuid: Uuid,
}
