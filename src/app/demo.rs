//! One click into a demonstration, where `seatree.json` brings one.

use leptos::prelude::*;
use seatree_core::plural;
use seatree_core::words::tr;

use super::context::context;
use crate::connections::{Entry, State};
use crate::ui::live::{live_if, press};

pub fn demo() -> AnyView {
    let context = context();
    let waiting = Memo::new(move |_| {
        let open = |entry: &&Entry| {
            context.connections.demo(entry.id()).is_some() && entry.state.get() == State::SignedOut
        };
        context.connections.list().iter().filter(open).count()
    });
    live_if(move || {
        let words = match waiting.get() {
            0 => return None,
            some => plural!(
                some,
                "{n} connection leads to a sandbox upstream on this machine; the sign-in is filled in for you.",
                "{n} connections lead to sandbox upstreams on this machine; the sign-in is filled in for you."
            ),
        };
        let notice = view! {
            <section class="notice demo" aria-label=tr("Demonstration")>
                <div>
                    <p class="notice-what">
                        <b>{tr("Demonstration.")}</b>
                        " "
                        {words}
                    </p>
                </div>
                <button
                    class="button primary"
                    on:click=press(move || context.connections.sign_in_to_demo(context))
                >
                    {tr("Sign in to the demo")}
                </button>
            </section>
        };
        Some(notice.into_any())
    })
}
