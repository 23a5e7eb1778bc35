//! What partners bill nodes under; few nodes have it, and only when asked for.

use std::collections::BTreeMap;

use super::{NodeId, Tree};

/// Billing ids by node.
pub(super) type BillingIds = BTreeMap<NodeId, Box<str>>;

/// What they take of the memory; a map does not tell its own share, which is an estimate.
pub(super) fn allocated_bytes(ids: &BillingIds) -> usize {
    let each = 2 * size_of::<(NodeId, Box<str>)>();
    ids.values().map(|id| each + id.len()).sum()
}

impl Tree {
    /// Sets what the partner bills a node under; empty text takes it away.
    pub fn set_billing_id(&mut self, node: NodeId, id: &str) {
        if id.is_empty() || !self.contains(node) {
            self.billing.remove(&node);
        } else {
            self.billing.insert(node, id.into());
        }
    }

    /// What the partner bills a node under; none where the upstream gave none, or was not asked.
    pub fn billing_id(&self, node: NodeId) -> Option<&str> {
        self.billing.get(&node).map(AsRef::as_ref)
    }

    /// Whether any node has one.
    pub fn has_billing_ids(&self) -> bool {
        !self.billing.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use crate::estate::Kind;

    #[test]
    fn nodes_have_no_billing_id_until_one_is_set() {
        let mut tree = Tree::new("Netaxis");
        let tenant = tree.append(0, Kind::Tenant);
        assert_eq!((tree.billing_id(tenant), tree.has_billing_ids()), (None, false));
        tree.set_billing_id(tenant, "C-17");
        tree.set_billing_id(99, "no such node");
        assert_eq!((tree.billing_id(tenant), tree.billing_id(99)), (Some("C-17"), None));
        tree.set_billing_id(tenant, "");
        assert!(!tree.has_billing_ids());
    }
}
