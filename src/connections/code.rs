//! The second factor of a sign-in: a code, asked for after the password.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use seatree_core::draas::Trust;
use seatree_core::error::SecondFactor;
use seatree_core::say;
use seatree_core::words::tr;

use super::entry::{Entry, State};
use super::load;
use crate::app::context::context;
use crate::ui::live::{flag, live_if, press};

/// Shown while a code is wanted. What was typed stays until it was accepted.
pub fn code_form(entry: &Entry) -> AnyView {
    let code = RwSignal::new(String::new());
    let trust = RwSignal::new(false);
    let missing = RwSignal::new(String::new());
    let entry = entry.clone();
    let state = entry.state.clone();
    let waiting = entry.clone();
    let waits = Memo::new(move |_| {
        state.track();
        waiting.challenge().map(|challenge| challenge.by)
    });
    Effect::new(move |_| {
        if waits.get().is_none() {
            code.set(String::new());
        }
    });
    live_if(move || waits.get().map(|by| form(&entry, by, code, trust, missing)))
}

fn form(
    entry: &Entry,
    by: SecondFactor,
    code: RwSignal<String>,
    trust: RwSignal<bool>,
    missing: RwSignal<String>,
) -> AnyView {
    let context = context();
    let id = format!("code-{}", entry.id());
    let name = entry.connection.name.clone();
    let submit = {
        let entry = entry.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            let typed = code.get_untracked().trim().to_owned();
            if typed.is_empty() {
                missing.set(tr("Enter the code first.").to_owned());
                return;
            }
            missing.set(String::new());
            let trust = if trust.get_untracked() { Trust::ThisHost } else { Trust::Once };
            load::send_code(context, entry.clone(), &typed, trust);
        }
    };
    let again = {
        let (entry, user_id) = (entry.clone(), format!("user-{}", entry.id()));
        press(move || {
            entry.set_challenge(None);
            entry.state.set(State::SignedOut);
            context.root.focus_id(&user_id);
        })
    };
    let state = entry.state.clone();
    let busy = flag(move || matches!(state.get(), State::Loading(_)));
    // The code is what to type next.
    context.root.focus_id(&id);
    view! {
        <form class="sign-in" on:submit=submit aria-label=say!("Code for {name}", name)>
            <p>{origin_of_code(by)}</p>
            <div class="field">
                <label for=id.clone()>{tr("Code")}</label>
                <input
                    id=id
                    type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    spellcheck="false"
                    bind:value=code
                />
            </div>
            <label class="check">
                <input type="checkbox" bind:checked=trust />
                {tr("Ask for no code on this browser again")}
            </label>
            <p class="field-note">
                {tr("The platform knows a browser by its name and network address. Through a proxy or an edge that is the proxy's address, shared with everyone who uses it: then leave this off.")}
            </p>
            <p class="field-note mistake" role="alert">
                {missing}
            </p>
            <div class="actions">
                <button class="button primary" type="submit" disabled=busy>
                    {tr("Send code")}
                </button>
                <button class="button" type="button" on:click=again>
                    {tr("Start over")}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn origin_of_code(by: SecondFactor) -> &'static str {
    match by {
        SecondFactor::Email => tr("The platform sent a code by e-mail."),
        SecondFactor::Totp => tr("Enter the code that your authenticator app shows."),
        SecondFactor::Unknown => tr(
            "Enter the code that the platform sent by e-mail, or that your authenticator app shows.",
        ),
    }
}
