//! The trees of all connections and the rows a person sees of them.

use leptos::prelude::*;
use seatree_core::estate::{Estate, NodeRef, Tree};
use seatree_core::insight::{Finding, check};
use seatree_core::view::Rows;

/// Connections and the first level below them are open as they arrive.
const OPEN_ABOVE: u8 = 2;

/// The estate with its rows; one tree per connection, in the connections' order.
#[derive(Default)]
pub struct Forest {
    ids: Vec<String>,
    pub estate: Estate,
    pub rows: Rows,
    /// Per tree, in the order of its nodes.
    sums: Vec<Vec<Finding>>,
}

impl Forest {
    fn index(&self, connection: &str) -> Option<u16> {
        let index = self.ids.iter().position(|id| id == connection)?;
        u16::try_from(index).ok()
    }

    /// The connection a tree belongs to.
    pub fn connection(&self, tree: u16) -> Option<&str> {
        self.ids.get(usize::from(tree)).map(String::as_str)
    }

    /// Whether a sum at this node does not add up.
    pub fn sum_is_off(&self, at: NodeRef) -> bool {
        let findings = self.sum_findings(at.tree);
        findings.binary_search_by_key(&at.node, |finding| finding.node).is_ok()
    }

    pub fn sum_findings(&self, tree: u16) -> &[Finding] {
        self.sums.get(usize::from(tree)).map_or(&[], Vec::as_slice)
    }

    /// The trees with the connections they belong to.
    pub fn trees(&self) -> impl Iterator<Item = (&str, &Tree)> {
        self.ids.iter().map(String::as_str).zip(self.estate.trees())
    }
}

/// The forest as the pages share it.
#[derive(Clone, Copy)]
pub struct EstateStore {
    forest: RwSignal<Forest>,
}

impl EstateStore {
    pub fn new() -> Self {
        let forest = Forest { rows: Rows::new(OPEN_ABOVE), ..Forest::default() };
        Self { forest: RwSignal::new(forest) }
    }

    /// Looks at the forest; the caller runs again when it changes.
    pub fn with<T>(&self, look: impl FnOnce(&Forest) -> T) -> T {
        self.forest.with(look)
    }

    pub fn with_untracked<T>(&self, look: impl FnOnce(&Forest) -> T) -> T {
        self.forest.with_untracked(look)
    }

    /// Adds a connection that has nothing yet.
    pub fn add(&self, id: &str, name: &str) {
        self.forest.update(|forest| {
            forest.ids.push(id.to_owned());
            forest.estate.add(Tree::new(name));
            forest.sums.push(Vec::new());
            forest.rows.follow(&forest.estate, None);
        });
    }

    pub fn remove(&self, id: &str) {
        self.forest.update(|forest| {
            if let Some(index) = forest.index(id) {
                forest.ids.remove(usize::from(index));
                forest.sums.remove(usize::from(index));
                forest.estate.remove(index);
                forest.rows.remove(index);
            }
        });
    }

    /// Lets a decoder fill a connection's tree, then shows what is new in it.
    pub fn grow<T>(&self, id: &str, fill: impl FnOnce(&mut Tree) -> T) -> Option<T> {
        self.forest.try_update(|forest| {
            let tree = forest.index(id).and_then(|index| forest.estate.tree_mut(index))?;
            let filled = fill(tree);
            forest.rows.follow(&forest.estate, None);
            Some(filled)
        })?
    }

    /// Puts a whole tree in the place of a connection's former one.
    pub fn replace(&self, id: &str, tree: Tree) {
        self.forest.update(|forest| {
            let Some(index) = forest.index(id) else { return };
            if let Some(place) = forest.estate.tree_mut(index) {
                *place = tree;
            }
            forest.rows.forget(index);
            forest.rows.follow(&forest.estate, None);
        });
    }

    /// Whether a connection's tree holds anything below the connection itself.
    pub fn holds_data(&self, id: &str) -> bool {
        self.forest.with_untracked(|forest| {
            forest
                .index(id)
                .and_then(|index| forest.estate.tree(index))
                .is_some_and(|tree| !tree.is_empty())
        })
    }

    /// Checks a connection's sums, once its tree is whole.
    pub fn check_sums(&self, id: &str) {
        self.forest.update(|forest| {
            let Some(index) = forest.index(id) else { return };
            let Some(tree) = forest.estate.tree(index) else { return };
            forest.sums[usize::from(index)] = check(tree).collect();
        });
    }

    pub fn toggle(&self, row: usize) {
        self.forest.update(|forest| forest.rows.toggle(&forest.estate, row));
    }
}
