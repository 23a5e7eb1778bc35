//! Sends a draft: after a confirmation only, each change once, nothing after the page was left.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::Problem;
use seatree_core::draas::LimitChange;
use seatree_core::edit::{
    Action, Batch, Draft, Ended, Job, LimitId, Logged, Names, Outcome, Sent, Wanted,
};
use seatree_core::estate::Tree;
use seatree_core::words::{later, tr};

use super::store::{Done, Opened, Run};
use super::totals;
use crate::app::Page;
use crate::app::context::Context;
use crate::connections::{Ask, Entry, Gate, Subscription, limits};
use crate::platform::{clock, lock};

/// One tab sends at a time.
const LOCK: &str = "seatree.send";

/// Whether a connection is there and somebody is signed in to it who may change limits.
pub(super) fn can_send(context: Context, connection: &str) -> bool {
    let entry = context.connections.find(connection);
    entry.is_some_and(|entry| !entry.is_read_only() && entry.session().is_some())
}

/// The part of the draft that can be sent now.
pub(super) fn sendable(context: Context, draft: &Draft) -> Draft {
    let mut part = Draft::default();
    for (id, change) in draft.iter().filter(|(id, _)| can_send(context, &id.connection)) {
        part.put(id.clone(), change.clone());
    }
    part
}

/// Sends these changes. The person has confirmed exactly them, on the page that shows how it goes.
pub(super) fn send(context: Context, draft: &Draft) {
    let edits = context.edits.open();
    let is_seen = Page::at(&context.place.here()) == Page::Changes;
    if draft.is_empty() || !is_seen || edits.run.with_untracked(Run::is_running) {
        return;
    }
    begin(edits, draft);
    let draft = draft.clone();
    spawn_local(async move {
        let turn = lock::take(LOCK).await;
        // Stopped while it waited, it has come to its end.
        if edits.batch.with_value(Batch::is_stopped) {
            return;
        }
        let Some(turn) = turn else {
            return refuse(
                edits,
                later("Another tab of this page is sending: nothing was sent from here."),
            );
        };
        let part = edits.still_drafted(&draft);
        if part.is_empty() {
            return refuse(edits, later("Another tab of this page has sent these changes."));
        }
        if part.len() < draft.len() {
            begin(edits, &part);
        }
        edits.turn.set_value(Some(turn));
        for _ in 0..Batch::AT_ONCE {
            spawn_local(work(context));
        }
    });
}

fn begin(edits: Opened, draft: &Draft) {
    let batch = Batch::new(draft);
    edits.run.set(Run { progress: Some(batch.progress()), ..Run::default() });
    edits.batch.set_value(batch);
}

/// Sends nothing; why is said in the language of the moment.
fn refuse(edits: Opened, refusal: &'static str) {
    edits.batch.set_value(Batch::default());
    edits.run.set(Run { refusal: Some(refusal), ..Run::default() });
}

/// Begins nothing more; what was sent comes to its end.
pub(super) fn stop(context: Context) {
    let edits = context.edits.open();
    if !edits.run.with_untracked(Run::is_running) {
        return;
    }
    let ended = edits.batch.try_update_value(Batch::stop).unwrap_or_default();
    finish(context, &ended);
}

/// Does one job after the other, beside those who do the same.
async fn work(context: Context) {
    let edits = context.edits.open();
    while let Some(mut job) = edits.batch.try_update_value(Batch::take).flatten() {
        drive(context, &mut job).await;
        let mut ended = edits.batch.try_update_value(|batch| batch.give(&job)).unwrap_or_default();
        ended.insert(0, job);
        finish(context, &ended);
    }
}

async fn drive(context: Context, job: &mut Job) {
    let of = Subscription { tenant: job.tenant, id: job.subscription };
    loop {
        // Whoever stopped or left meanwhile wants nothing more to be sent.
        if context.edits.open().batch.with_value(Batch::is_stopped) {
            job.stop();
        }
        match job.go_on() {
            Action::Read => {
                let told = limits(context, &job.connection, of, Ask::Read).await;
                job.read(told);
            }
            Action::Put(change) => {
                let gate = gate(context, job, &change);
                let ask = Ask::Change(change, gate);
                match limits(context, &job.connection, of, ask).await {
                    Err(error) if error.problem == Problem::Cancelled => job.held_back(),
                    told => job.sent(told),
                }
            }
            Action::Done => return,
        }
    }
}

