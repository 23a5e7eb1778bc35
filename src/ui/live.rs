//! Parts of a view that follow what they read.
//!
//! Each closure handed to leptos as it is makes its own copy of the code that draws it. Boxed,
//! they share one: the page is half as large for it.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// A view that is drawn anew when what it read changes.
pub fn live(view: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// A view that is there while it has something to say.
pub fn live_if(mut view: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    live(move || view().unwrap_or_else(|| ().into_any()))
}

/// A text that follows what it reads.
pub fn text(text: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(text)
}

/// An attribute that comes and goes with what it reads.
pub fn maybe(value: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
    Signal::derive(value)
}

/// Yes or no, as what it reads has it.
pub fn flag(flag: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(flag)
}

/// What a press does.
pub fn press(mut act: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    Box::new(move |_| act())
}
