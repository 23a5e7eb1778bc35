//! One connection in the panel: how it is doing and what can be done with it.

use leptos::prelude::*;
use seatree_core::config::Settings;

use super::entry::{Entry, State};
use super::load;
use super::pill::{sentence, state_class};
use super::sign_in::SignInForm;
use crate::app::context::{PanelAt, context};
use crate::platform::confirm;
use crate::ui::error_notice::ErrorNotice;

#[component]
pub fn Card(entry: Entry, editing: RwSignal<Option<Settings>>) -> impl IntoView {
    let context = context();
    let connection = entry.connection.clone();
    let title = format!("card-{}", connection.id);
    let asked = {
        let id = connection.id.clone();
        move || context.panel.get() == Some(PanelAt::Connection(id.clone()))
    };
    let state = entry.state.clone();
    let class = move || format!("card {}", state_class(&state.get()));
    view! {
        <article class=class class:asked=asked aria-labelledby=title.clone()>
            <h3 id=title.clone()>
                <i class="dot" aria-hidden="true"></i>
                {connection.name.clone()}
                <span class="dim">{connection.kind().name()}</span>
            </h3>
            <p class="address">{connection.address.to_string()}</p>
            <p class="dim">{way_words(&entry)}</p>
            <Doing entry=entry.clone() />
            <SignInForm entry=entry.clone() />
            <Actions entry editing />
        </article>
    }
}

/// The state as a sentence, or the error with its next step.
#[component]
fn Doing(entry: Entry) -> impl IntoView {
    let name = entry.connection.name.clone();
    let state = entry.state.clone();
    move || match state.get() {
        State::Failed(error) => {
            view! { <ErrorNotice title=name.clone() error=*error /> }.into_any()
        }
        other => view! { <p role="status">{sentence(&other)}</p> }.into_any(),
    }
}

#[component]
fn Actions(entry: Entry, editing: RwSignal<Option<Settings>>) -> impl IntoView {
    let context = context();
    let state = entry.state.clone();
    let signed_in = {
        let entry = entry.clone();
        Memo::new(move |_| {
            entry.state.track();
            entry.session().is_some()
        })
    };
    let loading = Memo::new(move |_| matches!(state.get(), State::Loading(_)));
    let [reload, cancel, sign_out, edit, remove] = std::array::from_fn(|_| entry.clone());
    let question = format!(
        "Remove the connection {}? What was read from it leaves this page.",
        entry.connection.name
    );
    view! {
        <div class="actions">
            {move || {
                loading
                    .get()
                    .then(|| {
                        let cancel = cancel.clone();
                        view! {
                            <button class="button" on:click=move |_| load::cancel(&cancel)>
                                "Cancel"
                            </button>
                        }
                    })
            }}
            {move || {
                let (reload, sign_out) = (reload.clone(), sign_out.clone());
                (signed_in.get() && !loading.get())
                    .then(|| {
                        view! {
                            <button
                                class="button"
                                on:click=move |_| load::reload(context, reload.clone())
                            >
                                "Read again"
                            </button>
                            <button
                                class="button"
                                on:click=move |_| context.connections.sign_out(sign_out.id())
                            >
                                "Sign out"
                            </button>
                        }
                    })
            }}
            <button class="button" on:click=move |_| editing.set(Some(edit.settings.clone()))>
                "Edit"
            </button>
            <button
                class="button"
                on:click=move |_| {
                    if confirm::ask(&question) {
                        context.connections.remove(context, remove.id());
                    }
                }
            >
                "Remove"
            </button>
        </div>
    }
}

/// Where requests go first, and a warning where credentials could be read on the way.
fn way_words(entry: &Entry) -> String {
    let connection = &entry.connection;
    let hop = connection.route.first_hop(&connection.address);
    let way = if hop == connection.address.origin() {
        "Called directly.".to_owned()
    } else {
        format!("Called through {hop}.")
    };
    match connection.route.warning(&connection.address) {
        Some(warning) => format!("{way} {warning}"),
        None => way,
    }
}
