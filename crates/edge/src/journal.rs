//! Request ids, counts, and lines in the log.

use std::{
    cell::{Cell, RefCell},
    fmt,
};

use seatree_core::gate::{self, Entry, Gate, Metrics, SettingsError, Snapshot, Why};
use seatree_core::webhooks::{self, Deliveries, Kept, Outcome};
use worker::{console_error, console_log, js_sys};

thread_local! {
    static METRICS: RefCell<Metrics> = RefCell::default();
    static DELIVERIES: RefCell<Deliveries> = RefCell::default();
    static START: Cell<Option<u32>> = const { Cell::new(None) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// The header that has the name of a request.
pub(crate) const ID: &str = "x-request-id";

/// A name for one request, to find its line in the log by. It says nothing and opens nothing.
#[derive(Clone, Copy)]
pub(crate) struct Id {
    start: u32,
    number: u32,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:x}", self.start, self.number)
    }
}

impl Id {
    /// Its own among those since the start.
    pub(crate) fn number(self) -> u32 {
        self.number
    }
}

pub(crate) fn new_id() -> Id {
    let number = LAST.get().wrapping_add(1);
    LAST.set(number);
    Id { start: start(), number }
}

/// What the names of all requests since the start of the worker begin with.
fn start() -> u32 {
    START.get().unwrap_or_else(|| {
        let start = random();
        START.set(Some(start));
        start
    })
}

/// The same, as it is written.
pub(crate) fn id_start() -> String {
    format!("{:08x}-", start())
}

/// Chance is to be had within requests only, which is where it is asked for first.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to below 2^32")]
fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

/// Counts a request that was answered, and writes it down if it is worth a line.
pub(crate) fn note(gate: &Gate, id: Id, entry: &Entry<'_>) {
    METRICS.with_borrow_mut(|metrics| metrics.count(entry));
    if gate.logs(entry) {
        console_log!("{}", entry.line(&id.to_string()));
    }
}

/// A request was refused because the configuration is wrong.
pub(crate) fn misconfigured(id: Id, error: &SettingsError) {
    console_error!("{}", error.line(&id.to_string()));
}

pub(crate) fn metrics() -> String {
    METRICS.with_borrow(Metrics::text) + &DELIVERIES.with_borrow(Deliveries::text)
}

/// An upstream gave trouble.
pub(crate) fn trouble(upstream: &str, what: &str, why: &Why) {
    console_error!("{}", gate::trouble(upstream, what, why));
}

/// What the edge keeps of an upstream gave trouble: an error of the platform.
pub(crate) fn fault(upstream: &str, what: &str, error: &impl fmt::Display) {
    console_error!("{}", gate::fault(upstream, what, &error.to_string()));
}

/// A snapshot was taken.
pub(crate) fn snapshot(snapshot: &Snapshot<'_>) {
    METRICS.with_borrow_mut(|metrics| metrics.count_snapshot(snapshot.upstream, true));
    console_log!("{}", snapshot.line());
}

/// None could be taken.
pub(crate) fn no_snapshot(upstream: &str, why: &Why) {
    METRICS.with_borrow_mut(|metrics| metrics.count_snapshot(upstream, false));
    trouble(upstream, "snapshot", why);
}

/// News was held back for a receiver.
pub(crate) fn muted(receiver: &str, news: usize) {
    if news > 0 {
        DELIVERIES.with_borrow_mut(|deliveries| deliveries.count_muted(receiver, news));
    }
}

/// Events are kept for a receiver.
pub(crate) fn kept(upstream: &str, receiver: &str, kept: Kept) {
    DELIVERIES.with_borrow_mut(|deliveries| deliveries.keep(upstream, receiver, kept));
}

/// An attempt to deliver was made.
pub(crate) fn delivery(receiver: &str, outcome: Outcome) {
    DELIVERIES.with_borrow_mut(|deliveries| deliveries.count(receiver, outcome));
}

/// A receiver gave trouble, or stopped doing so.
pub(crate) fn receiver(upstream: &str, receiver: &str, what: &str, event: (&str, &str), why: &str) {
    console_error!("{}", webhooks::line(upstream, receiver, what, event, why));
}
