//! The subscriptions that a person means: those selected, or below what is.

use leptos::prelude::*;
use seatree_core::draas::Limit;
use seatree_core::edit::{Change, Draft, LimitId, limit_id, subscriptions};
use seatree_core::estate::{Figure, Measure, Meter, NodeId, NodeRef, Tree};

use super::words::names;
use crate::app::context::Context;
use crate::estate::Forest;

/// The subscriptions of the selection, or of the focused row where nothing is selected.
pub(super) fn meant(context: Context, forest: &Forest) -> Vec<NodeRef> {
    let mut nodes: Vec<NodeRef> = forest.selection.iter().collect();
    if nodes.is_empty() {
        nodes.extend(context.tree.current.get_untracked());
    }
    let mut found = Vec::new();
    for (index, tree) in (0_u16..).zip(forest.estate.trees()) {
        let here = nodes.iter().filter(|node| node.tree == index).map(|node| node.node);
        let here = subscriptions(tree, here).into_iter();
        found.extend(here.map(|node| NodeRef { tree: index, node }));
    }
    found
}

/// The upstream keys of the licenses that any of these has.
pub(super) fn licenses(forest: &Forest, nodes: &[NodeRef]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for node in nodes {
        let Some(tree) = forest.estate.tree(node.tree) else { continue };
        for (meter, key) in tree.meters() {
            if tree.has_figures(node.node, meter) && !keys.iter().any(|known| known == key) {
                keys.push(key.to_owned());
            }
        }
    }
    keys
}

/// One limit that can be changed, with what is there and what will be.
pub(super) struct Here<'a> {
    pub(super) tree: &'a Tree,
    pub(super) node: NodeId,
    pub(super) meter: Meter,
    pub(super) id: LimitId,
    /// As the upstream sent it.
    pub(super) now: Figure,
    /// With what is drafted.
    pub(super) will_be: Figure,
}

impl<'a> Here<'a> {
    /// None where the node has no such license, or came without the ids to change it.
    pub(super) fn of(forest: &'a Forest, draft: &Draft, at: NodeRef, key: &str) -> Option<Self> {
        let tree = forest.estate.tree(at.tree).filter(|tree| tree.contains(at.node))?;
        let meter = tree.find_meter(key).filter(|meter| tree.has_figures(at.node, *meter))?;
        let id = limit_id(forest.connection(at.tree)?, tree, at.node, key)?;
        let now = tree.figure(at.node, meter, Measure::Assigned);
        let drafted = draft.get(&id).map(|change| Figure::known(change.new.get()));
        Some(Self { tree, node: at.node, meter, id, now, will_be: drafted.unwrap_or(now) })
    }

    pub(super) fn in_use(&self) -> Figure {
        self.tree.figure(self.node, self.meter, Measure::InUse)
    }

    pub(super) fn change(&self, new: Limit) -> (LimitId, Change) {
        let change = Change { old: self.now, new, names: names(self.tree, self.node) };
        (self.id.clone(), change)
    }
}
