//! What stands above a node, each a way there.

use leptos::prelude::*;
use seatree_core::estate::NodeRef;
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::ui::live::{live, press};

pub(super) fn path(context: Context, node: NodeRef) -> AnyView {
    let above = Memo::new(move |_| {
        context.estate.with(|forest| {
            let Some(tree) = forest.estate.tree(node.tree) else { return Vec::new() };
            let above = std::iter::successors(tree.parent(node.node), |&above| tree.parent(above));
            let mut above: Vec<(NodeRef, String)> = above
                .map(|above| (NodeRef { node: above, ..node }, tree.name(above).to_owned()))
                .collect();
            above.reverse();
            above
        })
    });
    let steps = live(move || {
        let steps = above.get().into_iter().map(|(node, name)| {
            let name = if name.is_empty() { tr("(no name)").to_owned() } else { name };
            view! {
                <li>
                    <button class="link" on:click=press(move || context.go_to_node(node))>
                        <bdi>{name}</bdi>
                    </button>
                </li>
            }
            .into_any()
        });
        steps.collect::<Vec<_>>().into_any()
    });
    view! {
        <nav aria-label=tr("Path")>
            <ol class="path">{steps}</ol>
        </nav>
    }
    .into_any()
}