/// Lets a change leave while nobody stopped the batch, and notes it in the log as it does.
fn gate(context: Context, job: &Job, change: &LimitChange) -> Gate {
    let edits = context.edits.open();
    let entry = context.connections.find(&job.connection);
    let waiting = tr("no reply before the page was left");
    let noted: Vec<Logged> = job
        .wanted()
        .filter(|(id, _)| change.limits().any(|(key, _)| key == id.meter))
        .map(|(id, wanted)| {
            let sent = Sent::Unclear { reason: waiting.to_owned() };
            entry_of(&id, &names_of(edits, &id), entry.as_ref(), clock::now_s(), wanted, sent)
        })
        .collect();
    let noted = Cell::new(Some(noted));
    Rc::new(move || {
        let may = !edits.batch.with_value(Batch::is_stopped);
        if let Some(noted) = noted.take().filter(|_| may) {
            edits.note(noted);
        }
        may
    })
}

fn names_of(edits: Opened, id: &LimitId) -> Names {
    edits
        .draft
        .with_untracked(|draft| draft.get(id).map(|change| change.names.clone()))
        .unwrap_or_default()
}

/// What became of a limit, with what the log knows of it: what is as wanted now may have been sent
/// before, and its reply lost.
fn known(edits: Opened, id: &LimitId, wanted: &Wanted, outcome: &Outcome) -> Outcome {
    let since = || edits.log.with_untracked(|log| log.open_since(id, wanted.new));
    match outcome {
        Outcome::AlreadySo => match since() {
            Some(from) => Outcome::Applied { from, lost: true },
            None => Outcome::AlreadySo,
        },
        outcome => outcome.clone(),
    }
}

/// Tells what became of jobs: the draft, the log, the tree, and who looks on.
fn finish(context: Context, jobs: &[Job]) {
    let edits = context.edits.open();
    let now_s = clock::now_s();
    let mut done = Vec::new();
    let mut logged = Vec::new();
    for job in jobs {
        let entry = context.connections.find(&job.connection);
        for (id, wanted, outcome) in job.outcomes() {
            let names = names_of(edits, &id);
            let outcome = known(edits, &id, wanted, outcome);
            if let Some(sent) = Sent::of(&outcome) {
                let logged_one = entry_of(&id, &names, entry.as_ref(), now_s, wanted, sent);
                logged.push(match outcome {
                    Outcome::Applied { from, .. } => Logged { from, ..logged_one },
                    _ => logged_one,
                });
            }
            done.push((id, Done { old: wanted.old, new: wanted.new, names, outcome }));
        }
        show(context, job);
    }
    edits.settle(&logged);
    if done.iter().any(|(_, done)| done.outcome.ended() == Ended::Settled) {
        edits.change(|draft| {
            for (id, done) in done.iter().filter(|(_, d)| d.outcome.ended() == Ended::Settled) {
                draft.settle(id, done.new);
            }
        });
    }
    let progress = edits.batch.with_value(Batch::progress);
    edits.run.update(|run| {
        run.progress = Some(progress);
        run.results.extend(done);
        run.logged.extend(logged);
    });
    if progress.done == progress.of && progress.running == 0 {
        edits.turn.set_value(None);
        totals::read_again(context);
    }
}

fn entry_of(
    id: &LimitId,
    names: &Names,
    entry: Option<&Entry>,
    at_s: i64,
    wanted: &Wanted,
    sent: Sent,
) -> Logged {
    Logged {
        at_s,
        who: entry.map(Entry::user).unwrap_or_default(),
        connection_name: entry.map(|entry| entry.connection.name.clone()).unwrap_or_default(),
        id: id.clone(),
        names: names.clone(),
        from: wanted.old,
        to: wanted.new,
        sent,
    }
}

/// Puts what was read last into the tree.
fn show(context: Context, job: &Job) {
    let Some(read) = job.last_read() else { return };
    let place = [(job.tenant, job.subscription)];
    let node = context.estate.look(&job.connection, |tree: &Tree| {
        seatree_core::edit::Places::of(tree, place).node(job.tenant, job.subscription)
    });
    let Some(node) = node.flatten() else { return };
    context.estate.annotate(&job.connection, |tree| {
        for (key, reading) in &read.meters {
            if let Some(meter) = tree.find_meter(key) {
                tree.set_reading(node, meter, *reading);
            }
        }
    });
    context.estate.figures_came(&job.connection, node);
}
