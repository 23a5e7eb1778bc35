//! The keys that work anywhere on the page.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::context::Context;
use super::dialog::Dialog;
use crate::tree::FILTER_ID;

/// Listens for as long as the page lives.
pub fn listen(context: Context) {
    context.root.on_key(move |event| pressed(context, &event));
}

fn pressed(context: Context, event: &KeyboardEvent) {
    let control = event.ctrl_key() || event.meta_key();
    let dialog = match event.key().as_str() {
        "k" | "K" if control => Some(Dialog::Palette),
        _ if control || event.alt_key() || is_typing(event) => None,
        "?" if context.dialog.get_untracked().is_none() => Some(Dialog::Keys),
        "/" if context.dialog.get_untracked().is_none() => {
            event.prevent_default();
            context.root.focus_id(FILTER_ID);
            None
        }
        _ => None,
    };
    if let Some(dialog) = dialog {
        event.prevent_default();
        context.panel.set(None);
        context.dialog.set(Some(dialog));
    }
}

/// Keys within a field are text.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target
        .is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}
