//! The rows of the tree, as the grid asks for them.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::estate::NodeRef;
use web_sys::{KeyboardEvent, MouseEvent};

use super::columns::Shown;
use super::{keys, press, row};
use crate::app::context::Context;
use crate::estate::Forest;
use crate::ui::grid::{self, Key, RowState, Step};

/// The rows of the whole estate.
pub struct TreeRows {
    pub context: Context,
    pub shown: Memo<Arc<Shown>>,
    pub is_narrow: Signal<bool>,
}

impl grid::Rows for TreeRows {
    fn count(&self) -> usize {
        self.context.estate.with(|forest| forest.rows.len())
    }

    fn key(&self, index: usize) -> Key {
        let key = |forest: &Forest| Some(forest.key_of(forest.rows.get(index)?));
        self.context.estate.with_untracked(key).unwrap_or(Key::MAX)
    }

    fn key_now(&self, key: Key) -> Key {
        let now = |forest: &Forest| Some(forest.key_of(forest.node_of(key)?));
        self.context.estate.with_untracked(now).unwrap_or(key)
    }

    fn index_of(&self, key: Key) -> Option<usize> {
        let row = |forest: &Forest| forest.rows.row_of(forest.node_of(key)?);
        self.context.estate.with_untracked(row)
    }

    /// The nearest node above it that is shown.
    fn stands_for(&self, key: Key) -> Option<usize> {
        self.context.estate.with_untracked(|forest| {
            let node = forest.node_of(key)?;
            let tree = forest.estate.tree(node.tree)?;
            let above = std::iter::successors(tree.parent(node.node), |&above| tree.parent(above));
            let mut rows =
                above.filter_map(|above| forest.rows.row_of(NodeRef { node: above, ..node }));
            rows.next()
        })
    }

    fn state(&self, index: usize) -> RowState {
        self.context.estate.with(|forest| {
            let (rows, estate) = (&forest.rows, &forest.estate);
            let Some(at) = rows.get(index) else { return RowState::default() };
            RowState {
                level: Some(rows.level(estate, index)),
                expanded: rows.can_open(estate, at).then(|| rows.is_open(estate, at)),
                selected: Some(forest.selection.contains(at)),
                place: Some(rows.place_among_siblings(estate, index)),
            }
        })
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        row::cells(self.context, index, self.shown, self.is_narrow)
    }

    fn on_key(&self, event: &KeyboardEvent, index: usize) -> Option<Step> {
        keys::pressed(self.context, event, index)
    }

    fn on_press(&self, event: &MouseEvent, index: usize) {
        press::pressed(self.context, event, index, self.is_narrow.get_untracked());
    }

    fn on_focus(&self, index: usize) {
        let node = self.context.estate.with_untracked(|forest| forest.rows.get(index));
        if self.context.tree.current.get_untracked() != node {
            self.context.tree.current.set(node);
        }
    }
}
