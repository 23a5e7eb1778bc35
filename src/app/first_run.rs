//! The first screen of a page without connections.

use leptos::prelude::*;

use super::context::{PanelAt, context};
use crate::ui::icons;
use crate::ui::live::press;

pub fn first_run() -> AnyView {
    let context = context();
    view! {
        <section class="first-run" aria-labelledby="first-run-title">
            {icons::brand()}
            <h2 id="first-run-title">"Every seat in one tree"</h2>
            <p>
                "Seatree reads licenses straight from your systems: Netaxis DRaaS, AudioCodes Live Platform and Cisco Unified CM. Nothing leaves this browser but the requests to them."
            </p>
            <button
                class="button primary"
                on:click=press(move || context.panel.set(Some(PanelAt::New)))
                aria-haspopup="dialog"
            >
                "Connect a system"
            </button>
            <p class="dim">
                "An administrator can set up connections for everyone with a "
                <code>"seatree.json"</code> " beside this page."
            </p>
        </section>
    }
    .into_any()
}
