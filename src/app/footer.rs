//! How much is loaded, and what to keep in mind about it.

use leptos::prelude::*;

use super::context::context;
use crate::platform::numbers;
use crate::ui::live::{live_if, text};

pub fn footer() -> AnyView {
    let context = context();
    let nodes =
        text(move || context.estate.with(|forest| numbers::whole(forest.estate.node_count())));
    let shown = text(move || context.estate.with(|forest| numbers::whole(forest.rows.len())));
    let off = live_if(move || {
        let off = context.estate.with(|forest| {
            let trees = (0u16..).take(forest.estate.trees().len());
            trees.map(|tree| forest.sum_findings(tree).len()).sum::<usize>()
        });
        let words = format!("{} sums do not add up", numbers::whole(off));
        (off > 0).then(|| view! { <span class="warning">{words}</span> }.into_any())
    });
    view! {
        <footer class="status">
            <span>
                <b>{nodes}</b> " nodes, " <b>{shown}</b> " shown"
            </span>
            {off}
            <span class="spring"></span>
            <span class="dim">"Arrow keys move, → opens, ← closes"</span>
        </footer>
    }
    .into_any()
}
