//! What a tree takes of the memory.

use super::super::{Measure, room};
use super::{Column, Node, Tree, billing};

/// What a tree takes of the memory, used or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllocatedBytes {
    pub names: usize,
    /// Structure, ids, figures and billing ids.
    pub rest: usize,
}

impl Tree {
    /// Makes room, once, for as many nodes and bytes of names as there will be in all. A column that
    /// grows step by step leaves every step behind as a hole, which WebAssembly never gives back.
    ///
    /// A hint: more than that may come, and less; [`fit`](Self::fit) gives back what was too much.
    /// Only figures that some node has already are provided for.
    pub fn expect(&mut self, nodes: usize, name_bytes: usize) {
        room::expect(&mut self.nodes, nodes);
        room::expect(&mut self.ids, nodes);
        room::expect_str(&mut self.names, name_bytes);
        for column in self.figures.iter_mut().flatten().filter(|column| column.len() > 0) {
            column.expect(nodes);
        }
    }

    /// Gives back what was taken in advance, once everything arrived.
    pub fn fit(&mut self) {
        self.nodes.shrink_to_fit();
        self.names.shrink_to_fit();
        self.ids.shrink_to_fit();
        for column in self.figures.iter_mut().flatten() {
            column.fit();
        }
    }

    /// What the tree takes of the memory, used or not.
    pub fn allocated_bytes(&self) -> AllocatedBytes {
        let figures = self.figures.iter().flatten().map(Column::allocated_bytes).sum::<usize>();
        let keys = self.keys.iter().map(|key| key.capacity() + size_of::<String>()).sum::<usize>();
        let rest = size_of::<Self>()
            + self.nodes.capacity() * size_of::<Node>()
            + self.ids.capacity() * size_of::<u128>()
            + figures
            + keys
            + self.figures.capacity() * size_of::<[Column; Measure::COUNT]>()
            + billing::allocated_bytes(&self.billing);
        AllocatedBytes { names: self.names.capacity(), rest }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::estate::{Figure, Kind, Meter, Uuid};

    /// What becomes of a tree: a node more, or a hint.
    #[derive(Clone, Debug)]
    enum Step {
        Append { up: usize, name: String, assigned: Option<i64>, in_use: Option<i64> },
        Expect { nodes: usize, name_bytes: usize },
    }

    fn step() -> impl Strategy<Value = Step> {
        let figure = || prop_oneof![Just(None), (0_i64..9).prop_map(Some), Just(Some(i64::MAX))];
        let hint = || prop_oneof![0_usize..300, Just(usize::MAX), Just(isize::MAX.unsigned_abs())];
        prop_oneof![
            4 => (0_usize..4, "\\PC{0,8}", figure(), figure()).prop_map(
                |(up, name, assigned, in_use)| Step::Append { up, name, assigned, in_use }
            ),
            1 => (hint(), hint()).prop_map(
                |(nodes, name_bytes)| Step::Expect { nodes, name_bytes }
            ),
        ]
    }

    fn build(steps: &[Step], with_hints: bool) -> Tree {
        let mut tree = Tree::new("Netaxis");
        let mut last = 0;
        for (id, step) in (1..).zip(steps) {
            match step {
                Step::Append { up, name, assigned, in_use } => {
                    let above = std::iter::successors(Some(last), |&node| tree.parent(node));
                    let parent = above.take(up + 1).last().unwrap();
                    last = tree.append(parent, Kind::Tenant);
                    tree.set_name(last, name);
                    tree.set_uuid(last, Uuid::from_u128(id));
                    for (measure, figure) in
                        [(Measure::Assigned, assigned), (Measure::InUse, in_use)]
                    {
                        tree.set_figure(last, Meter::TEAMS_USERS, measure, Figure::from(*figure));
                    }
                }
                Step::Expect { nodes, name_bytes } => {
                    if with_hints {
                        tree.expect(*nodes, *name_bytes);
                    }
                }
            }
        }
        tree
    }

    fn dump(tree: &Tree) -> Vec<String> {
        let nodes = 0..tree.end(0);
        let node = |node| {
            let place = (tree.parent(node), tree.depth(node), tree.end(node));
            let reading = tree.reading(node, Meter::TEAMS_USERS);
            format!("{place:?} {:?} {:?} {reading:?}", tree.name(node), tree.uuid(node))
        };
        nodes.map(node).collect()
    }

    proptest! {
        #[test]
        fn a_tree_with_any_hints_is_the_tree_without(
            steps in prop::collection::vec(step(), 0..200),
        ) {
            let (mut hinted, mut plain) = (build(&steps, true), build(&steps, false));
            prop_assert_eq!(dump(&hinted), dump(&plain));
            hinted.fit();
            plain.fit();
            prop_assert_eq!(dump(&hinted), dump(&plain));
            prop_assert_eq!(hinted.allocated_bytes(), plain.allocated_bytes());
        }
    }

    #[test]
    fn what_was_expected_comes_without_taking_more() {
        let add = |tree: &mut Tree| {
            let node = tree.append(0, Kind::Tenant);
            tree.set_name(node, "tenant");
            tree.set_figure(node, Meter::SIP_CHANNELS, Measure::Assigned, Figure::known(1));
        };
        let mut tree = Tree::new("Netaxis");
        add(&mut tree);
        tree.expect(10_000, 60_100);
        let taken = tree.allocated_bytes();
        while tree.len() < 10_000 {
            add(&mut tree);
        }
        assert_eq!(tree.allocated_bytes(), taken);
        tree.expect(100, 100);
        assert_eq!(tree.allocated_bytes(), taken);
        // Growing by half goes on from there.
        add(&mut tree);
        let rest = tree.allocated_bytes().rest;
        assert!((taken.rest * 5 / 4..taken.rest * 2).contains(&rest), "{} {rest}", taken.rest);
        assert_eq!(tree.allocated_bytes().names, taken.names);
        tree.fit();
        assert!(tree.allocated_bytes().rest <= taken.rest + 64);
    }
}
