//! Whether the page is being printed.

use leptos::prelude::*;

/// True from just before the browser takes the page for paper until it has it.
pub fn is_printing() -> ReadSignal<bool> {
    let (printing, set_printing) = signal(false);
    for (event, is_so) in [("beforeprint", true), ("afterprint", false)] {
        let handle = window_event_listener_untyped(event, move |_| {
            set_printing.try_set(is_so);
        });
        on_cleanup(move || handle.remove());
    }
    printing
}
