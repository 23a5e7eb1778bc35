//! The rows' elements in the order of their rows. They stand where their rows are, whatever their
//! order, but who reads the page from top to bottom meets them in the document's.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::cells;
use crate::platform::root;

/// Scrolling is over when nothing moved for so long.
const REST: Duration = Duration::from_millis(200);

/// Puts the elements in order once they are at rest. Gives what to call whenever they moved.
pub(super) fn keep(room: NodeRef<html::Div>) -> impl Fn() + Clone {
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    move || {
        if let Some(waiting) = waiting.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        let in_order = move || {
            if let Some(room) = room.try_get_untracked().flatten() {
                put_in_order(&room);
            }
        };
        waiting.set_value(set_timeout_with_handle(in_order, REST).ok());
    }
}

pub(super) fn put_in_order(room: &HtmlElement) {
    let children = room.children();
    let rows = (0..children.length()).filter_map(|at| children.item(at));
    let mut rows: Vec<(usize, Element)> =
        rows.filter_map(|row| Some((cells::index_of(&row)?, row))).collect();
    rows.sort_by_key(|(index, _)| *index);
    let active = root::active_beside(room);
    let mut next: Option<Element> = None;
    for (_, row) in rows.into_iter().rev() {
        let is_there = row.next_element_sibling() == next;
        // Moving what has the focus would take it away; the others are put around it.
        if !is_there && !row.contains(active.as_deref()) {
            let before = next.as_ref().and_then(|next| next.dyn_ref::<Node>());
            let _ = room.insert_before(&row, before);
        }
        next = Some(row);
    }
}
