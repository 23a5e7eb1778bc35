//! Required licenses as nodes of the estate.

use crate::estate::{Figure, Kind, Measure, Meter, NodeId, Tree};

use super::sql::LicenseTotal;
use super::{LicenseType, UserTable};

/// Appends one node per license type below the connection, the least type first, with what is
/// required as in use. Nothing is assigned: what is owned is not in AXL.
pub fn fill(tree: &mut Tree, users: &UserTable) -> Vec<NodeId> {
    users.required().iter().map(|(of, total)| append(tree, of, *total)).collect()
}

/// As [`fill`], with the cluster's own totals in the order they came.
pub fn fill_totals(tree: &mut Tree, totals: &[LicenseTotal]) -> Vec<NodeId> {
    let mut nodes = Vec::with_capacity(totals.len());
    for row in totals {
        let license_type = row.license_type.as_ref().unwrap_or(&LicenseType::Unnamed);
        nodes.push(append(tree, license_type, row.total));
    }
    nodes
}

fn append(tree: &mut Tree, license_type: &LicenseType, total: Figure) -> NodeId {
    let node = tree.append(0, Kind::LicenseType);
    tree.set_name(node, license_type.name());
    tree.set_figure(node, Meter::REQUIRED, Measure::InUse, total);
    node
}
