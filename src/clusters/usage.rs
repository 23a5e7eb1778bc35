//! Having a cluster count its licenses now. Only ever because a person said so, and sent once.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::axl::{Capability, DoUpdateLicenseUsage, Outcome};
use seatree_core::say;
use seatree_core::words::{later, tr};
use seatree_core::{Problem, UpstreamError};

use super::at::At;
use super::usage_sent;
use crate::app::Context;
use crate::connections::{self, Asking, State, whom};
use crate::platform::clock;
use crate::platform::pace;
use crate::platform::stop::Stop;
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{flag, live_if, press, text};

const DOING: &str = later("having the cluster update its license usage");
/// How often the time that went by is told.
const TICK_MS: i32 = 1_000;

/// How far an update is.
#[derive(Clone)]
pub struct Usage {
    /// When it was sent, in the page's milliseconds.
    pub began_ms: f64,
    pub seconds: u32,
    pub state: UsageState,
    pub stop: Stop,
}

#[derive(Clone, PartialEq)]
pub enum UsageState {
    Running,
    /// The cluster says that it is done, and the users are read again.
    Done {
        at_s: i64,
    },
    /// The cluster says that it did not.
    NotDone,
    /// Nobody waits for it any more; the cluster may still be at it.
    Left,
    Failed(Box<UpstreamError>),
}

impl Usage {
    /// Stops waiting.
    pub fn stop(&mut self) {
        self.stop.stop();
    }
}

/// The button, the question it asks, and what came of it.
pub(super) fn update(at: At) -> AnyView {
    let is_asking = RwSignal::new(false);
    let can = Memo::new(move |_| at.can(Capability::UpdateUsage));
    live_if(move || {
        let view = view! {
            <div class="usage">
                <button
                    class="button"
                    aria-haspopup="dialog"
                    disabled=flag(move || why_not(at).is_some())
                    title=text(move || why_not(at).unwrap_or_default().to_owned())
                    on:click=press(move || is_asking.set(true))
                >
                    {tr("Update usage…")}
                </button>
                {live_if(move || outcome(at))}
                {dialog(at, is_asking)}
            </div>
        };
        (can.get() && !at.context().is_read_only.get()).then(|| view.into_any())
    })
}

/// Why it cannot be asked for right now.
fn why_not(at: At) -> Option<&'static str> {
    if state(at) == Some(UsageState::Running) {
        return Some(tr("The cluster is at it"));
    }
    let entry = at.entry()?;
    match entry.state.get() {
        State::Loading(_) => {
            Some(tr("The cluster works on one list at a time: once the users are read"))
        }
        _ if entry.session().is_none() => Some(tr("Sign in first")),
        _ => None,
    }
}

fn state(at: At) -> Option<UsageState> {
    let id = at.id()?;
    at.context().clusters.asides().usage.with(&id, |usage| Some(usage?.state.clone()))
}

fn seconds(at: At) -> u32 {
    let id = at.id().unwrap_or_default();
    at.context().clusters.asides().usage.with(&id, |usage| usage.map_or(0, |usage| usage.seconds))
}

fn outcome(at: At) -> Option<AnyView> {
    let shown = Memo::new(move |_| state(at));
    Some(match shown.get()? {
        UsageState::Running => view! {
            <p role="status">{tr("The cluster counts its licenses. It may take some minutes.")}</p>
            <p class="reading-actions">
                // Not in the status: it would be read out every second.
                <span class="num" role="timer">{text(move || elapsed(seconds(at)))}</span>
                <button class="button small" on:click=press(move || leave(at))>
                    {tr("Stop waiting")}
                </button>
                <span class="dim">{tr("The cluster goes on all the same.")}</span>
            </p>
        }
        .into_any(),
        UsageState::Done { at_s } => {
            let words = say!("Counted anew at {time}.", time = clock::time_of_day(at_s));
            view! { <p role="status">{words}</p> }.into_any()
        }
        UsageState::NotDone => view! {
            <p role="status" class="warning">
                {tr("The cluster answered that it did not update its usage. Its administration may say why, under System, Licensing.")}
            </p>
        }
        .into_any(),
        UsageState::Left => view! {
            <p role="status" class="warning">
                {tr("Not waited for any more. The cluster may still be counting: read the users again in some minutes.")}
            </p>
        }
        .into_any(),
        UsageState::Failed(error) => error_notice(tr("Update usage"), &error),
    })
}

/// Such as "1:05".
fn elapsed(seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let zero = if seconds < 10 { "0" } else { "" };
    format!("{minutes}:{zero}{seconds}")
}

