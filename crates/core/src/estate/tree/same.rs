//! Finding nodes again after their connection was read once more.

use std::collections::HashMap;

use super::{NodeId, Tree};
use crate::estate::Kind;

/// No node.
const NONE: NodeId = NodeId::MAX;

/// What makes a node the same one in two trees.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    /// The vendor's id.
    Id(Kind, u128),
    /// What has no id is known by its name below the same parent, told as in the former tree.
    Name(Kind, NodeId, &'a str),
}

/// Why a node is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    No,
    /// Something below it is only known by its parent.
    AsParent,
    Asked,
}

impl Tree {
    /// Where nodes of a former reading of this connection are now: pairs of the former node and
    /// the present one, in the order of this tree. What is not here any more is left out.
    ///
    /// Nodes are the same by kind and id, wherever they moved to; those without an id by kind, name
    /// and parent. The connection is always the same. Of several nodes with one id, which no
    /// upstream should send, it is the one in the same place, or else the first.
    pub fn same_nodes(
        &self,
        former: &Tree,
        nodes: impl IntoIterator<Item = NodeId>,
    ) -> Vec<(NodeId, NodeId)> {
        let mut wanted = Vec::new();
        for node in nodes {
            if wanted.is_empty() {
                wanted.resize(former.len(), Wanted::No);
            }
            want(former, node, &mut wanted);
        }
        if wanted.is_empty() { Vec::new() } else { self.find_again(former, &wanted) }
    }

    fn find_again(&self, former: &Tree, wanted: &[Wanted]) -> Vec<(NodeId, NodeId)> {
        let mut former_of = vec![NONE; self.len()];
        former_of[0] = 0;
        let mut lost = HashMap::new();
        let mut ids = SomeIds::default();
        let looked_for = (0..).zip(wanted).skip(1).filter(|(_, wanted)| **wanted != Wanted::No);
        for (node, _) in looked_for {
            let id = former.ids[node as usize];
            // Most of what is read again is where it was.
            if id != 0 && self.contains(node) && self.key(node, NONE) == former.key(node, NONE) {
                former_of[node as usize] = node;
            } else if let Some(parent) = former.parent(node) {
                ids.insert(id);
                lost.entry(former.key(node, parent)).or_insert(node);
            }
        }
        for node in 1..self.end(0) {
            if lost.is_empty() {
                break;
            }
            let id = self.ids[node as usize];
            let parent = self.parent(node).map_or(NONE, |parent| former_of[parent as usize]);
            let may_be = if id == 0 { parent != NONE } else { ids.may_contain(id) };
            if may_be && former_of[node as usize] == NONE {
                former_of[node as usize] = lost.remove(&self.key(node, parent)).unwrap_or(NONE);
            }
        }
        let asked = |&(former, _): &(NodeId, NodeId)| {
            former != NONE && wanted[former as usize] == Wanted::Asked
        };
        former_of.into_iter().zip(0..).filter(asked).collect()
    }

    fn key(&self, node: NodeId, former_parent: NodeId) -> Key<'_> {
        let kind = self.kind(node);
        match self.ids[node as usize] {
            0 => Key::Name(kind, former_parent, self.name(node)),
            id => Key::Id(kind, id),
        }
    }
}

/// Looks for a node, and for the parents it cannot be known without.
fn want(former: &Tree, node: NodeId, wanted: &mut [Wanted]) {
    let Some(place) = wanted.get_mut(node as usize) else { return };
    let was = std::mem::replace(place, Wanted::Asked);
    let mut below = (was == Wanted::No).then_some(node);
    while let Some(node) = below.take() {
        let parent = former.parent(node).filter(|_| former.ids[node as usize] == 0);
        let Some(parent) = parent else { return };
        if wanted[parent as usize] == Wanted::No {
            wanted[parent as usize] = Wanted::AsParent;
            below = Some(parent);
        }
    }
}

/// A few bits of each id, which tell in no time that most nodes of a tree are not looked for.
struct SomeIds(Vec<u64>);

