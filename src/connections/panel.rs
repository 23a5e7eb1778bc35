//! The panel where connections are added, changed, tested, signed in to and removed.

use leptos::html;
use leptos::prelude::*;
use seatree_core::config::{Kind, Settings};

use super::card::Card;
use super::editor::Editor;
use crate::app::context::{PanelAt, context};
use crate::ui::icons;

/// A modal dialog at the side: the browser keeps the focus in it and closes it on Escape.
#[component]
pub fn Panel() -> impl IntoView {
    let context = context();
    let dialog = NodeRef::<html::Dialog>::new();
    let editing = RwSignal::new(None::<Settings>);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        let Some(at) = context.panel.get() else {
            editing.set(None);
            dialog.close();
            return;
        };
        if at == PanelAt::New {
            editing.set(Some(Settings::new(Kind::Draas)));
        }
        if !dialog.open() {
            let _ = dialog.show_modal();
        }
    });
    let close = move || context.panel.set(None);
    let close_button = NodeRef::<html::Button>::new();
    let back = move || {
        editing.set(None);
        if let Some(button) = close_button.get_untracked() {
            let _ = button.focus();
        }
    };
    view! {
        <dialog class="panel" node_ref=dialog aria-labelledby="panel-title" on:close=move |_| close()>
            <header class="panel-head">
                <h2 id="panel-title">"Connections"</h2>
                <button
                    class="button bare"
                    node_ref=close_button
                    aria-label="Close"
                    on:click=move |_| close()
                >
                    {icons::cross()}
                </button>
            </header>
            <Show
                when=move || context.panel.get().is_some()
            >
                {move || match editing.get() {
                    Some(settings) => {
                        view! { <Editor settings on_done=Callback::new(move |()| back()) /> }
                            .into_any()
                    }
                    None => view! { <List editing /> }.into_any(),
                }}
            </Show>
        </dialog>
    }
}

#[component]
fn List(editing: RwSignal<Option<Settings>>) -> impl IntoView {
    let context = context();
    view! {
        <div class="cards">
            <For
                each=move || context.connections.list()
                key=|entry| std::sync::Arc::as_ptr(&entry.connection) as usize
                children=move |entry| view! { <Card entry editing /> }
            />
        </div>
        <button
            class="button"
            on:click=move |_| editing.set(Some(Settings::new(Kind::Draas)))
        >
            "Add a connection"
        </button>
    }
}
