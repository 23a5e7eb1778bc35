//! Everything about one node, beside the tree: where it stands, its ids, its meters and what is
//! wrong with them. It follows the focused row.

mod billing;
mod content;
mod findings;
mod ids;
mod largest;
mod meters;
mod path;
mod reply;

use leptos::prelude::*;
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::platform::part::{View, part, view_of};
use crate::platform::storage::Storage;
use crate::ui::icons;
use crate::ui::live::{live_if, press};

const KEY: &str = "seatree.details";
const ID: &str = "details";

/// Whether the details were open when the page was last left.
pub fn remembered(storage: Storage) -> bool {
    storage.read(KEY).as_deref() == Some("open")
}

/// The panel, while it is open.
pub fn details(context: Context) -> AnyView {
    let is_open = Memo::new(move |_| context.tree.details.get());
    Effect::new(move |_| {
        context.storage.write(KEY, if is_open.get() { "open" } else { "closed" });
    });
    live_if(move || is_open.get().then(|| panel(context)))
}

fn panel(context: Context) -> AnyView {
    let close = move || {
        context.tree.details.set(false);
        context.root.focus(crate::tree::ROW);
    };
    view! {
        <aside
            class="details"
            part="details"
            id=ID
            aria-label=tr("Details")
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
        >
            <button class="button bare details-close" aria-label=tr("Close the details") on:click=press(close)>
                {icons::cross()}
            </button>
            {view_of(code())}
        </aside>
    }
    .into_any()
}

part!(
    tools,
    /// What the panel shows.
    fn code() -> View {
        content::content
    }
);
