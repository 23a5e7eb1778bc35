//! How a node is named in addresses.

use std::fmt;

use crate::draas::{Entity, Level};
use crate::estate::{NodeId, Tree, Uuid};
use crate::visitors::{Asked, Members};

/// A node by its ids: `tenant:UUID`, or `subscription:UUID:NUMBER` with its tenant's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeName {
    Entity(Entity),
    Subscription { tenant: Uuid, id: u64 },
}

impl NodeName {
    /// ```
    /// use seatree_core::api::NodeName;
    ///
    /// let name = "subscription:53fd92c7-fbef-44fd-af76-d92334432ac9:2";
    /// assert_eq!(NodeName::parse(name).map(|name| name.to_string()).as_deref(), Some(name));
    /// assert_eq!(NodeName::parse("subscription:2"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        let name = match (Level::parse(kind), rest.split_once(':')) {
            (Some(level), None) => Self::Entity(Entity { level, uuid: Uuid::parse(rest)? }),
            (None, Some((tenant, id))) if kind == "subscription" => {
                Self::Subscription { tenant: Uuid::parse(tenant)?, id: id.parse().ok()? }
            }
            _ => return None,
        };
        // One node has one name.
        (name.to_string() == text).then_some(name)
    }

    /// The name of a node; none of one whose ids were not sent.
    pub(crate) fn of(tree: &Tree, node: NodeId) -> Option<Self> {
        if let Some(id) = tree.subscription_id(node) {
            return Some(Self::Subscription { tenant: tree.uuid(tree.parent(node)?)?, id });
        }
        let level = Level::ALL.into_iter().find(|level| level.kind() == tree.kind(node))?;
        Some(Self::Entity(Entity { level, uuid: tree.uuid(node)? }))
    }

    /// The one node of this name.
    pub fn find(self, members: &Members) -> Option<NodeId> {
        match self {
            Self::Entity(entity) => members.place(entity),
            Self::Subscription { tenant, id } => members.node(Asked::Subscription { tenant, id }),
        }
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(entity) => write!(f, "{}:{}", entity.level.word(), entity.uuid),
            Self::Subscription { tenant, id } => write!(f, "subscription:{tenant}:{id}"),
        }
    }
}
