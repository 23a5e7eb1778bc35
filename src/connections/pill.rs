//! A connection's state at a glance, in the header.

use leptos::prelude::*;
use seatree_core::config::Kind;
use seatree_core::{Problem, UpstreamError};

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
                State::SignedOut if is_by_token => ": enter token".to_owned(),
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
        State::SignedOut => ": sign in".to_owned(),
        State::CodeWanted { .. } => ": enter code".to_owned(),
        State::Loading(progress) => format!(" {}", counted(progress)),
        State::Ready { failed: 0, .. } => String::new(),
        State::Ready { failed, .. } => format!(": {} not read", whole(*failed)),
        State::Failed(error) if wants_token(error) => ": new token wanted".to_owned(),
        State::Failed(_) => ": failed".to_owned(),
    }
}

/// Whether a new token is all that it takes.
pub fn wants_token(error: &UpstreamError) -> bool {
    matches!(error.problem, Problem::TokenRefused { .. })
}

/// A state as a sentence, for the panel.
pub fn sentence(state: &State) -> String {
    match state {
        State::SignedOut => "Not signed in.".to_owned(),
        State::CodeWanted { .. } => "The password is right; a code is wanted too.".to_owned(),
        State::Loading(progress) if progress.done == 0 && progress.of.is_none() => {
            "Asking…".to_owned()
        }
        State::Loading(progress) => format!("Reading: {} {}.", counted(progress), progress.unit),
        State::Ready { at_s, failed: 0, .. } => format!("Read at {}.", clock::time_of_day(*at_s)),
        State::Ready { at_s, failed, .. } => format!(
            "Read at {}, but {} of its parts could not be.",
            clock::time_of_day(*at_s),
            whole(*failed)
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
