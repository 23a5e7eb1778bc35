//! Nodes as a host page names them: the ids of the edge's API.

use seatree_core::estate::{Kind, NodeId, NodeRef, Tree, Uuid};
use seatree_core::view::Address;

/// `tenant:UUID`; of a subscription `subscription:TENANT-UUID:NUMBER`, or its number alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NodeName {
    address: Address,
    tenant: Option<Uuid>,
}

impl NodeName {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let of_tenant = text.strip_prefix("subscription:").and_then(|rest| rest.split_once(':'));
        let (address, tenant) = match of_tenant {
            Some((tenant, number)) => {
                (format!("subscription:{number}"), Some(Uuid::parse(tenant)?))
            }
            None => (text.to_owned(), None),
        };
        Some(Self { address: address.parse().ok()?, tenant })
    }

    /// The node of this name; none when the tree does not have it, or not yet.
    pub(super) fn find(&self, tree: &Tree) -> Option<NodeId> {
        let Some(tenant) = self.tenant else { return self.address.find(tree) };
        let tenant = tree.find(Kind::Tenant, tenant)?;
        tree.children(tenant).find(|node| name(tree, *node) == Some(self.text()))
    }

    fn text(&self) -> String {
        let text = self.address.to_string();
        match (self.tenant, text.split_once(':')) {
            (Some(tenant), Some((kind, number))) => format!("{kind}:{tenant}:{number}"),
            _ => text,
        }
    }
}

/// The name of a node; none for what stands above all that the upstream sent.
pub(super) fn name(tree: &Tree, node: NodeId) -> Option<String> {
    if tree.kind(node) == Kind::Connection {
        return None;
    }
    let tenant = tree.parent(node).and_then(|above| tree.uuid(above));
    match (tree.subscription_id(node), tenant) {
        (Some(number), Some(tenant)) => Some(format!("subscription:{tenant}:{number}")),
        _ => Some(Address::of(tree, node).to_string()),
    }
}

/// Where a node stands in the only tree that an element has.
pub(super) fn at(node: NodeId) -> NodeRef {
    NodeRef { tree: 0, node }
}
