//! Filtering by kind and by figures, beside the name and the findings.

use leptos::prelude::*;
use seatree_core::estate::Kind;
use seatree_core::words::tr;

use super::{ranges, sorting};
use crate::app::context::{Context, context};
use crate::tree::findings;
use crate::ui::live::press;

pub(super) fn content() -> AnyView {
    let context = context();
    let kinds: Vec<AnyView> = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::Connection)
        .map(|kind| kind_box(context, kind))
        .collect();
    view! {
        <fieldset class="filter-kinds">
            <legend>{tr("Only these kinds")}</legend>
            {kinds}
        </fieldset>
        {ranges::ranges(context)}
        {sorting::sorting(context)}
        <div class="dialog-foot">
            {findings::matches(context)}
            <span class="spring"></span>
            <button class="button primary" on:click=press(move || context.dialog.set(None))>
                {tr("Done")}
            </button>
        </div>
    }
    .into_any()
}

fn kind_box(context: Context, kind: Kind) -> AnyView {
    let is_chosen = Memo::new(move |_| context.tree.filter.get().kinds.contains(kind));
    view! {
        <label>
            <input
                type="checkbox"
                prop:checked=move || is_chosen.get()
                on:change=move |_| context.change_filter(|filter| filter.kinds.toggle(kind))
            />
            {kind.name()}
        </label>
    }
    .into_any()
}
