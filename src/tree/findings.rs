//! What a person should look at: its sign in a row, and the bar that counts and filters.

use leptos::prelude::*;
use seatree_core::insight::Mark;
use seatree_core::plural;
use seatree_core::words::{later, said, tr};

use crate::app::context::Context;
use crate::platform::numbers;
use crate::ui::icons;
use crate::ui::live::{live_if, press, text};

pub fn words(mark: Mark) -> &'static str {
    said(english(mark))
}

/// The words that files have, whatever language is spoken.
pub fn english(mark: Mark) -> &'static str {
    match mark {
        Mark::Over => later("over limit"),
        Mark::Near => later("near limit"),
        Mark::Idle => later("idle"),
        Mark::SumOff => later("sums do not add up"),
        Mark::Stale => later("stale"),
        Mark::Failed => later("failed to load"),
    }
}

/// Words that fit on a button.
pub fn short(mark: Mark) -> &'static str {
    match mark {
        Mark::SumOff => tr("sums off"),
        Mark::Failed => tr("failed"),
        other => words(other),
    }
}

pub fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::Over | Mark::Failed => "over",
        Mark::Near | Mark::SumOff => "near",
        Mark::Idle | Mark::Stale => "idle",
    }
}

pub fn icon(mark: Mark) -> AnyView {
    match mark {
        Mark::Over => icons::triangle(),
        Mark::Near => icons::circle(),
        Mark::Idle => icons::sleep(),
        Mark::SumOff => icons::sum(),
        Mark::Stale => icons::clock(),
        Mark::Failed => icons::cross(),
    }
}

/// A finding in a row: shape and color, and the words for those who see neither.
pub fn sign(mark: Mark) -> AnyView {
    view! {
        <span class=class(mark) role="img" aria-label=words(mark) title=words(mark)>
            {icon(mark)}
        </span>
    }
    .into_any()
}

/// A button for each finding there is: how many, and only those.
pub fn chips(context: Context) -> AnyView {
    let chips: Vec<AnyView> = Mark::ALL.into_iter().map(|mark| chip(context, mark)).collect();
    view! {
        <div class="findings" role="group" aria-label=tr("Findings")>
            {chips}
        </div>
    }
    .into_any()
}

fn chip(context: Context, mark: Mark) -> AnyView {
    let count = Memo::new(move |_| context.estate.with(|forest| forest.count(mark)));
    let pressed = Memo::new(move |_| context.tree.filter.get().marks.contains(mark));
    live_if(move || {
        let (count, is_pressed) = (count.get(), pressed.get());
        if count == 0 && !is_pressed {
            return None;
        }
        let chip = view! {
            <button
                class=format!("chip {}", class(mark))
                aria-pressed=is_pressed.to_string()
                title=words(mark)
                on:click=press(move || context.change_filter(|filter| filter.marks.toggle(mark)))
            >
                {icon(mark)}
                <b>{numbers::whole(count)}</b>
                {short(mark)}
            </button>
        };
        Some(chip.into_any())
    })
}

/// Says how many rows a filter leaves, and takes it away.
pub fn matches(context: Context) -> AnyView {
    let is_filtered = Memo::new(move |_| context.tree.is_filtered());
    let words = text(move || {
        if !is_filtered.get() {
            return String::new();
        }
        let found = context.estate.with(|forest| forest.rows.matches());
        match found {
            0 => tr("Nothing matches").to_owned(),
            found => plural!(found, "{n} match", "{n} matches"),
        }
    });
    let clear = live_if(move || {
        let button = view! {
            <button class="button small" on:click=press(move || {
                    context.clear_filter();
                    // The button goes with the filter.
                    context.root.focus(super::ROW);
                })>
                {tr("Clear filters")}
            </button>
        };
        is_filtered.get().then(|| button.into_any())
    });
    view! {
        <span class="matches" role="status">{words}</span>
        {clear}
    }
    .into_any()
}
