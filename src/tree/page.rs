//! The tree as an ARIA treegrid.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::row;
use crate::app::context::{Context, context};
use crate::connections::{Entry, State};
use crate::platform::screen;
use crate::ui::live::flag;
use crate::ui::virtual_grid::{RowState, VirtualGrid};

/// Name, assigned, in use, available, utilization, SIP channels, findings.
const COLUMNS: usize = 7;

pub fn page() -> AnyView {
    let context = context();
    let count = Signal::derive(move || context.estate.with(|forest| forest.rows.len()));
    let busy = flag(move || {
        let loading = |entry: &Entry| matches!(entry.state.get(), State::Loading(_));
        context.connections.list().iter().any(loading)
    });
    let grid = VirtualGrid {
        label: "Licenses",
        role: "treegrid",
        class: "tree",
        columns: COLUMNS,
        count,
        busy,
        row_height: screen::row_height(),
        head: head(),
        row: Arc::new(move |index| row::cells(context, index)),
        state: Arc::new(move |index| row_state(context, index)),
        on_key: Box::new(move |event, at| key(context, event, at)),
    };
    view! { <section class="page" aria-label="License tree">{grid.view()}</section> }.into_any()
}

fn row_state(context: Context, index: usize) -> RowState {
    context.estate.with(|forest| {
        let Some(at) = forest.rows.get(index) else { return RowState::default() };
        let Some(tree) = forest.estate.tree(at.tree) else { return RowState::default() };
        RowState {
            level: Some(tree.depth(at.node) + 1),
            expanded: tree.has_children(at.node).then(|| forest.rows.is_open(&forest.estate, at)),
        }
    })
}

fn head() -> AnyView {
    view! {
        <span role="columnheader" class="name">"Name"</span>
        <span role="columnheader" class="num" aria-label="Teams users assigned">"Assigned"</span>
        <span role="columnheader" class="num" aria-label="Teams users in use">"In use"</span>
        <span role="columnheader" class="num" aria-label="Teams users available">"Available"</span>
        <span role="columnheader" class="util" aria-label="Teams users utilization">"Utilization"</span>
        <span role="columnheader" class="num" aria-label="SIP trunk channels assigned">"SIP channels"</span>
        <span role="columnheader" class="finding"><span class="sr-only">"Findings"</span></span>
    }
    .into_any()
}

/// The keys of a treegrid row, after the ARIA Authoring Practices.
fn key(context: Context, event: &KeyboardEvent, at: usize) -> Option<usize> {
    let (open, leaf, parent) = context.estate.with_untracked(|forest| {
        let node = forest.rows.get(at);
        let tree = node.and_then(|node| Some((node, forest.estate.tree(node.tree)?)));
        let leaf = tree.is_none_or(|(node, tree)| !tree.has_children(node.node));
        let open = node.is_some_and(|node| forest.rows.is_open(&forest.estate, node));
        (open, leaf, forest.rows.parent_row(&forest.estate, at))
    });
    match event.key().as_str() {
        "ArrowRight" if leaf => Some(at),
        "ArrowRight" if open => Some(at + 1),
        "ArrowRight" => {
            context.estate.toggle(at);
            Some(at)
        }
        "ArrowLeft" if open && !leaf => {
            context.estate.toggle(at);
            Some(at)
        }
        "ArrowLeft" => Some(parent.unwrap_or(at)),
        "Enter" | " " if !leaf => {
            context.estate.toggle(at);
            Some(at)
        }
        _ => None,
    }
}
