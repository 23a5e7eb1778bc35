//! Which row or cell has the focus, and giving it to another.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement};

use super::{Key, Shared, cells};
use crate::platform::root;

/// The row that takes the focus, wherever the keyboard comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Focus {
    pub index: usize,
    /// None before any row had it.
    pub key: Option<Key>,
    /// The cell within the row; none while the row itself has it.
    pub cell: Option<usize>,
    /// Whether the focus is within the grid right now.
    pub is_here: bool,
}

/// Where the focused row is now; the row that stands for it when it is gone. None without rows.
pub(super) fn follow(shared: &Shared, count: usize) -> Option<Focus> {
    let mut focus = shared.focus.get_untracked();
    focus.is_here = focus.is_here && has_focus(shared);
    if let Some(key) = focus.key {
        let rows = &shared.rows;
        let key = rows.key_now(key);
        focus.key = Some(key);
        if let Some(index) = rows.index_of(key) {
            focus.index = index;
        } else {
            focus.index = rows.stands_for(key).unwrap_or(focus.index).min(count.saturating_sub(1));
            focus.cell = None;
            // Who is elsewhere finds the row again where it was left, once it is shown again.
            if focus.is_here {
                focus.key = (focus.index < count).then(|| rows.key(focus.index));
            }
        }
    }
    shared.focus.set(focus);
    (focus.index < count).then_some(focus)
}

/// Keeps the focus on its row after the rows' elements changed.
pub(super) fn keep(shared: &Shared, focus: Option<Focus>) {
    if !focus.is_some_and(|focus| focus.is_here && focus.cell.is_none()) {
        return;
    }
    let shared = shared.clone();
    let at = active(&shared);
    request_animation_frame(move || {
        let now = active(&shared);
        // The row may have moved on since: rows come several times a frame. The grid may be gone.
        let Some(Focus { index, .. }) = shared.focus.try_get_untracked() else { return };
        // Who moved the focus meanwhile is right; a row that went away took it along.
        let is_left = now == at || (now.is_none() && has_nothing(&shared));
        if is_left && now.as_ref().and_then(cells::index_of) != Some(index) {
            give(&shared, index, None);
        }
    });
}

/// The browser gave the focus to something in a row.
pub(super) fn came(shared: &Shared, event: &FocusEvent) {
    let Some(index) = cells::row_of(event.target()) else { return };
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let cell = target.and_then(|target| cells::number_of(&target));
    let before = shared.focus.get_untracked();
    // The rows may have changed since they were drawn: the element still shows the former one.
    let is_shown = |key: &Key| shared.rows.index_of(*key).is_some();
    let former = before.key.filter(|key| before.index == index && is_shown(key));
    let key = former.unwrap_or_else(|| shared.rows.key(index));
    let focus = Focus { index, key: Some(key), cell, is_here: true };
    if before != focus {
        shared.focus.set(focus);
        if let Some(body) = shared.body().filter(|_| cell.is_none()) {
            cells::forget(&body);
        }
    }
    if shared.rows.index_of(key) == Some(index) {
        shared.rows.on_focus(index);
    }
}

/// Brings a row into sight and gives it, or one of its cells, the focus.
pub(super) fn go(shared: &Shared, index: usize, cell: Option<usize>) {
    let Some(key) = bring(shared, index, cell, true) else { return };
    // The row may only now be drawn: it is there once the frame's updates are done, if other rows
    // came above it at another place.
    let shared = shared.clone();
    request_animation_frame(move || {
        if shared.body().is_some() {
            give(&shared, shared.rows.index_of(key).unwrap_or(index), cell);
        }
    });
}

/// Brings a row into sight: from here on the keyboard begins there, whether the focus `is_here` now
/// or comes later.
pub(super) fn bring(
    shared: &Shared,
    index: usize,
    cell: Option<usize>,
    is_here: bool,
) -> Option<Key> {
    let body = shared.body()?;
    let row = shared.row_height.get_untracked();
    let (top, bottom) = (index * row, (index + 1) * row);
    shared.space.update_value(|space| {
        let (seen, height) = (space.top(), space.viewport());
        if top < seen {
            space.go_to(&body, top);
        } else if bottom > seen + height {
            space.go_to(&body, bottom - height.min(bottom));
        }
    });
    let key = shared.rows.key(index);
    shared.focus.set(Focus { index, key: Some(key), cell, is_here });
    shared.again.update(|times| *times = times.wrapping_add(1));
    Some(key)
}

fn give(shared: &Shared, index: usize, cell: Option<usize>) {
    let Some(body) = shared.body() else { return };
    let row = body.query_selector(&format!("[data-row='{index}']")).ok().flatten();
    let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) else { return };
    cells::forget(&body);
    match cell.and_then(|cell| cells::cell(&row, cell)) {
        // What cannot take the focus leaves it where it is.
        Some(cell) => {
            cell.set_tab_index(0);
            let _ = cell.focus();
        }
        None => {
            let _ = row.focus();
        }
    }
}

fn has_focus(shared: &Shared) -> bool {
    active(shared).is_some()
}

/// Nothing on the page has the focus.
fn has_nothing(shared: &Shared) -> bool {
    let body = shared.body();
    body.is_some_and(|body| root::active_beside(&body).is_none())
}

/// What has the focus, if it is in this grid.
fn active(shared: &Shared) -> Option<web_sys::Element> {
    let body = shared.body()?;
    let active = root::active_beside(&body)?;
    (body.contains(Some(&active))).then_some(active)
}