/// The question before it is sent: the browser keeps the focus in it and gives it back.
fn dialog(at: At, is_asking: RwSignal<bool>) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if is_asking.get() {
            // A dialog that is in the document and closed can be shown.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
    });
    let again = live_if(move || {
        // Looked up whenever it is asked: another tab may have sent it.
        let at_s = is_asking
            .get()
            .then(|| usage_sent::at(at.context().storage, &at.id()?, clock::now_s()))
            .flatten();
        let may_run = match state(at) {
            Some(UsageState::Failed(error)) => !is_refused(&error.problem),
            Some(UsageState::Left) => true,
            _ => false,
        };
        (at_s.is_some() || may_run).then(|| {
            let words = match at_s {
                Some(at_s) => say!(
                    "It was sent at {time} before, and no answer came that it ended: the cluster may still be at it. A second one on top makes it slower.",
                    time = clock::time_of_day(at_s)
                ),
                None => tr("It was sent before, and no answer came that it ended: the cluster may still be at it. A second one on top makes it slower.").to_owned(),
            };
            view! { <p class="warning">{words}</p> }.into_any()
        })
    });
    let to = live_if(move || is_asking.get().then(|| sent_to(at))?);
    let send = move || {
        is_asking.set(false);
        send(at);
    };
    view! {
        <dialog
            class="dialog"
            node_ref=dialog
            aria-labelledby="usage-title"
            on:close=move |_| is_asking.set(false)
        >
            <div class="dialog-frame">
                <header class="panel-head">
                    <h2 id="usage-title">{tr("Update usage")}</h2>
                    <button
                        class="button bare"
                        aria-label=tr("Close")
                        on:click=press(move || is_asking.set(false))
                    >
                        {icons::cross()}
                    </button>
                </header>
                {to}
                <p>
                    {tr("The cluster counts its licenses by itself every six hours. This has it count now, as \"Update Usage Details\" of its administration does.")}
                </p>
                <ul class="usage-words">
                    <li>
                        {tr("It takes some minutes, more with many users, and loads the publisher: better not in its busiest hour.")}
                    </li>
                    <li>{tr("It changes nothing but the figures, and cannot be taken back or stopped.")}</li>
                    <li>{tr("The account needs the role Standard AXL API Access; one that may only read is refused.")}</li>
                    <li>{tr("When it is done, the users are read again.")}</li>
                </ul>
                {again}
                <div class="dialog-foot">
                    <span class="spring"></span>
                    <button class="button" on:click=press(move || is_asking.set(false))>
                        {tr("Not now")}
                    </button>
                    <button class="button primary" on:click=press(send)>
                        {tr("Update now")}
                    </button>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}

/// Which cluster it is, and as whom it is asked.
fn sent_to(at: At) -> Option<AnyView> {
    let entry = at.entry()?;
    Some(view! { <section class="send-to">{whom(&entry)}</section> }.into_any())
}

/// Whether it was turned away before the cluster began.
fn is_refused(problem: &Problem) -> bool {
    matches!(problem, Problem::SignedOut | Problem::Forbidden { .. })
}

/// Sends it once, whatever happens, and reads the users again when it is done.
fn send(at: At) {
    let Some(id) = at.id_untracked() else { return };
    let context = at.context();
    let usage = context.clusters.asides().usage;
    let running = |usage: Option<&Usage>| usage.is_some_and(|u| u.state == UsageState::Running);
    if usage.with_untracked(&id, running) {
        return;
    }
    let stop = Stop::new();
    let began_ms = clock::elapsed_ms();
    let state = UsageState::Running;
    usage_sent::keep(context.storage, &id, clock::now_s());
    usage.set(&id, Usage { began_ms, seconds: 0, state, stop: stop.clone() });
    tick(context, id.clone(), stop.clone());
    spawn_local(async move {
        let asked = async {
            let asking = Asking::of(context, &id, DOING, stop.clone())?;
            let patience = u32::try_from(DoUpdateLicenseUsage::PATIENCE.as_secs()).unwrap_or(600);
            asking.run_once(DOING, patience, DoUpdateLicenseUsage::new).await
        };
        let state = match asked.await {
            Ok(Outcome::Done | Outcome::Changed(_)) => UsageState::Done { at_s: clock::now_s() },
            Ok(Outcome::NotDone) => UsageState::NotDone,
            Err(error) if error.problem == Problem::Cancelled => UsageState::Left,
            Err(error) => UsageState::Failed(Box::new(error)),
        };
        let is_done = matches!(state, UsageState::Done { .. });
        let is_over = match &state {
            UsageState::Failed(error) => is_refused(&error.problem),
            UsageState::Done { .. } | UsageState::NotDone => true,
            UsageState::Running | UsageState::Left => false,
        };
        if is_over {
            usage_sent::forget(context.storage, &id);
        }
        stop.stop();
        let is_there = usage.change(&id, |usage| usage.state = state).is_some();
        let entry = context.connections.find(&id).filter(|_| is_there && is_done);
        // Who signed out meanwhile reads them when they come back.
        if let Some(entry) = entry.filter(|entry| entry.session().is_some()) {
            connections::reload(context, entry);
        }
    });
}

/// Tells the time that goes by, until it is stopped.
fn tick(context: Context, id: String, stop: Stop) {
    spawn_local(async move {
        let usage = context.clusters.asides().usage;
        while !stop.is_stopped() {
            pace::wait(TICK_MS).await;
            usage.change(&id, |usage| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "seconds since it was sent"
                )]
                let seconds = ((clock::elapsed_ms() - usage.began_ms) / 1_000.0) as u32;
                usage.seconds = seconds;
            });
        }
    });
}

/// Waits no longer.
fn leave(at: At) {
    if let Some(id) = at.id_untracked() {
        at.context().clusters.asides().usage.change(&id, Usage::stop);
    }
}
