//! Where a visitor's token has ended: what asks for another one, above what was read.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use seatree_core::http::Secret;
use seatree_core::say;
use seatree_core::words::tr;

use super::entry::{Entry, State};
use super::load::{self, SignIn};
use super::pill::wants_token;
use crate::app::Context;
use crate::app::context::context;
use crate::platform::part::{View, part, view_of};
use crate::ui::icons;
use crate::ui::live::{flag, live, live_if, text};

/// A notice for each connection whose token is no longer taken.
pub fn new_token() -> AnyView {
    let context = context();
    let is_wanted = Memo::new(move |_| context.connections.list().iter().any(wants_one));
    let is_open = Memo::new(move |was| is_wanted.get() || was == Some(&true));
    live_if(move || is_open.get().then(|| view_of(code())))
}

part!(
    token,
    /// What asks for new tokens.
    fn code() -> View {
        content
    }
);

fn wants_one(entry: &Entry) -> bool {
    matches!(entry.state.get(), State::Failed(error) if wants_token(&error))
}

fn content() -> AnyView {
    let context = context();
    // One that is tried keeps its form: should it not be taken either, what was typed is there.
    let wanting = Memo::new(move |before: Option<&Vec<String>>| {
        let asks = |entry: &Entry| {
            let was = before.is_some_and(|ids| ids.iter().any(|id| id == entry.id()));
            wants_one(entry) || was && matches!(entry.state.get(), State::Loading(_))
        };
        let entries = context.connections.list();
        entries.iter().filter(|e| asks(e)).map(|e| e.id().to_owned()).collect::<Vec<_>>()
    });
    live(move || {
        let entries = wanting.get().into_iter().filter_map(|id| context.connections.find(&id));
        entries.map(|entry| notice(context, entry)).collect::<Vec<_>>().into_any()
    })
}

fn notice(context: Context, entry: Entry) -> AnyView {
    let token = RwSignal::new(String::new());
    let missing = RwSignal::new(String::new());
    let name = entry.connection.name.clone();
    let label = say!("New token for {name}", name);
    let id = format!("new-token-{}", entry.id());
    let (shown, state) = (entry.state.clone(), entry.state.clone());
    let what = text(move || match shown.get() {
        State::Failed(error) => error.what(),
        _ => tr("Asking…").to_owned(),
    });
    let holds_data = context.estate.holds_data(entry.id());
    let stays = if holds_data { tr("What was read stays below.") } else { "" };
    let busy = flag(move || matches!(state.get(), State::Loading(_)));
    let field = id.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // Copied from a mail, a long one comes in lines.
        let typed: String = token.get_untracked().split_whitespace().collect();
        if typed.is_empty() {
            missing.set(tr("Paste the token first.").to_owned());
            context.root.focus_id(&field);
            return;
        }
        missing.set(String::new());
        load::sign_in(context, entry.clone(), SignIn::Token(Secret::from(typed)));
    };
    view! {
        <form class="notice new-token" aria-label=label on:submit=submit>
            <span class="notice-mark">{icons::clock()}</span>
            <div>
                <p class="notice-what" role="status">
                    <b>
                        <bdi>{name}</bdi>
                        ": "
                    </b>
                    {what}
                </p>
                <p>
                    {stays} " " {tr("Enter a new token, from where this one came.")}
                </p>
                <p class="mistake" role="alert">
                    {missing}
                </p>
            </div>
            <label class="sr-only" for=id.clone()>
                {tr("New token")}
            </label>
            <input id=id type="password" autocomplete="off" placeholder=tr("New token") bind:value=token />
            <button class="button primary" type="submit" disabled=busy>
                {tr("Go on")}
            </button>
        </form>
    }
    .into_any()
}
