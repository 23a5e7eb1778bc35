//! A button that copies, and says that it did.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::words::tr;

use super::live::{live_if, press};
use crate::platform::clipboard;

/// A button that copies what it is asked for when it is pressed.
pub fn copier(words: &'static str, what: impl Fn() -> String + 'static) -> AnyView {
    let state = RwSignal::new(None::<bool>);
    let copy = move || {
        let what = what();
        spawn_local(async move {
            let worked = clipboard::write(&what).await;
            state.try_set(Some(worked));
        });
    };
    let said = live_if(move || {
        let words = if state.get()? { tr("copied") } else { tr("the browser refused") };
        Some(view! { <span class="dim">{words}</span> }.into_any())
    });
    view! {
        <button class="button small" on:click=press(copy)>
            {words}
        </button>
        <span role="status">{said}</span>
    }
    .into_any()
}
