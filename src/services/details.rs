//! Everything about one service, beside the list: its figures, what they are made of, and why its
//! count may be another than expected. It follows the focused row.

mod content;
mod counting;
mod ids;
mod reasons;

use leptos::prelude::*;
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::ui::icons;
use crate::ui::live::{live_if, press};

/// The panel, while it is open.
pub(super) fn details(context: Context) -> AnyView {
    let is_open = Memo::new(move |_| context.services.details.get());
    live_if(move || is_open.get().then(|| panel(context)))
}

fn panel(context: Context) -> AnyView {
    let close = move || {
        context.services.details.set(false);
        context.root.focus(super::ROW);
    };
    view! {
        <aside
            class="details"
            aria-label=tr("Details")
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <button
                class="button bare details-close"
                aria-label=tr("Close the details")
                on:click=press(close)
            >
                {icons::cross()}
            </button>
            {content::content(context)}
        </aside>
    }
    .into_any()
}
