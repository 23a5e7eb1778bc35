//! The panel where connections are added, changed, tested, signed in to and removed.

use leptos::html;
use leptos::prelude::*;
use seatree_core::config::{Kind, Settings};
use seatree_core::words::tr;

use super::card::card;
use super::editor::editor;
use crate::app::context::{PanelAt, context};
use crate::platform::part::{View, part, view_of};
use crate::ui::icons;
use crate::ui::live::{live, live_if, press};

/// A modal dialog at the side: the browser keeps the focus in it and closes it on Escape.
pub fn panel() -> AnyView {
    let context = context();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if context.panel.get().is_none() {
            dialog.close();
        } else if !dialog.open() {
            // A dialog that is in the document and closed can be shown.
            let _ = dialog.show_modal();
        }
    });
    let is_open = Memo::new(move |_| context.panel.get().is_some());
    let content = live_if(move || is_open.get().then(|| view_of(panel_content())));
    view! {
        <dialog
            class="panel"
            node_ref=dialog
            aria-labelledby="panel-title"
            on:close=move |_| context.panel.set(None)
        >
            <header class="panel-head">
                <h2 id="panel-title">{tr("Connections")}</h2>
                <button
                    class="button bare"
                    id="panel-close"
                    aria-label=tr("Close")
                    on:click=press(move || context.panel.set(None))
                >
                    {icons::cross()}
                </button>
            </header>
            {content}
        </dialog>
    }
    .into_any()
}

part!(
    connections,
    /// What the open panel shows: the connections, or the form for one.
    fn panel_content() -> View {
        content
    }
);

fn content() -> AnyView {
    let context = context();
    let editing = RwSignal::new(None::<Settings>);
    Effect::new(move |_| {
        if context.panel.get() == Some(PanelAt::New) {
            editing.set(Some(Settings::new(Kind::Draas)));
        }
    });
    live(move || match editing.get() {
        Some(settings) => editor(&settings, move || {
            editing.set(None);
            context.root.focus_id("panel-close");
        }),
        None => list(editing),
    })
}

fn list(editing: RwSignal<Option<Settings>>) -> AnyView {
    let context = context();
    let cards = live(move || {
        let entries = context.connections.list();
        entries.into_iter().map(|entry| card(entry, editing)).collect::<Vec<_>>().into_any()
    });
    view! {
        <div class="cards">{cards}</div>
        <button
            class="button"
            on:click=press(move || editing.set(Some(Settings::new(Kind::Draas))))
        >
            {tr("Add a connection")}
        </button>
    }
    .into_any()
}
