//! The page of changes: the draft, the sums above, the log; sending, and taking back.

use std::collections::BTreeSet;

use leptos::prelude::*;
use seatree_core::edit::{Draft, Log};
use seatree_core::plural;
use seatree_core::words::tr;

use super::log::{Format, save};
use super::run::{self, sendable};
use super::sending::sending;
use super::{about, change, log, rows, sums};
use crate::app::context::{Context, context};
use crate::app::dialog::Dialog;
use crate::connections::Entry;
use crate::platform::numbers::whole;
use crate::platform::{confirm, leave};
use crate::ui::live::{flag, live, live_if, press, text};

/// What the page shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Draft,
    Sums,
    Log,
}

pub(super) fn page() -> AnyView {
    let context = context();
    let shows = RwSignal::new(Shows::Draft);
    let changes = change::changes(context);
    let sums = sums::sums(context);
    let focused = RwSignal::new(None);
    // Whoever leaves wants nothing more to be sent: not by this page, nor by a page that the
    // browser keeps and brings back.
    on_cleanup(move || {
        run::stop(context);
        // Nor is anything to be confirmed where nobody sees how it goes.
        if context.dialog.get_untracked() == Some(Dialog::SendLimits) {
            context.dialog.set(None);
        }
    });
    leave::on_leaving(move || run::stop(context));
    view! {
        <section class="page changes" aria-label=tr("Changes of limits")>
            <div class="tools">
                <div class="chips" role="group" aria-label=tr("Show")>
                    {chip(shows, Shows::Draft, tr("Draft"), text(move || {
                        whole(context.edits.open().draft.with(Draft::len))
                    }))}
                    {chip(shows, Shows::Sums, tr("Sums above"), text(move || {
                        whole(sums.with(Vec::len))
                    }))}
                    {chip(shows, Shows::Log, tr("Change log"), text(move || {
                        whole(context.edits.open().log.with(Log::len))
                    }))}
                </div>
                <span class="spring"></span>
                {live(move || match shows.get() {
                    Shows::Log => log_tools(context),
                    Shows::Draft | Shows::Sums => draft_tools(context),
                })}
            </div>
            {sending(context)}
            {live_if(move || {
                let words = tr("This browser keeps nothing for the page: the draft and the log are gone when it is closed.");
                (!context.edits.open().is_kept.get()).then(|| view! { <p class="notice">{words}</p> }.into_any())
            })}
            {live_if(move || Some(read_only(&kept_back(context)?)))}
            <div class="beside">
                {live(move || match shows.get() {
                    Shows::Draft => {
                        let is_empty = Memo::new(move |_| changes.with(Vec::is_empty));
                        view! {
                            {live(move || {
                                if is_empty.get() { nothing(context) } else { rows::grid(context, changes, focused) }
                            })}
                            {about::about(context, changes, sums, focused)}
                        }.into_any()
                    }
                    Shows::Sums if sums.with(Vec::is_empty) => {
                        empty(tr("The draft changes no sum that was read."))
                    }
                    Shows::Sums => sums::grid(context, sums),
                    Shows::Log if context.edits.open().log.with(Log::is_empty) => {
                        empty(tr("No change was sent from this browser yet."))
                    }
                    Shows::Log => log::grid(context),
                })}
            </div>
        </section>
    }
    .into_any()
}

/// The names of systems with changes in the draft that their token does not permit.
fn kept_back(context: Context) -> Option<String> {
    let draft = context.edits.open().draft.get();
    let ids: BTreeSet<&str> = draft.iter().map(|(id, _)| id.connection.as_str()).collect();
    let entries = ids.into_iter().filter_map(|id| context.connections.find(id));
    let names: Vec<String> =
        entries.filter(Entry::is_read_only).map(|entry| entry.connection.name.clone()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn read_only(names: &str) -> AnyView {
    view! {
        <p class="notice">
            {tr("The token in use permits reading only, so changes of these stay in the draft:")}
            " "
            <bdi>{names.to_owned()}</bdi>
            ". "
            {tr("With a token that permits changing limits they can be sent.")}
        </p>
    }
    .into_any()
}

fn chip(shows: RwSignal<Shows>, of: Shows, words: &'static str, count: Signal<String>) -> AnyView {
    view! {
        <button
            class="chip"
            aria-pressed=text(move || (shows.get() == of).to_string())
            on:click=press(move || shows.set(of))
        >
            {words} " " <b>{count}</b>
        </button>
    }
    .into_any()
}

fn dialog(context: Context, words: &'static str, dialog: Dialog) -> AnyView {
    view! {
        <button
            class="button"
            aria-haspopup="dialog"
            disabled=flag(move || context.edits.open().is_running())
            on:click=press(move || context.dialog.set(Some(dialog)))
        >
            {words}
        </button>
    }
    .into_any()
}

fn draft_tools(context: Context) -> AnyView {
    let edits = context.edits.open();
    let discard = press(move || {
        let count = edits.draft.with_untracked(Draft::len);
        if confirm::ask(&plural!(
            count,
            "Throw {n} change of the draft away? Nothing of it was sent.",
            "Throw {n} changes of the draft away? Nothing of it was sent."
        )) {
            edits.change(Draft::clear);
        }
    });
    let can_send = move || {
        let draft = edits.draft.get();
        !edits.is_running() && !sendable(context, &draft).is_empty()
    };
    view! {
        {dialog(context, tr("Import CSV"), Dialog::ImportLimits)}
        {dialog(context, tr("Reclaim seats"), Dialog::Reclaim)}
        <button
            class="button"
            disabled=flag(move || edits.draft.with(Draft::is_empty) || edits.is_running())
            on:click=discard
        >
            {tr("Throw away")}
        </button>
        <button
            class="button primary"
            aria-haspopup="dialog"
            disabled=flag(move || !can_send())
            on:click=press(move || context.dialog.set(Some(Dialog::SendLimits)))
        >
            {tr("Send…")}
        </button>
    }
    .into_any()
}

fn log_tools(context: Context) -> AnyView {
    let log = context.edits.open().log;
    let failed = RwSignal::new(false);
    let file =
        move |format| press(move || failed.set(!log.with_untracked(|log| save(log, format))));
    let is_empty = flag(move || log.with(Log::is_empty));
    view! {
        {live_if(move || {
            let words = tr("The browser did not take the file");
            failed.get().then(|| view! { <span class="mistake" role="alert">{words}</span> }.into_any())
        })}
        <button class="button" disabled=is_empty on:click=file(Format::Csv)>
            {tr("Export CSV")}
        </button>
        <button class="button" disabled=is_empty on:click=file(Format::Json)>
            {tr("Export JSON")}
        </button>
    }
    .into_any()
}

fn empty(words: &'static str) -> AnyView {
    view! { <p class="nothing">{words}</p> }.into_any()
}

fn nothing(context: Context) -> AnyView {
    view! {
        <div class="nothing">
            <p>
                {tr("No changes are drafted. Focus a subscription of a DRaaS system in the tree and press F2, or select \
                 several and press \"Change limits\" at the bottom.")}
            </p>
            <p class="dim">
                {tr("Changes collect here until you send them. The browser keeps them: ids, names and numbers.")}
            </p>
            {dialog(context, tr("Import CSV"), Dialog::ImportLimits)}
            " "
            {dialog(context, tr("Reclaim seats"), Dialog::Reclaim)}
        </div>
    }
    .into_any()
}
