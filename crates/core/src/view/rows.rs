//! The visible rows of the estate: expand and collapse are splices of a flat list.

use super::expansion::Expansion;
use crate::estate::{Estate, NodeId, NodeRef, Tree};

/// The rows of the whole estate, in tree order.
///
/// Asking for a row costs nothing; expanding and collapsing cost as much as the rows they show or
/// hide. While a reply arrives, [`follow`](Self::follow) adds what is new without moving what is
/// above it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    visible: Vec<NodeRef>,
    trees: Vec<TreeRows>,
    open_above: u8,
}

#[derive(Clone, Debug)]
struct TreeRows {
    expansion: Expansion,
    /// Rows of this tree among the visible ones.
    shown: usize,
    /// Nodes of this tree already looked at.
    seen: usize,
}

impl Rows {
    /// No rows yet; nodes less than `open_above` levels below their connection will be open.
    pub fn new(open_above: u8) -> Self {
        Self { open_above, ..Self::default() }
    }

    pub fn len(&self) -> usize {
        self.visible.len()
    }

    pub fn is_empty(&self) -> bool {
        self.visible.is_empty()
    }

    pub fn get(&self, row: usize) -> Option<NodeRef> {
        self.visible.get(row).copied()
    }

    /// The row of a row's parent.
    pub fn parent_row(&self, estate: &Estate, row: usize) -> Option<usize> {
        let of = self.get(row)?;
        let parent = estate.tree(of.tree)?.parent(of.node)?;
        let above = self.visible.get(..row)?;
        above.iter().rposition(|&shown| shown == NodeRef { tree: of.tree, node: parent })
    }

    pub fn is_open(&self, estate: &Estate, node: NodeRef) -> bool {
        match (estate.tree(node.tree), self.trees.get(usize::from(node.tree))) {
            (Some(tree), Some(rows)) => {
                tree.has_children(node.node) && rows.expansion.is_open(tree, node.node)
            }
            _ => false,
        }
    }

    /// Shows the nodes that came since the last call, in every tree.
    pub fn follow(&mut self, estate: &Estate) {
        let mut end = 0;
        for (index, tree) in (0u16..).zip(estate.trees()) {
            if self.trees.len() <= usize::from(index) {
                let expansion = Expansion::new(self.open_above);
                self.trees.push(TreeRows { expansion, shown: 0, seen: 0 });
            }
            let rows = &mut self.trees[usize::from(index)];
            end += rows.shown;
            if rows.seen < tree.len() {
                let open = |node| rows.expansion.is_open(tree, node);
                let fresh: Vec<NodeRef> = (0..)
                    .take(tree.len())
                    .skip(rows.seen)
                    .filter(|&node| tree.all_above(node, open))
                    .map(|node| NodeRef { tree: index, node })
                    .collect();
                rows.seen = tree.len();
                rows.shown += fresh.len();
                let count = fresh.len();
                self.visible.splice(end..end, fresh);
                end += count;
            }
        }
    }

    /// Starts a tree anew after its reply was thrown away or is read again.
    pub fn forget(&mut self, index: u16) {
        let start: usize = self.trees.iter().take(usize::from(index)).map(|rows| rows.shown).sum();
        if let Some(rows) = self.trees.get_mut(usize::from(index)) {
            self.visible.drain(start..start + rows.shown);
            *rows = TreeRows { expansion: Expansion::new(self.open_above), shown: 0, seen: 0 };
        }
    }

    /// Takes a tree's rows out; the trees after it move up by one, as in the estate.
    pub fn remove(&mut self, index: u16) {
        if usize::from(index) >= self.trees.len() {
            return;
        }
        self.forget(index);
        self.trees.remove(usize::from(index));
        for shown in &mut self.visible {
            if shown.tree > index {
                shown.tree -= 1;
            }
        }
    }

    /// Expands a closed row, collapses an open one; a leaf stays as it is.
    pub fn toggle(&mut self, estate: &Estate, row: usize) {
        let Some(of) = self.get(row) else { return };
        let Some(tree) = estate.tree(of.tree) else { return };
        let Some(rows) = self.trees.get_mut(usize::from(of.tree)) else { return };
        if !tree.has_children(of.node) {
            return;
        }
        let was_open = rows.expansion.is_open(tree, of.node);
        rows.expansion.flip(of.node);
        if was_open {
            let end = tree.end(of.node);
            let hidden = self.visible[row + 1..]
                .iter()
                .take_while(|shown| shown.tree == of.tree && shown.node < end)
                .count();
            rows.shown -= hidden;
            self.visible.drain(row + 1..=row + hidden);
        } else {
            let below = visible_below(tree, &rows.expansion, of.node, rows.seen);
            rows.shown += below.len();
            let below = below.into_iter().map(|node| NodeRef { tree: of.tree, node });
            self.visible.splice((row + 1)..=row, below);
        }
    }
}

/// The nodes below `node` that show once it is open, in tree order. Closed subtrees are skipped
/// whole; nodes not yet followed stay for [`Rows::follow`].
fn visible_below(tree: &Tree, expansion: &Expansion, node: NodeId, seen: usize) -> Vec<NodeId> {
    let mut below = Vec::new();
    let mut next = node + 1;
    while next < tree.end(node) && (next as usize) < seen {
        below.push(next);
        next = if expansion.is_open(tree, next) { next + 1 } else { tree.end(next) };
    }
    below
}
