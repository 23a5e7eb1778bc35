//! The address of a node within its connection, for links that last longer than a page.

use std::fmt;
use std::str::FromStr;

use crate::estate::{Kind, NodeId, Tree, Uuid};

/// What finds a node again when its tree is read another time: its kind and its id.
///
/// As text: `tenant:UUID`, `subscription:118`; a license type has no id and goes by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    kind: Kind,
    id: Id,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Id {
    /// The connection itself.
    None,
    Uuid(Uuid),
    Subscription(u64),
    Name(String),
}

impl Address {
    /// The address of a node.
    pub fn of(tree: &Tree, node: NodeId) -> Self {
        let kind = tree.kind(node);
        let id = match (kind, tree.uuid(node), tree.subscription_id(node)) {
            (Kind::Connection, ..) => Id::None,
            (_, Some(uuid), _) => Id::Uuid(uuid),
            (_, None, Some(id)) => Id::Subscription(id),
            (_, None, None) => Id::Name(tree.name(node).to_owned()),
        };
        Self { kind, id }
    }

    /// The node it leads to; none when the tree does not have it, or not yet.
    pub fn find(&self, tree: &Tree) -> Option<NodeId> {
        if self.kind == Kind::Connection {
            return Some(0);
        }
        let mut nodes = (1..).take(tree.len().saturating_sub(1));
        nodes.find(|&node| {
            tree.kind(node) == self.kind
                && match &self.id {
                    Id::None => false,
                    Id::Uuid(uuid) => tree.uuid(node) == Some(*uuid),
                    Id::Subscription(id) => tree.subscription_id(node) == Some(*id),
                    Id::Name(name) => tree.name(node) == name,
                }
        })
    }
}

/// A kind as an address has it.
pub(super) fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::LicenseType => "license-type",
        other => other.word(),
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(word(self.kind))?;
        match &self.id {
            Id::None => Ok(()),
            Id::Uuid(uuid) => write!(f, ":{uuid}"),
            Id::Subscription(id) => write!(f, ":{id}"),
            Id::Name(name) => write!(f, ":{name}"),
        }
    }
}

/// A text that is no address of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let (kind, id) = text.split_once(':').unwrap_or((text, ""));
        let kind = Kind::ALL.into_iter().find(|known| word(*known) == kind).ok_or(NoAddress)?;
        let id = match kind {
            Kind::Connection => Id::None,
            Kind::Subscription => match id.parse() {
                Ok(id) => Id::Subscription(id),
                Err(_) => Id::Name(id.to_owned()),
            },
            _ => Uuid::parse(id).map_or_else(|| Id::Name(id.to_owned()), Id::Uuid),
        };
        Ok(Self { kind, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_node() {
        let mut tree = Tree::new("Netaxis");
        let group = tree.append(0, Kind::Group);
        tree.set_uuid(group, Uuid::from_u128(7));
        let unnamed = tree.append(group, Kind::Tenant);
        let tenant = tree.append(group, Kind::Tenant);
        tree.set_uuid(tenant, Uuid::from_u128(8));
        let subscription = tree.append(tenant, Kind::Subscription);
        tree.set_subscription_id(subscription, 118);
        let license = tree.append(0, Kind::LicenseType);
        tree.set_name(license, "Enhanced Plus: 2");
        for node in [0, group, unnamed, tenant, subscription, license] {
            let text = Address::of(&tree, node).to_string();
            assert_eq!(text.parse::<Address>().map(|address| address.find(&tree)), Ok(Some(node)));
        }
        assert_eq!(Address::of(&tree, subscription).to_string(), "subscription:118");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        let tree = Tree::new("Netaxis");
        let find = |text: &str| text.parse::<Address>().map(|address| address.find(&tree));
        assert_eq!(find("subscription:1"), Ok(None));
        assert_eq!(find("tenant:00000000-0000-0000-0000-000000000001"), Ok(None));
        assert_eq!(find("planet:1"), Err(NoAddress));
        assert_eq!(find(""), Err(NoAddress));
    }
}
