//! How far the users are read, how fast they come, and what to do when they stop coming.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::axl::Source;
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::at::At;
use super::store::Cluster;
use crate::connections::{self, Entry, State};
use crate::platform::clock;
use crate::platform::numbers::whole;
use crate::ui::error_notice::error_notice;
use crate::ui::live::{live_if, press, text};

/// What is known of a reading.
#[derive(Clone, PartialEq)]
enum Doing {
    Reading,
    Whole { at_s: i64 },
    Failed { error: Box<UpstreamError>, cut_after: Option<usize>, is_whole: bool },
    SignedOut,
}

pub(super) fn reading(at: At) -> AnyView {
    let doing = Memo::new(move |_| {
        let (cut_after, is_whole) =
            at.with_growing(|c| (c.cut_after(), c.is_whole)).unwrap_or_default();
        Some(match at.entry()?.state.get() {
            State::Loading(_) => Doing::Reading,
            State::Ready { at_s, .. } => Doing::Whole { at_s },
            State::Failed(error) => Doing::Failed { error, cut_after, is_whole },
            State::SignedOut | State::CodeWanted { .. } => Doing::SignedOut,
        })
    });
    let progress = text(move || match doing.get() {
        Some(Doing::Reading) => progress(at),
        _ => String::new(),
    });
    view! {
        <div class="cluster-reading">
            <p>{text(move || summary(at).unwrap_or_default())}</p>
            // There before it says something, or it would not be read out.
            <p class="reading-progress" role="status">{progress}</p>
            {live_if(move || Some(state(at, doing.get()?)))}
        </div>
    }
    .into_any()
}

/// How many there are by now.
fn summary(at: At) -> Option<String> {
    at.with(|cluster| {
        if cluster.units.is_some() {
            return tr("This release counts units of devices, not users.").to_owned();
        }
        let users = &cluster.list.users;
        let listed = whole(users.len());
        if cluster.source == Source::Sql && users.is_empty() && !cluster.is_whole {
            return tr("No users were read from the database.").to_owned();
        }
        if cluster.source == Source::Sql {
            return say!(
                "{listed} users listed. This release does not tell which license each requires.",
                listed
            );
        }
        let free = whole(users.without_license());
        match users.len() - users.required_known_for() {
            0 => say!("{listed} users listed, {free} need no license.", listed, free),
            unknown => say!(
                "{listed} users listed, {free} need no license; for {unknown} the cluster sent no count.",
                listed,
                free,
                unknown = whole(unknown)
            ),
        }
    })
}

fn progress(at: At) -> String {
    let told = at.with_growing(|cluster| {
        let is_behind = !std::ptr::eq(cluster, cluster.shown());
        (cluster.list.users.len(), rate(cluster), is_behind)
    });
    let (count, rate, is_behind) = told.unwrap_or_default();
    match (is_behind, rate.map(whole)) {
        (true, Some(rate)) => say!(
            "Still reading: {count} users, {rate} users a second. Below is what was read before.",
            count = whole(count),
            rate
        ),
        (true, None) => say!(
            "Still reading: {count} users. Below is what was read before.",
            count = whole(count)
        ),
        (false, Some(rate)) => {
            say!("Still reading, {rate} users a second: totals grow as users come in.", rate)
        }
        (false, None) => tr("Still reading: totals grow as users come in.").to_owned(),
    }
}

/// Users a second; none before that says anything.
fn rate(cluster: &Cluster) -> Option<usize> {
    const ENOUGH_MS: f64 = 250.0;
    let (began_ms, before) = cluster.began;
    let took_ms = clock::elapsed_ms() - began_ms;
    let came = cluster.list.users.len().checked_sub(before)?;
    if came == 0 || took_ms < ENOUGH_MS {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "users are far below 2^53")]
    let rate = came as f64 * 1_000.0 / took_ms;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "neither negative nor more than users in a quarter second"
    )]
    let rate = rate.round() as usize;
    Some(rate)
}

fn state(at: At, doing: Doing) -> AnyView {
    match doing {
        Doing::Reading => button(tr("Cancel"), at, |_, entry| connections::cancel(entry)),
        Doing::SignedOut => {
            view! { <p class="warning">{tr("As read before: nobody is signed in now.")}</p> }
                .into_any()
        }
        Doing::Whole { at_s } => {
            let words = say!("Read at {time}.", time = clock::time_of_day(at_s));
            view! {
                <p class="reading-actions">
                    <span class="dim">{words}</span>
                    {read_again(at, tr("Read again"))}
                </p>
            }
            .into_any()
        }
        Doing::Failed { error, cut_after, is_whole } => failed(at, &error, cut_after, is_whole),
    }
}

fn failed(at: At, error: &UpstreamError, cut_after: Option<usize>, is_whole: bool) -> AnyView {
    let title = if is_whole { tr("As read before") } else { tr("Incomplete") };
    let has_session = at.entry().is_some_and(|entry| entry.session().is_some());
    let kept = cut_after.map(|came| {
        let words = if is_whole {
            plural!(
                came,
                "The newer reading got to {n} user, who is kept.",
                "The newer reading got to {n} users; they are kept."
            )
        } else {
            plural!(came, "The {n} user that came is kept.", "The {n} users that came are kept.")
        };
        view! { <p class="dim">{words}</p> }.into_any()
    });
    let go_on = cut_after.filter(|_| has_session).map(|came| {
        let name = plural!(came, "Go on after {n} user", "Go on after {n} users");
        button(name, at, |at, entry| connections::go_on(at.context(), entry.clone()))
    });
    let again = has_session.then(|| read_again(at, tr("Read all again")));
    view! {
        {error_notice(title, error)}
        {kept}
        <p class="reading-actions">{go_on} {again}</p>
    }
    .into_any()
}

fn read_again(at: At, name: &'static str) -> AnyView {
    let has_session = at.entry().is_some_and(|entry| entry.session().is_some());
    if !has_session {
        return ().into_any();
    }
    button(name, at, |at, entry| connections::reload(at.context(), entry.clone()))
}

/// A button that does something with the cluster's connection.
fn button(name: impl Into<String>, at: At, act: fn(At, &Entry)) -> AnyView {
    let name: String = name.into();
    let act = press(move || {
        let entry = at.id_untracked().and_then(|id| at.context().connections.find(&id));
        if let Some(entry) = entry {
            act(at, &entry);
        }
    });
    view! { <button class="button small" on:click=act>{name}</button> }.into_any()
}
