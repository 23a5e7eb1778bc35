//! The visible rows of the estate: expand and collapse are splices of a flat list.

mod arrange;
mod carry;
mod expand;
mod kinds;
mod named;
mod tree_rows;

use std::ops::Range;

pub use self::arrange::LEAF_KINDS;
pub(super) use self::tree_rows::TreeRows;

use self::kinds::KindSet;
use super::Bits;
use super::expansion::Usually;
use super::siblings::Siblings;
use super::sort::Sort;
use crate::estate::{Estate, NodeId, NodeRef};

/// Finds the matches of a filter among some nodes of a tree.
pub type Find<'a> = &'a dyn Fn(u16, Range<NodeId>, &mut Bits);

/// How much a node needs to be looked at; asked only while sorting by that.
pub type Severity<'a> = &'a dyn Fn(u16, NodeId) -> u8;

/// The rows of the whole estate: in tree order, sorted, filtered, or as a list without hierarchy.
///
/// Asking for a row costs next to nothing; expanding and collapsing cost as much as the rows they
/// show or hide. While a reply arrives, [`follow`](Self::follow) adds what is new without moving
/// what is above it; sorted rows are redone by [`resort`](Self::resort).
///
/// Rows and estate belong together: who takes a tree out of the estate or puts another in its place
/// says so by [`remove`](Self::remove), [`carry_over`](Self::carry_over) or
/// [`forget`](Self::forget).
#[derive(Debug, Default)]
pub struct Rows {
    trees: Vec<TreeRows>,
    /// The kinds listed without their hierarchy.
    flat: Option<KindSet>,
    sort: Option<Sort>,
    /// The rows of all trees, where they are sorted without hierarchy.
    merged: Option<Vec<NodeRef>>,
    usually: Usually,
    /// What is open in a filtered tree, while there is a filter.
    narrowed: Option<Usually>,
    stale: bool,
    revision: u64,
    siblings: Siblings,
}

impl Rows {
    /// No rows yet; nodes less than `open_above` levels below their connection will be open.
    pub fn new(open_above: u8) -> Self {
        Self { usually: Usually::Shallower(open_above.into()), ..Self::default() }
    }

    pub fn len(&self) -> usize {
        match &self.merged {
            Some(rows) => rows.len(),
            None => self.trees.iter().map(|rows| rows.visible.len()).sum(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, row: usize) -> Option<NodeRef> {
        if let Some(rows) = &self.merged {
            return rows.get(row).copied();
        }
        let (tree, place) = self.locate(row)?;
        let node = *self.trees[usize::from(tree)].visible.get(place)?;
        Some(NodeRef { tree, node })
    }

    /// The nodes of a tree that have a row, in no particular order.
    pub fn shown_of(&self, tree: u16) -> impl Iterator<Item = NodeId> + '_ {
        let merged = self.merged.iter().flatten().filter(move |row| row.tree == tree);
        let own = self.trees.get(usize::from(tree)).into_iter().flat_map(|rows| &rows.visible);
        merged.map(|row| row.node).chain(own.copied())
    }

    /// The row of a node; none while it is hidden.
    pub fn row_of(&self, node: NodeRef) -> Option<usize> {
        if let Some(rows) = &self.merged {
            return rows.iter().position(|&row| row == node);
        }
        let place = self.trees.get(usize::from(node.tree))?.find(node.node)?;
        Some(self.start(node.tree) + place)
    }

    /// The row of a row's parent; none in a list without hierarchy.
    pub fn parent_row(&self, estate: &Estate, row: usize) -> Option<usize> {
        let of = self.get(row).filter(|_| self.flat.is_none())?;
        let node = estate.tree(of.tree)?.parent(of.node)?;
        self.row_of(NodeRef { node, ..of })
    }

    /// The level of a row, from 1.
    pub fn level(&self, estate: &Estate, row: usize) -> u8 {
        let tree = self.get(row).filter(|_| self.flat.is_none());
        let depth = tree.and_then(|at| Some(estate.tree(at.tree)?.depth(at.node)));
        depth.unwrap_or(0).saturating_add(1)
    }

    /// A row's place among its siblings that are shown, from 1, and how many of them there are.
    pub fn place_among_siblings(&self, estate: &Estate, row: usize) -> (usize, usize) {
        if self.flat.is_some() {
            return (row + 1, self.len());
        }
        let Some(at) = self.get(row) else { return (1, 1) };
        let Some(tree) = estate.tree(at.tree) else { return (1, 1) };
        let index = usize::from(at.tree);
        let Some(node) = tree.parent(at.node) else {
            let shown = |rows: &[TreeRows]| rows.iter().filter(|r| !r.visible.is_empty()).count();
            return (shown(&self.trees[..=index]), shown(&self.trees));
        };
        self.siblings.place(tree, &self.trees[index], NodeRef { node, ..at }, at.node)
    }

    /// A number that is another one whenever rows were added, taken out, or moved.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether nodes came that sorted rows do not show before they are sorted again.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// How many nodes match the filter, shown or not; 0 without one.
    pub fn matches(&self) -> usize {
        self.trees.iter().map(TreeRows::matches).sum()
    }

    /// Shows the nodes that came since the last call, in every tree. Rows that a filter narrows
    /// need `find`, or the new nodes wait. Sorted rows only become [stale](Self::is_stale).
    pub fn follow(&mut self, estate: &Estate, find: Option<Find>) {
        self.meet(estate);
        let mut changed = false;
        for (index, (rows, tree)) in (0..).zip(self.trees.iter_mut().zip(estate.trees())) {
            if let Some(find) = find {
                rows.look(tree, |nodes, matches| find(index, nodes, matches));
            }
            if self.sort.is_some() {
                self.stale |= rows.lags(tree);
            } else {
                changed |= rows.follow(tree, self.flat);
            }
        }
        if changed {
            self.revision += 1;
            // Without a filter, siblings come behind those that were counted.
            if self.narrowed.is_some() {
                self.siblings.clear();
            }
        }
    }

    /// Starts a tree anew after its reply was thrown away.
    pub fn forget(&mut self, index: u16) {
        if let Some(rows) = self.trees.get_mut(usize::from(index)) {
            *rows = TreeRows::new(self.usually, self.narrowed);
            if let Some(rows) = &mut self.merged {
                rows.retain(|row| row.tree != index);
            }
            self.changed();
        }
    }

    /// Takes a tree's rows out; the trees after it move up by one, as in the estate.
    pub fn remove(&mut self, index: u16) {
        if usize::from(index) >= self.trees.len() {
            return;
        }
        self.forget(index);
        self.trees.remove(usize::from(index));
        for row in self.merged.iter_mut().flatten().filter(|row| row.tree > index) {
            row.tree -= 1;
        }
    }

    /// Makes room for trees that came.
    fn meet(&mut self, estate: &Estate) {
        let new = || TreeRows::new(self.usually, self.narrowed);
        self.trees.resize_with(self.trees.len().max(estate.trees().len()), new);
    }

    fn changed(&mut self) {
        self.siblings.clear();
        self.revision += 1;
    }

    /// The first row of a tree.
    fn start(&self, tree: u16) -> usize {
        self.trees.iter().take(usize::from(tree)).map(|rows| rows.visible.len()).sum()
    }

    /// The tree of a row, and its place there.
    fn locate(&self, row: usize) -> Option<(u16, usize)> {
        let mut place = row;
        for (index, rows) in (0..).zip(&self.trees) {
            match place.checked_sub(rows.visible.len()) {
                None => return Some((index, place)),
                Some(rest) => place = rest,
            }
        }
        None
    }
}
