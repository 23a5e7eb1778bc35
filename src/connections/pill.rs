//! A connection's state at a glance, in the header.

use leptos::prelude::*;

use super::entry::{Entry, Progress, State};
use crate::app::context::{PanelAt, context};
use crate::platform::{clock, numbers};

/// Opens the connections panel at its connection.
#[component]
pub fn Pill(entry: Entry) -> impl IntoView {
    let context = context();
    let (name, id) = (entry.connection.name.clone(), entry.id().to_owned());
    let (state, class) = (entry.state.clone(), entry.state.clone());
    view! {
        <button
            class=move || format!("pill {}", state_class(&class.get()))
            aria-haspopup="dialog"
            on:click=move |_| context.panel.set(Some(PanelAt::Connection(id.clone())))
        >
            <i class="dot" aria-hidden="true"></i>
            {name}
            <span class="pill-state">{move || brief(&state.get())}</span>
        </button>
    }
}

pub fn state_class(state: &State) -> &'static str {
    match state {
        State::SignedOut => "out",
        State::Loading(_) => "busy",
        State::Ready { failed: 0, .. } => "ready",
        State::Ready { .. } => "partial",
        State::Failed(_) => "failed",
    }
}

fn brief(state: &State) -> String {
    match state {
        State::SignedOut => ": sign in".to_owned(),
        State::Loading(progress) => format!(" {}", counted(progress)),
        State::Ready { failed: 0, .. } => String::new(),
        State::Ready { failed, .. } => format!(": {} not read", count(*failed)),
        State::Failed(_) => ": failed".to_owned(),
    }
}

/// A state as a sentence, for the panel.
pub fn sentence(state: &State) -> String {
    match state {
        State::SignedOut => "Not signed in.".to_owned(),
        State::Loading(progress) if progress.done == 0 && progress.of.is_none() => {
            "Asking…".to_owned()
        }
        State::Loading(progress) => format!("Reading: {} {}.", counted(progress), progress.unit),
        State::Ready { at_s, failed: 0 } => format!("Read at {}.", clock::time_of_day(*at_s)),
        State::Ready { at_s, failed } => {
            let failed = count(*failed);
            format!(
                "Read at {}, but {failed} of its parts could not be.",
                clock::time_of_day(*at_s)
            )
        }
        State::Failed(error) => error.what(),
    }
}

fn counted(progress: &Progress) -> String {
    match progress.of {
        Some(of) => format!("{} / {}", count(progress.done), count(of)),
        None if progress.done == 0 => "…".to_owned(),
        None => count(progress.done),
    }
}

fn count(number: usize) -> String {
    numbers::count(i64::try_from(number).unwrap_or(i64::MAX))
}
