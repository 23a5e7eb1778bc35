//! Required licenses as nodes of the estate.

use crate::estate::{Kind, Measure, Meter, NodeId, Tree};

use super::UserTable;

/// Appends one node per license type below the connection, the least type first, with what is
/// required as in use. Nothing is assigned: what is owned is not in AXL.
pub fn fill(tree: &mut Tree, users: &UserTable) -> Vec<NodeId> {
    users
        .required()
        .into_iter()
        .map(|(license_type, total)| {
            let node = tree.append(0, Kind::LicenseType);
            tree.set_name(node, license_type.name());
            tree.set_figure(node, Meter::REQUIRED, Measure::InUse, total);
            node
        })
        .collect()
}
