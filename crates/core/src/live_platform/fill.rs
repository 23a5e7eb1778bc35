//! Services as nodes of the estate.

use crate::estate::{Kind, NodeId, Tree};

use super::{Customer, ServiceLicense};

/// Appends one service per customer below the connection and returns their nodes, in order.
///
/// They have no figures yet: the list's counts are neither the acquired nor the licensed of
/// [`ServiceLicense`], so [`set_license`] brings both.
pub fn fill(tree: &mut Tree, customers: &[Customer]) -> Vec<NodeId> {
    customers
        .iter()
        .map(|customer| {
            let node = tree.append(0, Kind::Service);
            tree.set_name(node, &customer.display_name());
            if let Some(guid) = customer.guid {
                tree.set_uuid(node, guid);
            }
            node
        })
        .collect()
}

/// Sets a service's meter: acquired as assigned, licensed as in use.
pub fn set_license(tree: &mut Tree, node: NodeId, license: &ServiceLicense) {
    license.write_to(tree, node);
}
