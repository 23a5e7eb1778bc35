//! The keys of a row of the tree, after the ARIA Authoring Practices for treegrids.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::app::context::Context;
use crate::edit;
use crate::platform::clock;
use crate::ui::grid::Step;

/// Letters this close to each other are one word.
const TYPING_MS: f64 = 800.0;

pub fn pressed(context: Context, event: &KeyboardEvent, at: usize) -> Option<Step> {
    let control = event.ctrl_key();
    if is_of_no_word(&event.key()) {
        context.tree.typed.update_value(|(word, _)| word.clear());
    }
    match (event.key().as_str(), event.shift_key()) {
        ("ArrowRight", false) => Some(open(context, at)),
        ("ArrowLeft", false) => Some(close(context, at)),
        ("ArrowDown", true) => extend(context, at, at + 1),
        ("ArrowUp", true) => extend(context, at, at.checked_sub(1)?),
        ("a", false) if control => {
            context.estate.select_all();
            Some(Step::Stay)
        }
        (" ", true) => {
            context.estate.select_to(at);
            Some(Step::Stay)
        }
        (" ", false) if !continues_a_word(context) => {
            context.estate.select_toggled(at);
            Some(Step::Stay)
        }
        ("Enter", false) => {
            context.tree.details.set(true);
            Some(Step::Stay)
        }
        ("F2", false) => {
            edit::begin(context);
            Some(Step::Stay)
        }
        ("Escape", false) => {
            context.estate.select_none();
            context.tree.details.set(false);
            Some(Step::Stay)
        }
        ("*", _) => {
            context.estate.view(|rows, estate| rows.expand_siblings(estate, at));
            Some(Step::Stay)
        }
        (letter, _) if !control => type_ahead(context, letter, at),
        _ => None,
    }
}

fn open(context: Context, at: usize) -> Step {
    let is_closed = context.estate.with_untracked(|forest| {
        let node = forest.rows.get(at);
        node.is_some_and(|node| {
            forest.rows.can_open(&forest.estate, node) && !forest.rows.is_open(&forest.estate, node)
        })
    });
    if is_closed {
        context.estate.toggle(at);
        Step::Stay
    } else {
        Step::Cells
    }
}

fn close(context: Context, at: usize) -> Step {
    let (is_open, parent) = context.estate.with_untracked(|forest| {
        let node = forest.rows.get(at);
        let open = node.is_some_and(|node| forest.rows.is_open(&forest.estate, node));
        (open, forest.rows.parent_row(&forest.estate, at))
    });
    if is_open {
        context.estate.toggle(at);
        return Step::Stay;
    }
    parent.map_or(Step::Stay, Step::Row)
}

fn extend(context: Context, from: usize, to: usize) -> Option<Step> {
    let count = context.estate.with_untracked(|forest| forest.rows.len());
    let to = to.min(count.checked_sub(1)?);
    context.estate.select_from_to(from, to);
    Some(Step::Row(to))
}

/// Goes to the next row whose name begins with what was typed in quick succession.
fn type_ahead(context: Context, letter: &str, at: usize) -> Option<Step> {
    let mut letters = letter.chars();
    // Keys that are no letters have names; `?` and `/` belong to the page.
    let first = letters.next().filter(|first| !matches!(first, '?' | '/'))?;
    if letters.next().is_some() {
        return None;
    }
    let now = clock::elapsed_ms();
    let word = context.tree.typed.try_update_value(|(word, last)| {
        if now - *last > TYPING_MS {
            word.clear();
        }
        *last = now;
        word.push(first);
        word.clone()
    })?;
    // The first letter looks beyond this row; the others may still mean it.
    let from = if word.chars().count() == 1 { at } else { at.checked_sub(1).unwrap_or(usize::MAX) };
    let found = context.estate.with_untracked(|forest| forest.next_named(from, &word));
    Some(found.map_or(Step::Stay, Step::Row))
}

/// Whoever moves on by another key begins a new word.
fn is_of_no_word(key: &str) -> bool {
    // Letters are keys of one letter; this one makes them large.
    key != "Shift" && key.chars().nth(1).is_some()
}

fn continues_a_word(context: Context) -> bool {
    let (word, last) = context.tree.typed.get_value();
    !word.is_empty() && clock::elapsed_ms() - last < TYPING_MS
}
