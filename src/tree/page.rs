//! The tree as an ARIA treegrid, with what stands around it.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::words::tr;

use super::rows::TreeRows;
use super::{columns, details, findings, tools};
use crate::app::context::context;
use crate::connections::{Entry, State};
use crate::ui::error_notice::error_notice;
use crate::ui::grid::Grid;
use crate::ui::live::{flag, live_if, press, text};

pub fn page() -> AnyView {
    let context = context();
    let is_narrow = context.is_narrow;
    let shown = columns::follow(context);
    let busy = flag(move || {
        let loading = |entry: &Entry| matches!(entry.state.get(), State::Loading(_));
        context.connections.list().iter().any(loading)
    });
    let grid = Grid {
        label: tr("Licenses"),
        role: "treegrid",
        class: "tree",
        columns: Signal::derive(move || {
            // Name and findings, and on a phone only the utilization between them.
            2 + if is_narrow.get() { 1 } else { shown.with(|shown| shown.placed.len()) }
        }),
        least_width: Signal::derive(move || {
            if is_narrow.get() {
                0
            } else {
                shown.with(|shown| columns::least_width(&shown.layout))
            }
        }),
        busy,
        row_height: context.row_height(),
        head: columns::head(context),
        head_rows: 2,
        rows: Arc::new(TreeRows { context, shown, is_narrow: is_narrow.into() }),
        selects: true,
        go_to: context.tree.go_to,
    };
    let nothing = live_if(move || {
        let is_empty = context.estate.with(|forest| forest.rows.is_empty());
        let hides = context.tree.is_filtered() || context.tree.is_flat.get();
        (is_empty && hides).then(|| {
            view! {
                <div class="nothing">
                    <p>{tr("Nothing here matches what you look for.")}</p>
                    <button
                        class="button"
                        on:click=press(move || {
                            context.flatten(false);
                            context.clear_filter();
                            context.root.focus(super::ROW);
                        })
                    >
                        {tr("Show everything")}
                    </button>
                </div>
            }
            .into_any()
        })
    });
    view! {
        <section
            class="page"
            aria-label=tr("License tree")
            style:--columns=text(move || shown.with(|shown| columns::template(&shown.layout)))
            style:--least=text(move || {
                shown.with(|shown| format!("{}px", columns::least_width(&shown.layout)))
            })
        >
            {live_if(move || {
                Some(error_notice(tr("Arranging the rows"), &context.estate.missing.get()?.into()))
            })}
            {tools::tools(context)}
            <div class="beside">
                <div class="tree-place">
                    {grid.view()}
                    <div class="matches-place">{findings::matches(context)}</div>
                    {nothing}
                </div>
                {details::details(context)}
            </div>
        </section>
    }
    .into_any()
}
