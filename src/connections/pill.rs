//! A connection's state at a glance, in the header.

use leptos::prelude::*;
use seatree_core::config::Kind;
use seatree_core::words::{said, tr};
use seatree_core::{Problem, UpstreamError, plural, say};

use super::entry::{Entry, Progress, State};
use crate::app::Context;
use crate::app::context::{PanelAt, context};
use crate::platform::clock;
use crate::platform::numbers::whole;
use crate::ui::live::{press, text};

/// Opens the connections panel at its connection.
pub fn pill(entry: &Entry) -> AnyView {
    let context = context();
    let (name, id) = (entry.connection.name.clone(), entry.id().to_owned());
    let is_by_token = entry.connection.kind() == Kind::Edge;
    let (state, class) = (entry.state.clone(), entry.state.clone());
    view! {
        <button
            class=text(move || format!("pill {}", state_class(&class.get())))
            aria-haspopup="dialog"
            on:click=press(move || context.panel.set(Some(PanelAt::Connection(id.clone()))))
        >
            <i class="dot" aria-hidden="true"></i>
            {name}
            <span class="pill-state">{text(move || match state.get() {
                State::SignedOut if is_by_token => tr(": enter token").to_owned(),
                state => brief(&state),
            })}</span>
        </button>
    }
    .into_any()
}

pub fn state_class(state: &State) -> &'static str {
    match state {
        State::SignedOut | State::CodeWanted { .. } => "out",
        State::Loading(_) => "busy",
        State::Ready { failed: 0, .. } => "ready",
        State::Ready { .. } => "partial",
        State::Failed(_) => "failed",
    }
}

/// The class of the state that wants attention most, for where the pills have no room.
pub fn worst(context: Context) -> &'static str {
    const ORDER: [&str; 5] = ["failed", "partial", "busy", "out", "ready"];
    let classes: Vec<_> =
        context.connections.list().iter().map(|entry| state_class(&entry.state.get())).collect();
    ORDER.into_iter().find(|class| classes.contains(class)).unwrap_or("out")
}

fn brief(state: &State) -> String {
    match state {
        State::SignedOut => tr(": sign in").to_owned(),
        State::CodeWanted { .. } => tr(": enter code").to_owned(),
        State::Loading(progress) => format!(" {}", counted(progress)),
        State::Ready { failed: 0, .. } => String::new(),
        State::Ready { failed, .. } => plural!(*failed, ": {n} not read", ": {n} not read"),
        State::Failed(error) if wants_token(error) => tr(": new token wanted").to_owned(),
        State::Failed(_) => tr(": failed").to_owned(),
    }
}

/// Whether a new token is all that it takes.
pub fn wants_token(error: &UpstreamError) -> bool {
    matches!(error.problem, Problem::TokenRefused { .. })
}

/// A state as a sentence, for the panel.
pub fn sentence(state: &State) -> String {
    match state {
        State::SignedOut => tr("Not signed in.").to_owned(),
        State::CodeWanted { .. } => tr("The password is right; a code is wanted too.").to_owned(),
        State::Loading(progress) if progress.done == 0 && progress.of.is_none() => {
            tr("Asking…").to_owned()
        }
        State::Loading(progress) => {
            say!("Reading: {count} {unit}.", count = counted(progress), unit = said(progress.unit))
        }
        State::Ready { at_s, failed: 0, .. } => {
            say!("Read at {time}.", time = clock::time_of_day(*at_s))
        }
        State::Ready { at_s, failed, .. } => plural!(
            *failed,
            "Read at {time}, but {n} of its parts could not be.",
            "Read at {time}, but {n} of its parts could not be.",
            time = clock::time_of_day(*at_s)
        ),
        State::Failed(error) => error.what(),
    }
}

fn counted(progress: &Progress) -> String {
    match progress.of {
        Some(of) => format!("{} / {}", whole(progress.done), whole(of)),
        None if progress.done == 0 => "…".to_owned(),
        None => whole(progress.done),
    }
}
