//! Signing in to one connection. What is typed goes into memory and nowhere else.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use seatree_core::config::Kind;
use seatree_core::http::Secret;
use seatree_core::route::Route;
use seatree_core::say;
use seatree_core::words::tr;

use super::entry::{Entry, State};
use super::load::{self, SignIn};
use crate::app::context::context;
use crate::ui::live::{flag, press, text};

/// What a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Password,
    Token,
}

/// The fields that a kind of upstream takes.
pub fn sign_in_form(entry: &Entry) -> AnyView {
    let kind = entry.connection.kind();
    let is_by_token = matches!(kind, Kind::LivePlatform | Kind::Edge);
    let by = RwSignal::new(if is_by_token { By::Token } else { By::Password });
    let username = RwSignal::new(String::new());
    let secret = RwSignal::new(String::new());
    let missing = RwSignal::new(String::new());
    // With the password accepted, the form for the code takes this one's place.
    let done = {
        let entry = entry.clone();
        flag(move || {
            entry.state.track();
            entry.session().is_some() || entry.challenge().is_some()
        })
    };
    let state = entry.state.clone();
    let busy = flag(move || matches!(state.get(), State::Loading(_)));
    // What was typed stays for another try, until it has done its work.
    let state = entry.state.clone();
    Effect::new(move |_| {
        if matches!(state.get(), State::Ready { .. }) {
            secret.set(String::new());
        }
    });
    let (user_id, secret_id) = (format!("user-{}", entry.id()), format!("secret-{}", entry.id()));
    let submit = submit(entry.clone(), by, username, secret, missing);
    let label = move || match by.get() {
        By::Password => tr("Password"),
        By::Token if kind == Kind::Edge => tr("Token"),
        By::Token => tr("Bearer token"),
    };
    let go = if kind == Kind::Edge { tr("Read with this token") } else { tr("Sign in") };
    view! {
        <form
            class="sign-in"
            hidden=done
            on:submit=submit
            aria-label=say!("Sign in to {name}", name = entry.connection.name)
        >
            {(kind == Kind::Draas).then(|| ways(by))}
            <div class="field" hidden=flag(move || by.get() == By::Token)>
                <label for=user_id.clone()>{tr("User name")}</label>
                <input
                    id=user_id
                    type="text"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    bind:value=username
                />
            </div>
            <div class="field">
                <label for=secret_id.clone()>{text(move || label().to_owned())}</label>
                <input id=secret_id type="password" autocomplete="off" bind:value=secret />
            </div>
            <p class="field-note">{hint(kind)}</p>
            <p class="field-note mistake" role="alert">
                {missing}
            </p>
            <button class="button primary" type="submit" disabled=busy>
                {text(move || if busy.get() { tr("Signing in…") } else { go }.to_owned())}
            </button>
        </form>
    }
    .into_any()
}

fn ways(by: RwSignal<By>) -> AnyView {
    let way = move |target: By, name: &'static str| {
        let pressed = text(move || (by.get() == target).to_string());
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=pressed
                on:click=press(move || by.set(target))
            >
                {name}
            </button>
        }
        .into_any()
    };
    view! {
        <div class="ways" role="group" aria-label=tr("Sign in with")>
            {way(By::Password, tr("Password"))}
            {way(By::Token, tr("Machine token"))}
        </div>
    }
    .into_any()
}

fn submit(
    entry: Entry,
    by: RwSignal<By>,
    username: RwSignal<String>,
    secret: RwSignal<String>,
    missing: RwSignal<String>,
) -> impl FnMut(SubmitEvent) {
    let context = context();
    move |event| {
        event.prevent_default();
        let typed = secret.get_untracked();
        let user = username.get_untracked().trim().to_owned();
        let (sign_in, words) = match by.get_untracked() {
            By::Token => {
                // Copied from a mail, a long one comes in lines.
                let token = Secret::from(typed.split_whitespace().collect::<String>());
                (SignIn::Token(token), tr("Paste the token first."))
            }
            // A password may begin or end with a space.
            By::Password => (
                SignIn::Password { username: user.clone(), password: Secret::from(typed.as_str()) },
                tr("Enter user name and password first."),
            ),
        };
        let lacks = (typed.is_empty() && !edge_may_sign_in(&entry))
            || (by.get_untracked() == By::Password && user.is_empty());
        missing.set(if lacks { words.to_owned() } else { String::new() });
        if !lacks {
            load::sign_in(context, entry.clone(), sign_in);
        }
    }
}

/// Whether the token may be the edge's own.
fn edge_may_sign_in(entry: &Entry) -> bool {
    let connection = &entry.connection;
    connection.kind() == Kind::LivePlatform && matches!(connection.route, Route::Edge { .. })
}

fn hint(kind: Kind) -> &'static str {
    match kind {
        Kind::Draas => tr("Kept in memory only, until this page closes."),
        Kind::LivePlatform => tr(
            "Paste a token that your administrator's tools fetched: Microsoft Entra gives none to \
             a page with a client secret, and a browser could not keep that secret. Through an \
             edge that adds a token of its own, leave it empty. Kept in memory only.",
        ),
        Kind::Edge => tr(
            "Paste the token that your portal, or whoever runs the edge, gave you. It opens its \
             part of the licenses, mostly for some minutes; then a new one is asked for, and what \
             was read stays. Kept in memory only.",
        ),
        Kind::Cucm => tr(
            "An application user with the roles Standard AXL API Users and Standard AXL Read Only \
             API Access is enough. Kept in memory only, until this page closes.",
        ),
    }
}