impl Default for SomeIds {
    fn default() -> Self {
        Self(vec![0; 1 << 10])
    }
}

impl SomeIds {
    fn insert(&mut self, id: u128) {
        let (word, bit) = Self::place(id);
        self.0[word] |= bit;
    }

    fn may_contain(&self, id: u128) -> bool {
        let (word, bit) = Self::place(id);
        self.0[word] & bit != 0
    }

    #[expect(clippy::cast_possible_truncation, reason = "all halves are in it")]
    fn place(id: u128) -> (usize, u64) {
        let mixed = (id as u64 ^ (id >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 48;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::Uuid;

    fn entity(tree: &mut Tree, parent: NodeId, kind: Kind, id: u128) -> NodeId {
        let node = tree.append(parent, kind);
        tree.set_uuid(node, Uuid::from_u128(id));
        node
    }

    fn named(tree: &mut Tree, parent: NodeId, name: &str) -> NodeId {
        let node = tree.append(parent, Kind::LicenseType);
        tree.set_name(node, name);
        node
    }

    #[test]
    fn an_entity_is_found_wherever_it_moved_to_and_under_whatever_name() {
        let mut former = Tree::new("Netaxis");
        let group = entity(&mut former, 0, Kind::Group, 1);
        let reseller = entity(&mut former, group, Kind::Reseller, 2);
        let tenant = entity(&mut former, reseller, Kind::Tenant, 3);
        let gone = entity(&mut former, reseller, Kind::Tenant, 4);

        let mut new = Tree::new("Netaxis, renamed");
        let new_group = entity(&mut new, 0, Kind::Group, 1);
        let other_kind = entity(&mut new, new_group, Kind::Distributor, 3);
        let moved = entity(&mut new, other_kind, Kind::Tenant, 3);
        new.set_name(moved, "Another name");

        let found = new.same_nodes(&former, [gone, tenant, reseller, 0, 99]);
        assert_eq!(found, [(0, 0), (tenant, moved)]);
    }

    #[test]
    fn what_has_no_id_is_known_by_its_name_below_the_same_parent() {
        let mut former = Tree::new("Berlin");
        let first = entity(&mut former, 0, Kind::Tenant, 1);
        let of_first = named(&mut former, first, "Basic");
        let below = named(&mut former, of_first, "Deeper");
        let second = entity(&mut former, 0, Kind::Tenant, 2);
        let of_second = named(&mut former, second, "Basic");
        let gone = named(&mut former, second, "Enhanced");

        let mut new = Tree::new("Berlin");
        let new_second = entity(&mut new, 0, Kind::Tenant, 2);
        named(&mut new, new_second, "Essential");
        let new_of_second = named(&mut new, new_second, "Basic");
        named(&mut new, new_second, "Basic");
        let new_first = entity(&mut new, 0, Kind::Tenant, 1);
        let new_of_first = named(&mut new, new_first, "Basic");
        let new_below = named(&mut new, new_of_first, "Deeper");

        assert_eq!(
            new.same_nodes(&former, [below, of_second, gone]),
            [(of_second, new_of_second), (below, new_below)]
        );
        assert_eq!(new.same_nodes(&former, [of_first]), [(of_first, new_of_first)]);
    }

    #[test]
    fn of_several_nodes_with_one_id_the_one_in_the_same_place_counts() {
        let mut former = Tree::new("Netaxis");
        let [first, second] = [7, 7].map(|id| entity(&mut former, 0, Kind::Tenant, id));
        let mut new = Tree::new("Netaxis");
        for id in [7, 7] {
            entity(&mut new, 0, Kind::Tenant, id);
        }
        assert_eq!(new.same_nodes(&former, [second]), [(second, second)]);
        assert_eq!(new.same_nodes(&former, [second, first]), [(first, first), (second, second)]);

        let mut moved = Tree::new("Netaxis");
        for id in [1, 2, 7, 7] {
            entity(&mut moved, 0, Kind::Tenant, id);
        }
        assert_eq!(moved.same_nodes(&former, [second]), [(second, 3)]);
    }
}
