//! One connection in the panel: how it is doing and what can be done with it.

use leptos::prelude::*;
use seatree_core::config::Settings;
use seatree_core::say;
use seatree_core::words::tr;

use super::code::code_form;
use super::entry::{Entry, State};
use super::load;
use super::pill::{sentence, state_class};
use super::sign_in::sign_in_form;
use crate::app::context::{PanelAt, context};
use crate::platform::confirm;
use crate::ui::error_notice::error_notice;
use crate::ui::live::{flag, live, press, text};

pub fn card(entry: Entry, editing: RwSignal<Option<Settings>>) -> AnyView {
    let context = context();
    let connection = entry.connection.clone();
    let title = format!("card-{}", connection.id);
    let title_of = title.clone();
    let asked = {
        let id = connection.id.clone();
        flag(move || context.panel.get() == Some(PanelAt::Connection(id.clone())))
    };
    let state = entry.state.clone();
    view! {
        <article
            class=text(move || format!("card {}", state_class(&state.get())))
            class:asked=asked
            aria-labelledby=title_of
        >
            <h3 id=title>
                <i class="dot" aria-hidden="true"></i>
                {connection.name.clone()}
                <span class="dim">{connection.kind().name()}</span>
            </h3>
            <p class="address">{connection.address.to_string()}</p>
            <p class="dim">{way_words(&entry)}</p>
            {doing(&entry)}
            {sign_in_form(&entry)}
            {code_form(&entry)}
            {actions(entry, editing)}
        </article>
    }
    .into_any()
}

/// The state as a sentence, or the error with its next step.
fn doing(entry: &Entry) -> AnyView {
    let name = entry.connection.name.clone();
    let state = entry.state.clone();
    live(move || match state.get() {
        State::Failed(error) | State::CodeWanted { refused: Some(error), .. } => {
            error_notice(&name, &error)
        }
        other => {
            let notes = match &other {
                State::Ready { notes, .. } => reasons(notes),
                _ => ().into_any(),
            };
            view! {
                <p role="status">{sentence(&other)}</p>
                {notes}
            }
            .into_any()
        }
    })
}

/// Why parts could not be read, one click away.
fn reasons(notes: &[String]) -> AnyView {
    if notes.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> =
        notes.iter().map(|note| view! { <li>{note.clone()}</li> }.into_any()).collect();
    view! {
        <details class="reasons">
            <summary>{tr("What could not be read")}</summary>
            <ul>{lines}</ul>
        </details>
    }
    .into_any()
}

fn actions(entry: Entry, editing: RwSignal<Option<Settings>>) -> AnyView {
    let context = context();
    let button = |name: &'static str, act: Box<dyn FnMut(leptos::ev::MouseEvent)>| {
        view! { <button class="button" on:click=act>{name}</button> }.into_any()
    };
    let of_state = {
        let entry = entry.clone();
        live(move || {
            let loading = matches!(entry.state.get(), State::Loading(_));
            let [cancel, reload, sign_out] = std::array::from_fn(|_| entry.clone());
            if loading {
                button(tr("Cancel"), press(move || load::cancel(&cancel)))
            } else if entry.session().is_some() {
                let reload = press(move || load::reload(context, reload.clone()));
                let sign_out = press(move || context.connections.sign_out(context, sign_out.id()));
                view! { {button(tr("Read again"), reload)} {button(tr("Sign out"), sign_out)} }
                    .into_any()
            } else {
                ().into_any()
            }
        })
    };
    let settings = entry.settings.clone();
    let edit = press(move || editing.set(Some(settings.clone())));
    let remove = press(move || {
        let name = &entry.connection.name;
        if confirm::ask(&say!(
            "Remove the connection {name}? What was read from it leaves this page.",
            name
        )) {
            context.connections.remove(context, entry.id());
        }
    });
    view! {
        <div class="actions">
            {of_state}
            {button(tr("Edit"), edit)}
            {button(tr("Remove"), remove)}
        </div>
    }
    .into_any()
}

/// Where requests go first, and a warning where credentials could be read on the way.
fn way_words(entry: &Entry) -> String {
    let connection = &entry.connection;
    let hop = connection.route.first_hop(&connection.address);
    let way = if hop == connection.address.origin() {
        tr("Called directly.").to_owned()
    } else {
        say!("Called through {hop}.", hop)
    };
    match connection.route.warning(&connection.address) {
        Some(warning) => format!("{way} {warning}"),
        None => way,
    }
}
