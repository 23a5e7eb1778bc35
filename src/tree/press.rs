//! A press on a row: opens it, selects it, or shows its details.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::app::context::Context;

pub fn pressed(context: Context, event: &MouseEvent, at: usize, is_narrow: bool) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let on = |class| {
        target
            .as_ref()
            .is_some_and(|target| target.closest(class).is_ok_and(|found| found.is_some()))
    };
    let adds = event.ctrl_key() || event.meta_key();
    if on(".caret:not(.none)") {
        context.estate.toggle(at);
    } else if event.shift_key() {
        context.estate.select_to(at);
    } else if adds || on(".tick") {
        context.estate.select_toggled(at);
    } else {
        context.estate.select_only(at);
        // A phone has no room for the details beside the tree: a tap asks for them.
        if is_narrow || event.detail() == 2 {
            context.tree.details.set(true);
        }
    }
}
