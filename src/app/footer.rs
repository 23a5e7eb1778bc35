//! How much is loaded, and what to keep in mind about it.

use leptos::prelude::*;

use super::context::context;
use crate::platform::numbers;

#[component]
pub fn Footer() -> impl IntoView {
    let context = context();
    let whole = |count: usize| numbers::count(i64::try_from(count).unwrap_or(i64::MAX));
    let nodes = move || context.estate.with(|forest| forest.estate.node_count());
    let shown = move || context.estate.with(|forest| forest.rows.len());
    let off = move || {
        context.estate.with(|forest| {
            (0u16..)
                .take(forest.estate.trees().len())
                .map(|tree| forest.sum_findings(tree).len())
                .sum::<usize>()
        })
    };
    view! {
        <footer class="status">
            <span>
                <b>{move || whole(nodes())}</b> " nodes, " <b>{move || whole(shown())}</b> " shown"
            </span>
            <Show when=move || { off() > 0 }>
                <span class="warning">
                    <b>{move || whole(off())}</b> " sums do not add up"
                </span>
            </Show>
            <span class="spring"></span>
            <span class="dim">"Arrow keys move, → opens, ← closes"</span>
        </footer>
    }
}
