//! What a row is known by while connections come, go, and are read again.

use seatree_core::estate::{NodeId, NodeRef, Tree};

use super::forest::Forest;

/// A node's identity: it means the same node for as long as the page is open, wherever it moved to.
pub(super) type NodeKey = u64;

/// Which reading each tree is of.
#[derive(Default)]
pub(super) struct Identities {
    readings: Vec<Reading>,
    last: u32,
}

/// One reading of a connection.
struct Reading {
    number: u32,
    former: Option<Former>,
}

/// The reading before, for those who still hold keys of it: they renew them at the next turn.
struct Former {
    number: u32,
    /// Where the nodes that had a row are now, but for those that are where they were.
    moved: Vec<(NodeId, Option<NodeId>)>,
}

impl Identities {
    pub(super) fn add(&mut self) {
        self.last += 1;
        self.readings.push(Reading { number: self.last, former: None });
    }

    pub(super) fn remove(&mut self, index: u16) {
        self.readings.remove(usize::from(index));
    }

    /// A tree was put in the place of a former one; `nodes` of that are found again.
    pub(super) fn read_again(
        &mut self,
        index: u16,
        former: &Tree,
        tree: &Tree,
        nodes: impl IntoIterator<Item = NodeId>,
    ) {
        let mut moved: Vec<(NodeId, Option<NodeId>)> =
            nodes.into_iter().map(|node| (node, None)).collect();
        moved.sort_unstable();
        for (was, now) in tree.same_nodes(former, moved.iter().map(|(node, _)| *node)) {
            if let Ok(place) = moved.binary_search_by_key(&was, |(node, _)| *node) {
                moved[place].1 = Some(now);
            }
        }
        moved.retain(|(was, now)| *now != Some(*was));
        self.last += 1;
        let number = self.last;
        if let Some(reading) = self.readings.get_mut(usize::from(index)) {
            let former = Former { number: reading.number, moved };
            *reading = Reading { number, former: Some(former) };
        }
    }

    fn key(&self, at: NodeRef) -> NodeKey {
        let number = self.readings.get(usize::from(at.tree)).map_or(0, |reading| reading.number);
        NodeKey::from(number) << 32 | NodeKey::from(at.node)
    }

    #[expect(clippy::cast_possible_truncation, reason = "takes apart what key() put together")]
    fn find(&self, key: NodeKey) -> Option<NodeRef> {
        let (number, node) = ((key >> 32) as u32, key as NodeId);
        (0..).zip(&self.readings).find_map(|(tree, reading)| {
            if reading.number == number {
                return Some(NodeRef { tree, node });
            }
            let former = reading.former.as_ref().filter(|former| former.number == number)?;
            let node = match former.moved.binary_search_by_key(&node, |(was, _)| *was) {
                Ok(place) => former.moved[place].1?,
                Err(_) => node,
            };
            Some(NodeRef { tree, node })
        })
    }
}

impl Forest {
    pub fn key_of(&self, node: NodeRef) -> NodeKey {
        self.identities.key(node)
    }

    /// The node of a key; none when it is not there any more.
    pub fn node_of(&self, key: NodeKey) -> Option<NodeRef> {
        let node = self.identities.find(key)?;
        self.estate.tree(node.tree)?.contains(node.node).then_some(node)
    }
}
