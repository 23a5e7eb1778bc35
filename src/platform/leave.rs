//! When the page is left, or put aside by the browser.

use leptos::prelude::*;

/// Calls back when the person leaves the page, for as long as the present view is there.
pub fn on_leaving(act: impl Fn() + 'static) {
    let handle = window_event_listener_untyped("pagehide", move |_| act());
    on_cleanup(move || handle.remove());
}
