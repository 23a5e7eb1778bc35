//! What a person chose to see of the tree.

use leptos::prelude::*;
use seatree_core::estate::NodeRef;
use seatree_core::view::{Filter, Layout, Sort};

use super::{columns, details};
use crate::app::context::Context;
use crate::platform::storage::Storage;
use crate::ui::grid::{GoTo, Key};

/// The tree's state. Copying it shares it.
#[derive(Clone, Copy)]
pub struct TreeStore {
    pub filter: RwSignal<Filter>,
    pub sort: RwSignal<Option<Sort>>,
    pub is_flat: RwSignal<bool>,
    /// The columns chosen; none for the usual ones.
    pub layout: RwSignal<Option<Layout>>,
    /// The focused node.
    pub current: RwSignal<Option<NodeRef>>,
    /// A node that is to be shown and focused.
    pub go_to: RwSignal<Option<GoTo>>,
    /// Whether the details of the focused node are open.
    pub details: RwSignal<bool>,
    /// What was typed to go to a name, and when.
    pub typed: StoredValue<(String, f64)>,
}

impl TreeStore {
    /// `current` is the focused node.
    pub fn new(current: RwSignal<Option<NodeRef>>, storage: Storage) -> Self {
        Self {
            filter: RwSignal::new(Filter::default()),
            sort: RwSignal::new(None),
            is_flat: RwSignal::new(false),
            layout: RwSignal::new(columns::remembered(storage)),
            current,
            go_to: RwSignal::new(None),
            details: RwSignal::new(details::remembered(storage)),
            typed: StoredValue::new((String::new(), 0.0)),
        }
    }
}

impl TreeStore {
    /// Whether anything is filtered by.
    pub fn is_filtered(&self) -> bool {
        self.filter.with(|filter| {
            !(filter.text.trim().is_empty()
                && filter.kinds.is_empty()
                && filter.marks.is_empty()
                && filter.ranges.is_empty())
        })
    }
}

impl Context {
    pub fn sort_by(&self, sort: Option<Sort>) {
        self.tree.sort.set(sort.clone());
        self.estate.sort(sort);
    }

    /// Changes the filter and shows what it leaves.
    pub fn change_filter(&self, change: impl FnOnce(&mut Filter)) {
        let mut filter = self.tree.filter.get_untracked();
        change(&mut filter);
        self.tree.filter.set(filter.clone());
        self.estate.filter(filter);
    }

    pub fn clear_filter(&self) {
        self.change_filter(|filter| *filter = Filter::default());
    }

    pub fn flatten(&self, is_flat: bool) {
        self.tree.is_flat.set(is_flat);
        self.estate.flatten(is_flat);
    }

    /// Opens all above a node and gives it the focus; what hides it is taken away.
    pub fn go_to_node(&self, node: NodeRef) {
        self.bring_node(node, GoTo::Focus);
    }

    /// As [`go_to_node`](Self::go_to_node), for whoever works elsewhere on the page.
    pub fn show_node(&self, node: NodeRef) {
        self.bring_node(node, GoTo::Sight);
    }

    fn bring_node(&self, node: NodeRef, how: fn(Key) -> GoTo) {
        if !self.estate.reveal(node) {
            self.flatten(false);
            self.clear_filter();
            self.estate.reveal(node);
        }
        self.tree.current.set(Some(node));
        let key = self.estate.with_untracked(|forest| forest.key_of(node));
        self.tree.go_to.set(Some(how(key)));
    }
}
