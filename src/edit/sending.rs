//! How far sending is, what came of it, and what can be done then.

use leptos::prelude::*;
use seatree_core::edit::{Ended, undo};
use seatree_core::plural;
use seatree_core::words::tr;

use super::run;
use super::store::Run;
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
                aria-label=tr("Subscriptions done")
            ></progress>
            <span class="dim">{tr("Stay here: leaving this page stops the sending.")}</span>
            <button class="button small" on:click=stop>
                {tr("Stop")}
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
        return run.refusal.map_or("", seatree_core::words::said).to_owned();
    };
    if run.is_running() {
        return plural!(
            progress.of,
            "Sending: {done} of {n} subscription done",
            "Sending: {done} of {n} subscriptions done",
            done = whole(progress.done)
        );
    }
    let settled =
        run.results.values().filter(|done| done.outcome.ended() == Ended::Settled).count();
    let open = run.results.len() - settled;
    let mut sentences = Vec::new();
    if progress.is_stopped {
        sentences.push(tr("Stopped.").to_owned());
    }
    sentences.push(if open == 0 {
        plural!(settled, "{n} limit is as wanted.", "{n} limits are as wanted.")
    } else {
        plural!(
            settled,
            "{n} limit is as wanted, {open}.",
            "{n} limits are as wanted, {open}.",
            open = plural!(open, "{n} stays in the draft", "{n} stay in the draft")
        )
    });
    if progress.running > 0 {
        sentences.push(plural!(progress.running, "{n} still under way.", "{n} still under way."));
    }
    if run.reads_totals {
        sentences.push(tr("Reading the sums above again…").to_owned());
    }
    sentences.join(" ")
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
                    {icons::clock()} <span>{tr("Some sums above are still those from before.")}</span>
                </span>
                <button class="button small" on:click=again>
                    {tr("Read again")}
                </button>
            }
            .into_any()
        })
    });
    view! {
        {stale}
        <button class="button small" disabled=flag(move || !can_undo()) on:click=take_back>
            {tr("Draft the undo")}
        </button>
        <button class="button small" on:click=press(move || edits.run.set(Run::default()))>
            {tr("Clear the results")}
        </button>
    }
    .into_any()
}
