//! The header: a button for each column that sorts by it, and the sums below.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::services::{Column, Sort};

use super::sums;
use crate::app::context::Context;
use crate::services::list::Shown;
use crate::ui::icons;
use crate::ui::live::{live_if, maybe, press, text};

/// Rows of the header.
pub(super) const ROWS: usize = 2;

/// A column's class, what its header says, and its name in full.
pub(super) const COLUMNS: [(Column, &str, &str, &str); 10] = [
    (Column::Name, "name", "Service", "Service"),
    (Column::Type, "type", "Type", "License type"),
    (Column::Acquired, "num", "Acquired", "Acquired"),
    (Column::Licensed, "num", "Licensed", "Licensed"),
    (Column::Available, "num", "Available", "Available"),
    (Column::Utilization, "util", "Utilization", "Utilization"),
    (Column::NotCounted, "factors", "Factors", "Factors, by what they do not count"),
    (Column::Monitored, "num monitored", "Monitored", "Monitored users"),
    (Column::Age, "age", "Counted", "Counted, how long ago"),
    (Column::Severity, "finding", "", "Findings"),
];

pub(super) fn head(context: Context, shown: Memo<Arc<Shown>>) -> AnyView {
    let columns: Vec<AnyView> = COLUMNS
        .into_iter()
        .map(|(by, class, words, label)| {
            let sort = maybe(move || {
                let sort = context.services.sort.get().filter(|sort| sort.by == by)?;
                Some(if sort.descending { "descending" } else { "ascending" }.to_owned())
            });
            view! {
                <div role="columnheader" class=class aria-sort=sort>
                    {button(context, by, words, label)}
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            {columns}
        </div>
        <div role="row" class="grid-head-row sums" aria-rowindex="2">
            {sums::cells(context, shown)}
        </div>
    }
    .into_any()
}

fn button(context: Context, by: Column, words: &'static str, label: &'static str) -> AnyView {
    let mark = live_if(move || {
        let sort = context.services.sort.get().filter(|sort| sort.by == by)?;
        Some(icons::arrow(sort.descending))
    });
    let icon = words.is_empty().then(icons::flag);
    // The first stop of the Tab key; arrows lead to the others.
    let tab = if by == Column::Name { "0" } else { "-1" };
    view! {
        <button
            class="sort"
            tabindex=tab
            aria-label=label
            title=text(move || format!("Sort by {}", label.to_ascii_lowercase()))
            on:click=press(move || {
                let next = next(context.services.sort.get_untracked(), by);
                context.services.sort.set(next);
            })
        >
            {mark}
            {icon}
            {words}
        </button>
    }
    .into_any()
}

/// Figures sort from the most, names from the first letter; a third press gives the platform's own
/// order back.
fn next(sort: Option<Sort>, by: Column) -> Option<Sort> {
    let first = !matches!(by, Column::Name | Column::Type);
    match sort.filter(|sort| sort.by == by) {
        None => Some(Sort { by, descending: first }),
        Some(sort) if sort.descending == first => Some(Sort { descending: !first, ..sort }),
        Some(_) => None,
    }
}
