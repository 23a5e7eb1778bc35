//! The height of an element, followed as it changes.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

/// Keeps `height` at the element's inner height for as long as the current owner lives.
pub fn follow_height(element: &HtmlElement, height: RwSignal<usize>) {
    let pixels = |element: &HtmlElement| usize::try_from(element.client_height()).unwrap_or(0);
    height.set(pixels(element));
    let observed = element.clone();
    let measure = Closure::<dyn Fn()>::new(move || {
        let now = pixels(&observed);
        if height.try_get_untracked() != Some(now) {
            height.try_set(now);
        }
    });
    let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, measure));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
}
