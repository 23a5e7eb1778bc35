//! The header: a button for each column that sorts by it, and the sums below.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::say;
use seatree_core::services::{Column, Sort};
use seatree_core::words::{later, said};

use super::sums;
use crate::app::context::Context;
use crate::services::list::Shown;
use crate::ui::live::{live_if, maybe, press};
use crate::ui::{icons, name};

/// Rows of the header.
pub(super) const ROWS: usize = 2;

/// A column.
pub(super) struct Head {
    pub by: Column,
    class: &'static str,
    /// What its header says.
    short: &'static str,
    /// Its name in full, and within a sentence.
    pub label: &'static str,
    within: &'static str,
}

const fn head_of(
    by: Column,
    class: &'static str,
    short: &'static str,
    label: &'static str,
    within: &'static str,
) -> Head {
    Head { by, class, short, label, within }
}

pub(super) const COLUMNS: [Head; 10] = [
    head_of(Column::Name, "name", later("Service"), later("Service"), later("service")),
    head_of(Column::Type, "type", later("Type"), later("License type"), later("license type")),
    head_of(Column::Acquired, "num", later("Acquired"), later("Acquired"), later("acquired")),
    head_of(Column::Licensed, "num", later("Licensed"), later("Licensed"), later("licensed")),
    head_of(Column::Available, "num", later("Available"), later("Available"), later("available")),
    head_of(
        Column::Utilization,
        "util",
        later("Utilization"),
        later("Utilization"),
        later("utilization"),
    ),
    head_of(
        Column::NotCounted,
        "factors",
        later("Factors"),
        later("Factors, by what they do not count"),
        later("factors, by what they do not count"),
    ),
    head_of(
        Column::Monitored,
        "num monitored",
        later("Monitored"),
        later("Monitored users"),
        later("monitored users"),
    ),
    head_of(
        Column::Age,
        "age",
        later("Counted"),
        later("Counted, how long ago"),
        later("counted, how long ago"),
    ),
    head_of(Column::Severity, "finding", "", later("Findings"), later("findings")),
];

pub(super) fn head(context: Context, shown: Memo<Arc<Shown>>) -> AnyView {
    let columns: Vec<AnyView> = COLUMNS
        .into_iter()
        .map(|head| {
            let Head { by, class, .. } = head;
            let sort = maybe(move || {
                let sort = context.services.sort.get().filter(|sort| sort.by == by)?;
                Some(if sort.descending { "descending" } else { "ascending" }.to_owned())
            });
            view! {
                <div role="columnheader" class=class aria-sort=sort>
                    {button(context, &head)}
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

fn button(context: Context, head: &Head) -> AnyView {
    let Head { by, short: words, label, within, .. } = *head;
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
            aria-label=name::full(said(words), said(label))
            title=say!("Sort by {label}", label = said(within))
            on:click=press(move || {
                let next = next(context.services.sort.get_untracked(), by);
                context.services.sort.set(next);
            })
        >
            {mark}
            {icon}
            {said(words)}
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
