//! The page of changes: the draft, the sums above, the log; sending, and taking back.

use leptos::prelude::*;
use seatree_core::edit::{Draft, Ended, Log, undo};

use super::log::{Format, save};
use super::run::{self, sendable};
use super::store::Run;
use super::words::some;
use super::{about, log, rows, sums};
use crate::app::context::{Context, context};
use crate::app::dialog::Dialog;
use crate::connections::reload;
use crate::platform::{confirm, leave};
use crate::ui::icons;
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
    let changes = rows::changes(context);
    let sums = sums::sums(context);
    let focused = RwSignal::new(None);
    // Whoever leaves wants nothing more to be sent: not by this page, nor by a page that the
    // browser keeps and brings back.
    on_cleanup(move || run::stop(context));
    leave::on_leaving(move || run::stop(context));
    view! {
        <section class="page changes" aria-label="Changes of limits">
            <div class="tools">
                <div class="chips" role="group" aria-label="Show">
                    {chip(shows, Shows::Draft, "Draft", text(move || {
                        crate::platform::numbers::whole(context.edits.open().draft.with(Draft::len))
                    }))}
                    {chip(shows, Shows::Sums, "Sums above", text(move || {
                        crate::platform::numbers::whole(sums.with(Vec::len))
                    }))}
                    {chip(shows, Shows::Log, "Change log", text(move || {
                        crate::platform::numbers::whole(context.edits.open().log.with(Log::len))
                    }))}
                </div>
                <span class="spring"></span>
                {live(move || match shows.get() {
                    Shows::Log => log_tools(context),
                    Shows::Draft | Shows::Sums => draft_tools(context),
                })}
            </div>
            {progress(context)}
            {live_if(move || {
                let words = "This browser keeps nothing for the page: the draft and the log are gone when it is closed.";
                (!context.edits.open().is_kept.get()).then(|| view! { <p class="notice">{words}</p> }.into_any())
            })}
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
                        empty("The draft changes no sum that was read.")
                    }
                    Shows::Sums => sums::grid(context, sums),
                    Shows::Log if context.edits.open().log.with(Log::is_empty) => {
                        empty("No change was sent from this browser yet.")
                    }
                    Shows::Log => log::grid(context),
                })}
            </div>
        </section>
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
        let changes = some(count, "change", "changes");
        if confirm::ask(&format!("Throw {changes} of the draft away? Nothing of it was sent.")) {
            edits.change(Draft::clear);
        }
    });
    let can_send = move || {
        let draft = edits.draft.get();
        !edits.is_running() && !sendable(context, &draft).is_empty()
    };
    view! {
        {dialog(context, "Import CSV", Dialog::ImportLimits)}
        {dialog(context, "Reclaim seats", Dialog::Reclaim)}
        <button
            class="button"
            disabled=flag(move || edits.draft.with(Draft::is_empty) || edits.is_running())
            on:click=discard
        >
            "Throw away"
        </button>
        <button
            class="button primary"
            aria-haspopup="dialog"
            disabled=flag(move || !can_send())
            on:click=press(move || context.dialog.set(Some(Dialog::SendLimits)))
        >
            "Send…"
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
            let words = "The browser did not take the file";
            failed.get().then(|| view! { <span class="mistake" role="alert">{words}</span> }.into_any())
        })}
        <button class="button" disabled=is_empty on:click=file(Format::Csv)>
            "Export CSV"
        </button>
        <button class="button" disabled=is_empty on:click=file(Format::Json)>
            "Export JSON"
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
                "No changes are drafted. Focus a subscription of a DRaaS system in the tree and press F2, or select \
                 several and press \"Change limits\" at the bottom."
            </p>
            <p class="dim">
                "Changes collect here until you send them. The browser keeps them: ids, names and numbers."
            </p>
            {dialog(context, "Import CSV", Dialog::ImportLimits)}
            " "
            {dialog(context, "Reclaim seats", Dialog::Reclaim)}
        </div>
    }
    .into_any()
}

/// How far sending is, and what came of it.
fn progress(context: Context) -> AnyView {
    let edits = context.edits.open();
    let words = text(move || edits.run.with(summary));
    let is_there = Memo::new(move |_| edits.run.with(|run| run.progress.is_some()));
    let bar = live_if(move || {
        let progress = edits.run.with(|run| run.progress.filter(|_| run.is_running()))?;
        let stop = press(move || run::stop(context));
        let bar = view! {
            <progress
                max=progress.of.to_string()
                value=progress.done.to_string()
                aria-label="Subscriptions done"
            ></progress>
            <span class="dim">"Stay here: leaving this page stops the sending."</span>
            <button class="button small" on:click=stop>
                "Stop"
            </button>
        };
        Some(bar.into_any())
    });
    let after = live_if(move || {
        let is_done = edits.run.with(|run| run.progress.is_some() && !run.is_running());
        is_done.then(|| after(context))
    });
    view! {
        <div class="sending" hidden=flag(move || !is_there.get())>
            <p role="status">{words}</p>
            {bar}
            {after}
        </div>
    }
    .into_any()
}

/// "3 of 5 subscriptions done" or "2 limits changed, 1 not".
fn summary(run: &Run) -> String {
    let Some(progress) = run.progress else { return String::new() };
    if run.is_running() {
        let of = some(progress.of, "subscription", "subscriptions");
        return format!("Sending: {} of {of} done", crate::platform::numbers::whole(progress.done));
    }
    let settled =
        run.results.values().filter(|done| done.outcome.ended() == Ended::Settled).count();
    let open = run.results.len() - settled;
    let stopped = if progress.is_stopped { "Stopped. " } else { "" };
    let running = match progress.running {
        0 => String::new(),
        some => format!(" {some} still under way."),
    };
    let open = match open {
        0 => String::new(),
        open => format!(", {} in the draft", some(open, "stays", "stay")),
    };
    let totals = if run.reads_totals { " Reading the sums above again…" } else { "" };
    format!(
        "{stopped}{}{open}.{running}{totals}",
        some(settled, "limit is as wanted", "limits are as wanted")
    )
}

/// What can be done after a batch.
fn after(context: Context) -> AnyView {
    let edits = context.edits.open();
    let can_undo =
        move || edits.run.with(|run| run.logged.iter().any(|entry| entry.sent.is_made()));
    let take_back = press(move || {
        let back = edits.run.with_untracked(|run| undo(&run.logged));
        edits.change(|draft| {
            for (id, change) in back.draft.iter() {
                draft.put(id.clone(), change.clone());
            }
        });
        edits.run.set(Run::default());
    });
    let stale = live_if(move || {
        let stale = edits.run.with(|run| run.stale.clone());
        (!stale.is_empty()).then(|| {
            let again = press(move || {
                for entry in stale.iter().filter_map(|id| context.connections.find(id)) {
                    reload(context, entry);
                }
                edits.run.update(|run| run.stale.clear());
            });
            view! {
                <span class="said near">
                    {icons::clock()} <span>"Some sums above are still those from before."</span>
                </span>
                <button class="button small" on:click=again>
                    "Read again"
                </button>
            }
            .into_any()
        })
    });
    view! {
        {stale}
        <button class="button small" disabled=flag(move || !can_undo()) on:click=take_back>
            "Draft the undo"
        </button>
        <button class="button small" on:click=press(move || edits.run.set(Run::default()))>
            "Clear the results"
        </button>
    }
    .into_any()
}
