//! One click into a demonstration, where `seatree.json` brings one.

use leptos::prelude::*;

use super::context::context;
use crate::connections::State;

#[component]
pub fn Demo() -> impl IntoView {
    let context = context();
    let waiting = move || {
        let open = |entry: &crate::connections::Entry| {
            context.connections.demo(entry.id()).is_some() && entry.state.get() == State::SignedOut
        };
        context.connections.list().iter().filter(|entry| open(entry)).count()
    };
    view! {
        <Show when=move || { waiting() > 0 }>
            <section class="notice demo" aria-label="Demonstration">
                <div>
                    <p class="notice-what">
                        <b>"Demonstration. "</b>
                        {move || waiting()}
                        " connections lead to sandbox upstreams on this machine; their sign-in is filled in for you."
                    </p>
                </div>
                <button
                    class="button primary"
                    on:click=move |_| context.connections.sign_in_to_demo(context)
                >
                    "Sign in to the demo"
                </button>
            </section>
        </Show>
    }
}
