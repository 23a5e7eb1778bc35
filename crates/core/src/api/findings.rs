//! What a person should look at, as JSON.

use serde::Serialize;
use serde_json::{Value, json};

use super::{Estate, NodeName};
use crate::estate::{Meter, NodeId};
use crate::insight::NodeFinding;

#[derive(Serialize)]
pub(super) struct Found<'a> {
    node: Option<String>,
    kind: &'static str,
    name: &'a str,
    findings: Vec<Value>,
}

/// The findings of a node; none where there are none.
pub(super) fn of(estate: &Estate, node: NodeId) -> Option<Found<'_>> {
    if estate.survey.marks(node).is_empty() {
        return None;
    }
    let tree = estate.members.tree();
    let key = |meter: Meter| tree.meters().find(|(other, _)| *other == meter).map(|(_, key)| key);
    let told = |finding: NodeFinding| {
        let word = finding.mark().key();
        match finding {
            NodeFinding::Over { meter, assigned, in_use }
            | NodeFinding::Near { meter, assigned, in_use } => {
                json!({ "finding": word, "license": key(meter), "assigned": assigned, "in_use": in_use })
            }
            NodeFinding::Idle { meter, assigned } => {
                json!({ "finding": word, "license": key(meter), "assigned": assigned, "in_use": 0 })
            }
            NodeFinding::Sum(sum) => json!({
                "finding": word, "license": key(sum.meter), "figure": sum.measure.word(),
                "rule": sum.identity.word(), "expected": sum.expected, "found": sum.found,
            }),
            NodeFinding::Stale | NodeFinding::Failed => json!({ "finding": word }),
        }
    };
    let findings = estate.survey.findings(tree, node).into_iter().map(told).collect();
    let name = NodeName::of(tree, node).map(|name| name.to_string());
    Some(Found { node: name, kind: tree.kind(node).word(), name: tree.name(node), findings })
}
