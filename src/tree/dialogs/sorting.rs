//! What rows are sorted by: for who has no header to press, as on a phone.

use leptos::prelude::*;
use seatree_core::view::{Sort, SortBy};
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::tree::columns::{all, label};
use crate::ui::live::text;

pub(super) fn sorting(context: Context) -> AnyView {
    let columns = all(context).into_iter().flat_map(|(_, columns)| columns);
    let columns = columns.map(|column| (SortBy::Column(column.clone()), label(&column)));
    let others = [
        (SortBy::Name, tr("Name").to_owned()),
        (SortBy::Kind, tr("Kind").to_owned()),
        (SortBy::Severity, tr("Findings").to_owned()),
    ];
    let chosen = context.tree.sort.get_untracked().map(|sort| sort.by);
    let options: Vec<AnyView> = others
        .into_iter()
        .chain(columns)
        .map(|(by, words)| {
            let is_chosen = chosen.as_ref() == Some(&by);
            let value = Sort { by, descending: false }.to_string();
            view! { <option value=value selected=is_chosen>{words}</option> }.into_any()
        })
        .collect();
    let choose = move |event| {
        // What names no order is the upstream's own.
        let sort = event_target_value(&event).parse::<Sort>().ok();
        context.sort_by(sort.map(|sort| Sort { descending: sort.by != SortBy::Name, ..sort }));
    };
    let turn = move |_| {
        let sort = context.tree.sort.get_untracked();
        context.sort_by(sort.map(|sort| Sort { descending: !sort.descending, ..sort }));
    };
    let is_descending =
        Memo::new(move |_| context.tree.sort.get().is_some_and(|sort| sort.descending));
    let is_sorted = Memo::new(move |_| context.tree.sort.get().is_some());
    view! {
        <fieldset>
            <legend>{tr("Sorted by")}</legend>
            <select class="button" aria-label=tr("Sorted by") on:change=choose>
                <option value="">{tr("As the upstream has it")}</option>
                {options}
            </select>
            <button
                class="button"
                aria-pressed=text(move || is_descending.get().to_string())
                disabled=move || !is_sorted.get()
                on:click=turn
            >
                {tr("Most first")}
            </button>
        </fieldset>
    }
    .into_any()
}
