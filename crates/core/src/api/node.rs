//! One node as JSON.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Estate, NodeName};
use crate::estate::{Measure, Meter, NodeId, Tree};
use crate::insight::Marks;

/// A node without anything of what stands above the opened part.
#[derive(Serialize)]
pub(super) struct Node<'a> {
    id: Option<String>,
    /// Of the node above; null at the top of what the token opens.
    parent: Option<String>,
    level: u8,
    kind: &'static str,
    name: &'a str,
    licenses: Licenses<'a>,
    findings: Findings,
}

impl<'a> Node<'a> {
    /// `top` is the node that the token opens.
    pub(super) fn of(estate: &'a Estate, node: NodeId, top: NodeId) -> Self {
        let tree = estate.members.tree();
        let above = (node != top).then(|| tree.parent(node)).flatten().filter(|above| *above != 0);
        let name = |node| NodeName::of(tree, node).map(|name| name.to_string());
        // The connection is no node of the platform's.
        let top_depth = tree.depth(top).max(1);
        Self {
            id: name(node),
            parent: above.and_then(name),
            level: tree.depth(node).saturating_sub(top_depth),
            kind: tree.kind(node).word(),
            name: tree.name(node),
            licenses: Licenses { tree, node },
            findings: Findings(estate.survey.marks(node)),
        }
    }
}

struct Findings(Marks);

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().map(crate::insight::Mark::key))
    }
}

/// Its licenses by the upstream's own keys, each that occurs in the tree.
struct Licenses<'a> {
    tree: &'a Tree,
    node: NodeId,
}

impl Serialize for Licenses<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (meter, key) in self.tree.meters() {
            if Measure::ALL.iter().any(|measure| self.tree.is_used(meter, *measure)) {
                map.serialize_entry(key, &License { tree: self.tree, node: self.node, meter })?;
            }
        }
        map.end()
    }
}

struct License<'a> {
    tree: &'a Tree,
    node: NodeId,
    meter: Meter,
}

impl Serialize for License<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let reading = self.tree.reading(self.node, self.meter);
        let used = |measure| self.tree.is_used(self.meter, measure);
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("assigned", &reading.assigned.get())?;
        if used(Measure::InUse) {
            map.serialize_entry("in_use", &reading.in_use.get())?;
            map.serialize_entry("available", &reading.available().get())?;
        }
        if used(Measure::Users) {
            map.serialize_entry("users", &reading.users.get())?;
        }
        if used(Measure::ResourceAccounts) {
            map.serialize_entry("resource_accounts", &reading.resource_accounts.get())?;
        }
        map.end()
    }
}
