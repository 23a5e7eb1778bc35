//! The one dialog in the middle: it shows what was asked for, and gives the focus back.

use leptos::html;
use leptos::prelude::*;
use seatree_core::words::tr;

use super::context::{Context, context};
use super::{Page, keys, languages, palette};
use crate::platform::part::view_of;
use crate::tree::dialogs;
use crate::ui::icons;
use crate::ui::live::{live_if, press, text};
use crate::{edit, export, services};

/// What the dialog can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    Filter,
    Columns,
    Export,
    /// The keys of the page.
    Keys,
    Language,
    /// Go to a node, run a command.
    Palette,
    /// The same rule for the limits of what is selected.
    Limits,
    /// Seats from one subscription to another.
    MoveSeats,
    ImportLimits,
    Reclaim,
    /// Whether the draft is to be sent.
    SendLimits,
}

impl Dialog {
    fn title(self) -> &'static str {
        match self {
            Self::Filter => tr("Filter and sort"),
            Self::Columns => tr("Columns"),
            Self::Export => tr("Export"),
            Self::Keys => tr("Keys"),
            Self::Language => tr("Language"),
            Self::Palette => tr("Go to a node or run a command"),
            Self::Limits => tr("Change limits"),
            Self::MoveSeats => tr("Move seats"),
            Self::ImportLimits => tr("Import limits"),
            Self::Reclaim => tr("Reclaim idle seats"),
            Self::SendLimits => tr("Send these changes?"),
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Palette => "dialog palette",
            Self::Limits | Self::MoveSeats | Self::ImportLimits | Self::Reclaim => "dialog limits",
            _ => "dialog",
        }
    }

    fn content(self, context: Context) -> AnyView {
        match self {
            Self::Filter => view_of(dialogs::filter()),
            Self::Columns => view_of(dialogs::columns()),
            Self::Export if Page::at(&context.place.here()) == Page::Services => {
                view_of(services::export())
            }
            Self::Export => view_of(export::export()),
            Self::Keys => view_of(keys::keys()),
            Self::Language => view_of(languages::languages()),
            Self::Palette => view_of(palette::palette()),
            Self::Limits => edit::view(|code| code.bulk),
            Self::MoveSeats => edit::view(|code| code.moving),
            Self::ImportLimits => edit::view(|code| code.import),
            Self::Reclaim => edit::view(|code| code.reclaim),
            Self::SendLimits => edit::view(|code| code.confirm),
        }
    }
}

/// A modal dialog: the browser keeps the focus in it and closes it on Escape.
pub fn dialog() -> AnyView {
    let context = context();
    let dialog = NodeRef::<html::Dialog>::new();
    let began_beside = StoredValue::new(false);
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        let is_wanted = context.dialog.get().is_some();
        // Also where something else takes its place: the focus goes into what is shown now.
        dialog.close();
        if is_wanted {
            // A dialog that is in the document and closed can be shown.
            let _ = dialog.show_modal();
        }
    });
    // The browser tells later that it closed; by then something else may be shown.
    let closed = move || {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            context.dialog.set(None);
        }
    };
    view! {
        <dialog
            class=text(move || context.dialog.get().map_or("dialog", Dialog::class).to_owned())
            part="dialog"
            node_ref=dialog
            aria-labelledby="dialog-title"
            on:close=move |_| closed()
            // A press beside the dialog is one on the dialog element itself, from beginning to end:
            // a text drawn along in a field may end there.
            on:pointerdown=move |event| {
                began_beside.set_value(event.target() == event.current_target());
            }
            on:click=move |event| {
                if began_beside.get_value() && event.target() == event.current_target() {
                    context.dialog.set(None);
                }
            }
        >
            {live_if(move || Some(frame(context, context.dialog.get()?)))}
        </dialog>
    }
    .into_any()
}

fn frame(context: Context, dialog: Dialog) -> AnyView {
    view! {
        <div class="dialog-frame">
            <header class="panel-head">
                <h2 id="dialog-title">{dialog.title()}</h2>
                <button
                    class="button bare"
                    aria-label=tr("Close")
                    on:click=press(move || context.dialog.set(None))
                >
                    {icons::cross()}
                </button>
            </header>
            {dialog.content(context)}
        </div>
    }
    .into_any()
}
