//! Sends a draft: after a confirmation only, each change once, nothing after the page was left.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::edit::{Action, Batch, Draft, Ended, Job, LimitId, Logged, Names, Sent};
use seatree_core::estate::Tree;

use super::store::{Done, Run};
use super::totals;
use crate::app::context::Context;
use crate::connections::{Ask, Entry, Subscription, limits};
use crate::platform::clock;

/// Whether a connection is there and somebody is signed in to it.
pub(super) fn can_send(context: Context, connection: &str) -> bool {
    let entry = context.connections.find(connection);
    entry.is_some_and(|entry| {
        entry.state.track();
        entry.session().is_some()
    })
}

/// The part of the draft that can be sent now.
pub(super) fn sendable(context: Context, draft: &Draft) -> Draft {
    let mut part = Draft::default();
    for (id, change) in draft.iter().filter(|(id, _)| can_send(context, &id.connection)) {
        part.put(id.clone(), change.clone());
    }
    part
}

/// Sends these changes. The person has confirmed exactly them.
pub(super) fn send(context: Context, draft: &Draft) {
    let edits = context.edits.open();
    if draft.is_empty() || edits.run.with_untracked(Run::is_running) {
        return;
    }
    let batch = Batch::new(draft);
    edits.run.set(Run { progress: Some(batch.progress()), ..Run::default() });
    edits.batch.set_value(batch);
    for _ in 0..Batch::AT_ONCE {
        spawn_local(work(context));
    }
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
                let told = limits(context, &job.connection, of, Ask::Change(change)).await;
                job.sent(told);
            }
            Action::Done => return,
        }
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
            let names = edits.draft.with_untracked(|draft| {
                draft.get(&id).map(|change| change.names.clone()).unwrap_or_default()
            });
            if let Some(sent) = Sent::of(outcome) {
                logged.push(entry_of(&id, &names, entry.as_ref(), now_s, wanted, sent));
            }
            let outcome = outcome.clone();
            done.push((id, Done { old: wanted.old, new: wanted.new, names, outcome }));
        }
        show(context, job);
    }
    edits.log(logged.clone());
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
        totals::read_again(context);
    }
}

fn entry_of(
    id: &LimitId,
    names: &Names,
    entry: Option<&Entry>,
    at_s: i64,
    wanted: &seatree_core::edit::Wanted,
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
