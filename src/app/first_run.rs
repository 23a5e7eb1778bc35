//! The first screen of a page without connections.

use leptos::prelude::*;
use seatree_core::words::tr;

use super::context::{PanelAt, context};
use crate::ui::icons;
use crate::ui::live::press;

pub fn first_run() -> AnyView {
    let context = context();
    view! {
        <section class="first-run" aria-labelledby="first-run-title">
            {icons::brand()}
            <h2 id="first-run-title">{tr("Every seat in one tree")}</h2>
            <p>
                {tr("Seatree reads licenses straight from your systems: Netaxis DRaaS, AudioCodes Live Platform and Cisco Unified CM. Nothing leaves this browser but the requests to them.")}
            </p>
            <button
                class="button primary"
                on:click=press(move || context.panel.set(Some(PanelAt::New)))
                aria-haspopup="dialog"
            >
                {tr("Connect a system")}
            </button>
            <p class="dim">
                {tr("An administrator can set up connections for everyone with a seatree.json beside this page.")}
            </p>
        </section>
    }
    .into_any()
}
