//! What the panel shows of the focused node.

use leptos::prelude::*;
use seatree_core::estate::{Kind, NodeRef};
use seatree_core::words::tr;

use super::{findings, ids, largest, meters, path, reply};
use crate::app::context::{Context, context};
use crate::ui::live::{live, text};

pub(super) fn content() -> AnyView {
    let context = context();
    // The node alone: what is shown of it follows its figures by itself.
    let node = Memo::new(move |_| {
        let node = context.tree.current.get()?;
        let is_there = context.estate.with(|forest| {
            forest.estate.tree(node.tree).is_some_and(|tree| tree.contains(node.node))
        });
        is_there.then_some(node)
    });
    live(move || {
        match node.get() {
        Some(node) => of_node(context, node),
        None => {
            view! { <p class="dim">{tr("Focus a row of the tree: what is known of it shows here.")}</p> }
                .into_any()
        }
    }
    })
}

fn of_node(context: Context, node: NodeRef) -> AnyView {
    let name = text(move || {
        let name = context.estate.with(|forest| {
            forest.estate.tree(node.tree).map(|tree| tree.name(node.node).to_owned())
        });
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| tr("(no name)").to_owned())
    });
    let kind = context.estate.with_untracked(|forest| {
        forest.estate.tree(node.tree).map_or(Kind::Connection, |tree| tree.kind(node.node))
    });
    view! {
        {path::path(context, node)}
        <h2 class="details-name">
            <bdi>{name}</bdi>
        </h2>
        <p class="dim">{kind.name()}</p>
        {findings::findings(context, node)}
        {meters::meters(context, node)}
        {largest::split(context, node)}
        {largest::largest(context, node)}
        {ids::ids(context, node)}
        {reply::reply(context, node)}
    }
    .into_any()
}
