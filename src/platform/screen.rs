//! The screen's width, as far as the layout cares.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::theme::Density;

/// The width below which rows become taller and columns fewer, as in `style/`.
const NARROW: &str = "(max-width: 700px)";

/// The height of a grid's row in CSS pixels, as the stylesheet draws it.
pub fn row_height(density: RwSignal<Density>) -> Signal<usize> {
    let narrow = is_narrow();
    Signal::derive(move || match (narrow.get(), density.get()) {
        (true, _) => 44,
        (false, Density::Roomy) => 32,
        (false, Density::Dense) => 26,
    })
}

/// Whether the screen is a phone's, followed as it changes.
pub fn is_narrow() -> ReadSignal<bool> {
    let query = super::window().match_media(NARROW).ok().flatten();
    let (narrow, set_narrow) = signal(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    let Some(query) = query else { return narrow };
    let followed = query.clone();
    let changed = Closure::<dyn Fn()>::new(move || {
        set_narrow.try_set(followed.matches());
    });
    let _ = query.add_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
    let kept = StoredValue::new_local((query, changed));
    on_cleanup(move || {
        kept.with_value(|(query, changed)| {
            let _ = query
                .remove_event_listener_with_callback("change", changed.as_ref().unchecked_ref());
        });
    });
    narrow
}
