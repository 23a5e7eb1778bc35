//! Making a column wider or narrower by its edge.

use leptos::prelude::*;
use seatree_core::view::Column;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

use super::{choose, shown_untracked};
use crate::app::context::Context;

/// Where the pointer took hold of an edge, and how wide the column was. It outlives the edge's own
/// view, which is made anew as the column changes its width.
pub type Held = StoredValue<Option<(i32, i32)>>;

/// The edge of a column's header. The columns dialog has the same for the keyboard.
pub fn grip(context: Context, column: Option<&Column>, held: Held) -> AnyView {
    let begin = move |event: PointerEvent| {
        let Some(grip) = element(&event) else { return };
        let width = grip.parent_element().map_or(0, |head| head.client_width());
        held.set_value(Some((event.client_x(), width)));
        let _ = grip.set_pointer_capture(event.pointer_id());
        event.prevent_default();
    };
    let moved = column.cloned();
    let drag = move |event: PointerEvent| {
        let Some((from, width)) = held.get_value() else { return };
        let width = u16::try_from((width + event.client_x() - from).max(0)).unwrap_or(u16::MAX);
        let mut layout = shown_untracked(context);
        layout.resize(moved.as_ref(), width);
        context.tree.layout.set(Some(layout));
    };
    let end = move |_: PointerEvent| {
        if held.try_update_value(Option::take).flatten().is_some() {
            choose(context, context.tree.layout.get_untracked());
        }
    };
    view! {
        <span
            class="grip"
            aria-hidden="true"
            on:pointerdown=begin
            on:pointermove=drag
            on:pointerup=end
            on:pointercancel=end
        ></span>
    }
    .into_any()
}

fn element(event: &PointerEvent) -> Option<HtmlElement> {
    event.target()?.dyn_into().ok()
}
