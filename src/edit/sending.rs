//! How far sending is, what came of it, and what can be done then.

use leptos::prelude::*;
use seatree_core::edit::{Ended, undo};

use super::run;
use super::store::Run;
use super::words::some;
use crate::app::context::Context;
use crate::connections::reload;
use crate::platform::numbers::whole;
use crate::ui::icons;
use crate::ui::live::{flag, live_if, press, text};

/// How far sending is, and what came of it.
pub(super) fn sending(context: Context) -> AnyView {
    let edits = context.edits.open();
    let words = text(move || edits.run.with(summary));
    let is_there =
        Memo::new(move |_| edits.run.with(|run| run.progress.is_some() || run.refusal.is_some()));
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
    let Some(progress) = run.progress else {
        return run.refusal.unwrap_or_default().to_owned();
    };
    if run.is_running() {
        let of = some(progress.of, "subscription", "subscriptions");
        return format!("Sending: {} of {of} done", whole(progress.done));
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
