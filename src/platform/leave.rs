//! When the page is left, or put aside by the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls back when the person leaves the page, for as long as the present view is there.
pub fn on_leaving(act: impl Fn() + 'static) {
    let act = Closure::<dyn Fn()>::new(act);
    let window = super::window();
    let _ = window.add_event_listener_with_callback("pagehide", act.as_ref().unchecked_ref());
    let listener = StoredValue::new_local(act);
    on_cleanup(move || {
        listener.with_value(|act| {
            let _ = super::window()
                .remove_event_listener_with_callback("pagehide", act.as_ref().unchecked_ref());
        });
    });
}
