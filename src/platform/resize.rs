//! The size of an element, followed as it changes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

/// An element's inner width and height, in CSS pixels.
pub type Size = (usize, usize);

/// Keeps `size` at the element's for as long as the current owner lives.
pub fn follow_size(element: &HtmlElement, size: RwSignal<Size>) {
    let pixels = |element: &HtmlElement| {
        let pixels = |length| usize::try_from(length).unwrap_or(0);
        (pixels(element.client_width()), pixels(element.client_height()))
    };
    size.set(pixels(element));
    let observed = element.clone();
    let measure = Closure::<dyn Fn()>::new(move || {
        let now = pixels(&observed);
        if size.try_get_untracked() != Some(now) {
            size.try_set(now);
        }
    });
    let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, measure));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
}
