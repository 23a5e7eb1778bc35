//! The tree as an ARIA treegrid.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::row::{self, RowData};
use crate::app::context::{Context, context};
use crate::connections::State;
use crate::platform::screen;
use crate::ui::virtual_grid::{KeyOn, RowState, RowStateOf, RowView, VirtualGrid};

/// Name, assigned, in use, available, utilization, SIP channels, findings.
const COLUMNS: usize = 7;

#[component]
pub fn Page() -> impl IntoView {
    let context = context();
    let count = Memo::new(move |_| context.estate.with(|forest| forest.rows.len()));
    let busy = Signal::derive(move || {
        let loading =
            |entry: &crate::connections::Entry| matches!(entry.state.get(), State::Loading(_));
        context.connections.list().iter().any(loading)
    });
    let row: RowView = Arc::new(move |index| {
        let data = Memo::new(move |_| RowData::at(context, index));
        row::cells(context, index, data)
    });
    let state: RowStateOf = Arc::new(move |index| {
        context.estate.with(|forest| {
            let Some(at) = forest.rows.get(index) else { return RowState::default() };
            let Some(tree) = forest.estate.tree(at.tree) else { return RowState::default() };
            RowState {
                level: Some(tree.depth(at.node) + 1),
                expanded: tree
                    .has_children(at.node)
                    .then(|| forest.rows.is_open(&forest.estate, at)),
            }
        })
    });
    let on_key: KeyOn = Arc::new(move |event, at| key(context, event, at));
    view! {
        <section class="page" aria-label="License tree">
            <VirtualGrid
                label="Licenses"
                role="treegrid"
                class="tree"
                columns=COLUMNS
                count
                busy
                row_height=screen::row_height()
                head=head()
                row
                state
                on_key
            />
        </section>
    }
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
