//! The nodes of an estate in the order of their keys.

use super::Key;
use crate::api::{Estate, NodeName};
use crate::estate::NodeId;

/// Every node that can be told from all others. One that the platform sent without an id, or whose
/// id stands in two places, has no history: which of them would it be?
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) nodes: Vec<(Key, NodeId)>,
    /// How many nodes are not in it.
    pub(super) left_out: usize,
}

impl Listing {
    pub(super) fn of(estate: &Estate) -> Self {
        let tree = estate.members().tree();
        let all = 1..tree.end(0);
        let count = all.len();
        let mut nodes: Vec<(Key, NodeId)> =
            all.filter_map(|node| Some((key(estate, node)?, node))).collect();
        nodes.sort_unstable();
        let twice: Vec<Key> =
            nodes.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0).collect();
        if !twice.is_empty() {
            nodes.retain(|(key, _)| twice.binary_search(key).is_err());
        }
        let left_out = count - nodes.len();
        Self { nodes, left_out }
    }
}

fn key(estate: &Estate, node: NodeId) -> Option<Key> {
    let members = estate.members();
    let name = NodeName::of(members.tree(), node)?;
    let owner = match name {
        NodeName::Entity(entity) => members.place(entity) == Some(node),
        NodeName::Subscription { .. } => {
            let tenant = members.tree().parent(node)?;
            let NodeName::Entity(entity) = NodeName::of(members.tree(), tenant)? else {
                return None;
            };
            members.place(entity) == Some(tenant)
        }
    };
    owner.then(|| Key::of(name))
}
