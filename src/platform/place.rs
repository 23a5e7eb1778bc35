//! The place a person is at, as the address bar shows it: `#/services`.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The part after `#`, such as `/services`; empty at the start.
pub fn here() -> String {
    let hash = super::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// A signal that follows the address bar, also when the person goes back.
pub fn follow() -> ReadSignal<String> {
    let (place, set_place) = signal(here());
    let changed = Closure::<dyn Fn()>::new(move || set_place.set(here()));
    let window = super::window();
    let _ = window.add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    let listener = StoredValue::new_local(changed);
    on_cleanup(move || {
        listener.with_value(|changed| {
            let _ = super::window().remove_event_listener_with_callback(
                "hashchange",
                changed.as_ref().unchecked_ref(),
            );
        });
    });
    place
}
