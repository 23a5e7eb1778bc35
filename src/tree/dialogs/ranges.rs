//! Only figures from here to there.

use leptos::prelude::*;
use seatree_core::view::{Column, Range};
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::tree::columns::{all, label};
use crate::ui::live::press;

/// A range as it is being typed.
#[derive(Clone)]
struct Draft {
    number: usize,
    column: RwSignal<Column>,
    least: RwSignal<String>,
    most: RwSignal<String>,
}

impl Draft {
    fn of(number: usize, range: &Range) -> Self {
        let text = |figure: Option<i64>| figure.map(|f| f.to_string()).unwrap_or_default();
        Self {
            number,
            column: RwSignal::new(range.column.clone()),
            least: RwSignal::new(text(range.least)),
            most: RwSignal::new(text(range.most)),
        }
    }

    /// None while neither end is a number.
    fn range(&self) -> Option<Range> {
        let number = |text: RwSignal<String>| text.get_untracked().trim().parse::<i64>().ok();
        let (least, most) = (number(self.least), number(self.most));
        let column = self.column.get_untracked();
        (least.is_some() || most.is_some()).then_some(Range { column, least, most })
    }
}

pub(super) fn ranges(context: Context) -> AnyView {
    let columns: Vec<Column> = all(context).into_iter().flat_map(|(_, columns)| columns).collect();
    let known = context.tree.filter.get_untracked().ranges;
    let drafts = RwSignal::new(
        known
            .iter()
            .enumerate()
            .map(|(number, range)| Draft::of(number, range))
            .collect::<Vec<_>>(),
    );
    let next = StoredValue::new(known.len());
    let apply = move || {
        let ranges = drafts.with_untracked(|all| all.iter().filter_map(Draft::range).collect());
        context.change_filter(|filter| filter.ranges = ranges);
    };
    let first = columns.first().cloned();
    let add = move || {
        let Some(column) = first.clone() else { return };
        let number = next.get_value();
        next.set_value(number + 1);
        let range = Range { column, least: None, most: None };
        drafts.update(|all| all.push(Draft::of(number, &range)));
    };
    let row = move |draft: Draft| {
        let number = draft.number;
        let remove = move || {
            drafts.update(|all| all.retain(|draft| draft.number != number));
            apply();
        };
        range_row(&draft, &columns, apply, remove)
    };
    view! {
        <fieldset class="filter-ranges">
            <legend>{tr("Only figures between")}</legend>
            <For each=move || drafts.get() key=|draft| draft.number children=row />
            <button class="button small" on:click=press(add)>
                {tr("Add a range")}
            </button>
        </fieldset>
    }
    .into_any()
}

fn range_row(
    draft: &Draft,
    columns: &[Column],
    apply: impl Fn() + Copy + 'static,
    remove: impl Fn() + 'static,
) -> AnyView {
    let column = draft.column;
    let options: Vec<AnyView> = columns
        .iter()
        .map(|option| {
            let chosen = *option == column.get_untracked();
            view! { <option value=option.to_string() selected=chosen>{label(option)}</option> }
                .into_any()
        })
        .collect();
    let choose = move |event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            column.set(chosen);
            apply();
        }
    };
    view! {
        <div class="range">
            <select class="button" aria-label=tr("Figure") on:change=choose>
                {options}
            </select>
            {end(draft.least, tr("at least"), apply)}
            {end(draft.most, tr("at most"), apply)}
            <button class="button small" on:click=press(remove)>
                {tr("Remove")}
            </button>
        </div>
    }
    .into_any()
}

/// One end of a range; utilization is typed in percent.
fn end(text: RwSignal<String>, words: &'static str, apply: impl Fn() + 'static) -> AnyView {
    view! {
        <label>
            {words}
            <input
                type="number"
                inputmode="numeric"
                prop:value=text.get_untracked()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    apply();
                }
            />
        </label>
    }
    .into_any()
}
