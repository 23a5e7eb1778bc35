//! How wide an instance of the page is, as far as the layout cares: its own element, not the screen,
//! which it may share with another page.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver, ResizeObserverEntry};

use super::theme::Density;

/// The width in CSS pixels up to which rows are taller and columns fewer, as in `style/`.
const NARROW: f64 = 700.0;

/// The height of a grid's row in CSS pixels, as the stylesheet draws it.
pub fn row_height(narrow: ReadSignal<bool>, density: RwSignal<Density>) -> Signal<usize> {
    Signal::derive(move || match (narrow.get(), density.get()) {
        (true, _) => 44,
        (false, Density::Roomy) => 32,
        (false, Density::Dense) => 26,
    })
}

/// Whether an element is no wider than a phone, followed as it changes for as long as the current
/// owner lives.
pub fn is_narrow(element: &HtmlElement) -> ReadSignal<bool> {
    // What is not shown has no width, and none to fit into.
    let is_narrow = |width: f64| width > 0.0 && width <= NARROW;
    let (narrow, set_narrow) = signal(is_narrow(element.get_bounding_client_rect().width()));
    let measure = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let Ok(entry) = entries.get(0).dyn_into::<ResizeObserverEntry>() else { return };
        let width = entry.content_rect().width();
        if width > 0.0 && narrow.try_get_untracked() != Some(is_narrow(width)) {
            set_narrow.try_set(is_narrow(width));
        }
    });
    let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return narrow };
    observer.observe(element);
    let kept = StoredValue::new_local((observer, measure));
    on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
    narrow
}
