//! The header: meters above, their columns below, each a button that sorts.

use leptos::prelude::*;
use seatree_core::say;
use seatree_core::view::{Column, Layout, Shows, Sort, SortBy};
use seatree_core::words::tr;

use super::resize::Held;
use super::{label, pinned_at, resize, short, shown, words};
use crate::app::context::Context;
use crate::ui::live::{live, live_if, maybe, press, text};
use crate::ui::{icons, name};

pub fn head(context: Context) -> AnyView {
    let layout = Memo::new(move |_| shown(context));
    let held = Held::new(None);
    let groups = live(move || {
        let layout = layout.get();
        let cells: Vec<AnyView> = groups(&layout).into_iter().map(group).collect();
        view! {
            <span role="columnheader" class="name pinned">
                <span class="sr-only">{tr("Node")}</span>
            </span>
            {cells}
            <span role="columnheader">
                <span class="sr-only">{tr("State")}</span>
            </span>
        }
        .into_any()
    });
    let columns = live(move || {
        let layout = layout.get();
        let places = pinned_at(&layout);
        let columns: Vec<AnyView> = layout
            .in_order()
            .zip(places)
            .map(|(placed, at)| column(context, &placed.column, at, held))
            .collect();
        view! {
            {name(context, held)}
            {columns}
            {findings(context)}
        }
        .into_any()
    });
    view! {
        <div role="row" class="grid-head-row groups" aria-rowindex="1">
            {groups}
        </div>
        <div role="row" class="grid-head-row" aria-rowindex="2">
            {columns}
        </div>
    }
    .into_any()
}

/// Neighbors of one meter: its name and how many they are.
fn groups(layout: &Layout) -> Vec<(String, usize)> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    for placed in layout.in_order() {
        let meter = placed.column.meter_key();
        match groups.last_mut() {
            Some((last, count)) if last == meter => *count += 1,
            _ => groups.push((meter.to_owned(), 1)),
        }
    }
    groups
}

fn group((meter, columns): (String, usize)) -> AnyView {
    view! {
        <span
            role="columnheader"
            class="group"
            aria-colspan=columns.to_string()
            style:grid-column=format!("span {columns}")
        >
            <bdi class="label">{words::group(&meter).to_owned()}</bdi>
        </span>
    }
    .into_any()
}

fn name(context: Context, held: Held) -> AnyView {
    view! {
        <div role="columnheader" class="name pinned" aria-sort=sorted(context, SortBy::Name)>
            {button(context, SortBy::Name, tr("Name"), tr("Name").to_owned(), "0")}
            {resize::grip(context, None, held)}
        </div>
    }
    .into_any()
}

fn findings(context: Context) -> AnyView {
    view! {
        <div role="columnheader" class="finding" aria-sort=sorted(context, SortBy::Severity)>
            {button(context, SortBy::Severity, "", tr("Findings").to_owned(), "-1")}
        </div>
    }
    .into_any()
}

fn column(context: Context, column: &Column, pinned: Option<u32>, held: Held) -> AnyView {
    let by = SortBy::Column(column.clone());
    let sort = sorted(context, by.clone());
    let class = match (column.shows, pinned) {
        (Shows::Utilization, None) => "util",
        (Shows::Utilization, Some(_)) => "util pinned",
        (_, None) => "num",
        (_, Some(_)) => "num pinned",
    };
    view! {
        <div
            role="columnheader"
            class=class
            style:--at=pinned.map(|at| format!("{at}px"))
            aria-sort=sort
        >
            {button(context, by, short(column), label(column), "-1")}
            {resize::grip(context, Some(column), held)}
        </div>
    }
    .into_any()
}

fn sorted(context: Context, by: SortBy) -> Signal<Option<String>> {
    maybe(move || {
        let sort = context.tree.sort.get().filter(|sort| sort.by == by)?;
        Some(if sort.descending { "descending" } else { "ascending" }.to_owned())
    })
}

fn button(
    context: Context,
    by: SortBy,
    words: &'static str,
    label: String,
    tab: &'static str,
) -> AnyView {
    let (of_mark, of_press) = (by.clone(), by);
    let mark = live_if(move || {
        let sort = context.tree.sort.get().filter(|sort| sort.by == of_mark)?;
        Some(icons::arrow(sort.descending))
    });
    let icon = words.is_empty().then(icons::flag);
    view! {
        <button
            class="sort"
            tabindex=tab
            aria-label=name::full(words, &label)
            title=text(move || say!("Sort by {label}", label))
            on:click=press(move || context.sort_by(next(context, &of_press)))
        >
            {mark}
            {icon}
            {words}
        </button>
    }
    .into_any()
}

/// Figures sort from the most, names from the first letter; a third press gives the upstream's
/// own order back.
fn next(context: Context, by: &SortBy) -> Option<Sort> {
    let first = *by != SortBy::Name;
    match context.tree.sort.get_untracked().filter(|sort| sort.by == *by) {
        None => Some(Sort { by: by.clone(), descending: first }),
        Some(sort) if sort.descending == first => Some(Sort { descending: !first, ..sort }),
        Some(_) => None,
    }
}
