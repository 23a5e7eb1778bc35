//! How much is loaded and selected, and what to keep in mind about it.

use leptos::prelude::*;
use seatree_core::insight::Mark;
use seatree_core::plural;
use seatree_core::view::{Column, Shows, Total};
use seatree_core::words::tr;

use super::context::{Context, context};
use super::dialog::Dialog;
use crate::platform::language::Language;
use crate::platform::numbers;
use crate::tree::{column_words, meter_name};
use crate::ui::live::{live_if, press, text};

pub fn footer() -> AnyView {
    let context = context();
    let nodes =
        text(move || context.estate.with(|forest| numbers::whole(forest.estate.node_count())));
    let shown = text(move || context.estate.with(|forest| numbers::whole(forest.rows.len())));
    let off = live_if(move || {
        let off = context.estate.with(|forest| forest.count(Mark::SumOff));
        let words = match off {
            0 => return None,
            off => plural!(off, "{n} sum does not add up", "{n} sums do not add up"),
        };
        Some(view! { <span class="warning">{words}</span> }.into_any())
    });
    view! {
        <footer class="status">
            <span>
                <b>{nodes}</b> " " {tr("nodes")} ", " <b>{shown}</b> " " {tr("shown")}
            </span>
            {off}
            {selection(context)}
            {limits(context)}
            <span class="spring"></span>
            {language(context)}
            <button
                class="link dim"
                aria-haspopup="dialog"
                on:click=press(move || context.dialog.set(Some(Dialog::Keys)))
            >
                {tr("Press")} " " <kbd>"?"</kbd> " " {tr("for keys")}
            </button>
        </footer>
    }
    .into_any()
}

/// Says which language is spoken, and leads to the others.
fn language(context: Context) -> AnyView {
    let open = press(move || context.dialog.set(Some(Dialog::Language)));
    let name = context.spoken.now.get_untracked().map(Language::name);
    let button = || {
        view! {
            <button class="link dim language" aria-haspopup="dialog" title=tr("Language") on:click=open>
                {name}
            </button>
        }
        .into_any()
    };
    context.spoken.is_free().then(button).into_any()
}

/// Changes the limits of what is selected.
fn limits(context: Context) -> AnyView {
    let is_selected =
        Memo::new(move |_| context.estate.with(|forest| !forest.selection.is_empty()));
    live_if(move || {
        let open = press(move || context.dialog.set(Some(Dialog::Limits)));
        let button = move || {
            view! {
                <button class="link" aria-haspopup="dialog" on:click=open>
                    {tr("Change limits")}
                </button>
            }
            .into_any()
        };
        is_selected.get().then(button)
    })
}

/// What is selected, added up. Announced, since it changes far from where a person works.
pub fn selection(context: Context) -> AnyView {
    let sums =
        Memo::new(move |_| context.estate.with(|forest| (forest.selection.len(), forest.totals())));
    let words = text(move || {
        sums.with(|(rows, totals)| match rows {
            0 => String::new(),
            rows => {
                let rows = plural!(*rows, "Selection: {n} row", "Selection: {n} rows");
                let totals = totals.iter().filter_map(of_meter);
                std::iter::once(rows).chain(totals).collect::<Vec<_>>().join(" · ")
            }
        })
    });
    view! {
        <span class="selection" role="status">
            {words}
        </span>
    }
    .into_any()
}

/// "Teams users 363 assigned, 311 in use", with how many figures are missing from a sum.
fn of_meter(total: &Total) -> Option<String> {
    let parts = [
        (total.assigned, Shows::Assigned),
        (total.in_use, Shows::InUse),
        (total.available, Shows::Available),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(sum, _)| sum.counted > 0)
        .map(|(sum, shows)| {
            let figure = numbers::figure(sum.figure());
            // In the words of its vendor: acquired, licensed, required.
            let word = column_words(&Column::new(&total.meter, shows));
            match sum.unknown {
                0 => format!("{figure} {word}"),
                missing => plural!(
                    missing,
                    "{figure} {word} and {n} unknown",
                    "{figure} {word} and {n} unknown",
                    figure,
                    word
                ),
            }
        })
        .collect();
    (!parts.is_empty()).then(|| format!("{} {}", meter_name(&total.meter), parts.join(", ")))
}
