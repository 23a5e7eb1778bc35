//! Where keys move the focus: by the model, whatever is drawn.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::{Shared, Step, cells, focus};

/// A key within the rows.
pub(super) fn pressed(shared: &Shared, event: &KeyboardEvent) {
    let at = shared.focus.get_untracked();
    let count = shared.rows.count();
    if count == 0 || event.alt_key() || event.meta_key() || on_control(event) {
        return;
    }
    let step = match at.cell {
        Some(cell) => in_cells(shared, event, at.index, cell),
        None => shared.rows.on_key(event, at.index).map(|step| (step, None)),
    };
    let (step, cell) = match step {
        Some(step) => step,
        None => match moved(event, at.index, page(shared), count) {
            Some(row) => (Step::Row(row), at.cell),
            None => return,
        },
    };
    event.prevent_default();
    match step {
        Step::Stay => {}
        Step::Row(row) => focus::go(shared, row.min(count - 1), cell),
        Step::Cells => focus::go(shared, at.index, Some(0)),
    }
}

/// A key while a cell has the focus.
fn in_cells(
    shared: &Shared,
    event: &KeyboardEvent,
    index: usize,
    cell: usize,
) -> Option<(Step, Option<usize>)> {
    let last = cells::count(shared, index).saturating_sub(1);
    let row = Step::Row(index);
    match (event.key().as_str(), event.ctrl_key()) {
        ("ArrowRight", _) => Some((row, Some((cell + 1).min(last)))),
        ("ArrowLeft", _) => Some((row, cell.checked_sub(1))),
        ("Home", false) => Some((row, Some(0))),
        ("End", false) => Some((row, Some(last))),
        ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp" | "Home" | "End", _) => None,
        // What a key does to the row it also does from its cells.
        _ => shared.rows.on_key(event, index).map(|step| (step, Some(cell))),
    }
}

fn moved(event: &KeyboardEvent, at: usize, page: usize, count: usize) -> Option<usize> {
    let last = count - 1;
    match event.key().as_str() {
        "ArrowDown" => Some((at + 1).min(last)),
        "ArrowUp" => Some(at.saturating_sub(1)),
        "PageDown" => Some((at + page).min(last)),
        "PageUp" => Some(at.saturating_sub(page)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Rows that a page key moves by.
fn page(shared: &Shared) -> usize {
    (untrack(|| shared.viewport()) / shared.row_height.get_untracked()).max(2) - 1
}

/// Keys within a button or field of a row are its own; arrows and paging still move the row.
fn on_control(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let inside = target.is_some_and(|target| {
        matches!(target.tag_name().as_str(), "BUTTON" | "INPUT" | "SUMMARY" | "A")
    });
    inside && matches!(event.key().as_str(), "Enter" | " ")
}

/// The header is one stop of the Tab key; arrows move along it.
pub(super) fn along_the_head(event: &KeyboardEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let Some(head) = target.as_ref().and_then(|t| t.closest(".grid-head").ok().flatten()) else {
        return;
    };
    let Ok(list) = head.query_selector_all("button") else { return };
    let buttons: Vec<HtmlElement> =
        (0..list.length()).filter_map(|at| list.get(at)?.dyn_into().ok()).collect();
    let Some(at) = buttons.iter().position(|button| Some(button) == target.as_ref()) else {
        return;
    };
    let last = buttons.len() - 1;
    let to = match (event.alt_key() || event.shift_key(), event.key().as_str()) {
        (false, "ArrowRight") => (at + 1).min(last),
        (false, "ArrowLeft") => at.saturating_sub(1),
        (false, "Home") => 0,
        (false, "End") => last,
        _ => return,
    };
    event.prevent_default();
    for (number, button) in buttons.iter().enumerate() {
        button.set_tab_index(if number == to { 0 } else { -1 });
    }
    let _ = buttons[to].focus();
}
