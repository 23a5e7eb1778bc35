//! Signing in to one connection. What is typed goes into memory and nowhere else.

use leptos::prelude::*;
use seatree_core::config::Kind;
use seatree_core::http::Secret;

use super::entry::{Entry, State};
use super::load::{self, SignIn};
use crate::app::context::context;

/// What a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Password,
    Token,
}

/// The fields that a kind of upstream takes.
#[component]
pub fn SignInForm(entry: Entry) -> impl IntoView {
    let context = context();
    let kind = entry.connection.kind();
    let title = entry.connection.name.clone();
    let by = RwSignal::new(if kind == Kind::LivePlatform { By::Token } else { By::Password });
    let username = RwSignal::new(String::new());
    let secret = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<&'static str>);
    let state = entry.state.clone();
    let signed_in = {
        let (entry, state) = (entry.clone(), state.clone());
        Memo::new(move |_| {
            state.track();
            entry.session().is_some()
        })
    };
    let busy = {
        let state = state.clone();
        Memo::new(move |_| matches!(state.get(), State::Loading(_)))
    };
    // What was typed stays for another try, until it has done its work.
    Effect::new(move |_| {
        if matches!(state.get(), State::Ready { .. }) {
            secret.set(String::new());
        }
    });
    let id = entry.id().to_owned();
    let (user_id, secret_id) = (format!("user-{id}"), format!("secret-{id}"));
    let (user_for, secret_for) = (user_id.clone(), secret_id.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = Secret::from(secret.get_untracked().trim());
        let sign_in = match by.get_untracked() {
            By::Token if typed.is_empty() => return missing.set(Some("Paste the token first.")),
            By::Token => SignIn::Token(typed),
            By::Password => {
                let username = username.get_untracked().trim().to_owned();
                // A password may begin or end with a space.
                let password = Secret::from(secret.get_untracked());
                if username.is_empty() || password.is_empty() {
                    return missing.set(Some("Enter user name and password first."));
                }
                SignIn::Password { username, password }
            }
        };
        missing.set(None);
        load::sign_in(context, entry.clone(), sign_in);
    };
    view! {
        <form
            class="sign-in"
            hidden=move || signed_in.get()
            on:submit=submit
            aria-label=format!("Sign in to {}", title)
        >
            {(kind == Kind::Draas)
                .then(|| {
                    let way = move |target: By, name: &'static str| {
                        view! {
                            <button
                                type="button"
                                class="chip"
                                aria-pressed=move || (by.get() == target).to_string()
                                on:click=move |_| by.set(target)
                            >
                                {name}
                            </button>
                        }
                    };
                    view! {
                        <div class="ways" role="group" aria-label="Sign in with">
                            {way(By::Password, "Password")}
                            {way(By::Token, "Machine token")}
                        </div>
                    }
                })}
            <div class="field" hidden=move || by.get() == By::Token>
                <label for=user_for.clone()>"User name"</label>
                <input
                    id=user_id.clone()
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    bind:value=username
                />
            </div>
            <div class="field">
                <label for=secret_for.clone()>
                    {move || if by.get() == By::Token { "Bearer token" } else { "Password" }}
                </label>
                <input
                    id=secret_id.clone()
                    type="password"
                    autocomplete="off"
                    bind:value=secret
                />
            </div>
            <p class="field-note">{hint(kind)}</p>
            <p class="field-note mistake" role="alert">{move || missing.get()}</p>
            <button class="button primary" type="submit" disabled=move || busy.get()>
                {move || if busy.get() { "Signing in…" } else { "Sign in" }}
            </button>
        </form>
    }
}

fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Draas => "Kept in memory only, until this page closes.",
        Kind::LivePlatform => {
            "Paste a token that your administrator's tools fetched: Microsoft Entra gives none to \
             a page with a client secret, and a browser could not keep that secret. An edge can \
             hold it instead. Kept in memory only."
        }
        Kind::Cucm => {
            "An application user with the roles Standard AXL API Users and Standard AXL Read Only \
             API Access is enough. Kept in memory only, until this page closes."
        }
    }
}
