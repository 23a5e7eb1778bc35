//! Request ids, counts, and lines in the log.

use std::{
    cell::{Cell, RefCell},
    fmt,
};

use seatree_core::gate::{self, Entry, Gate, Metrics, Snapshot};
use worker::{console_error, console_log, js_sys};

thread_local! {
    static METRICS: RefCell<Metrics> = RefCell::default();
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

impl Id {
    /// Its own among those of one start.
    pub(crate) fn number(self) -> u32 {
        self.number
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:x}", self.start, self.number)
    }
}

pub(crate) fn new_id() -> Id {
    let start = START.get().unwrap_or_else(|| {
        let start = random();
        START.set(Some(start));
        start
    });
    let number = LAST.get().wrapping_add(1);
    LAST.set(number);
    Id { start, number }
}

/// Chance is to be had within requests only, which is where it is asked for first.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to below 2^32")]
fn random() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

/// Counts a request that was answered, and writes it down if it is worth a line.
pub(crate) fn note(gate: &Gate, entry: &Entry<'_>) {
    METRICS.with_borrow_mut(|metrics| metrics.count(entry));
    if gate.logs(entry) {
        console_log!("{}", entry.line());
    }
}

pub(crate) fn metrics() -> String {
    METRICS.with_borrow(Metrics::text)
}

/// An upstream gave trouble.
pub(crate) fn trouble(upstream: &str, what: &str, why: &str) {
    console_error!("{}", gate::trouble(upstream, what, why));
}

/// A snapshot was taken.
pub(crate) fn snapshot(snapshot: &Snapshot<'_>) {
    METRICS.with_borrow_mut(|metrics| metrics.count_snapshot(snapshot.upstream, true));
    console_log!("{}", snapshot.line());
}

/// None could be taken.
pub(crate) fn no_snapshot(upstream: &str, why: &str) {
    METRICS.with_borrow_mut(|metrics| metrics.count_snapshot(upstream, false));
    trouble(upstream, "snapshot", why);
}
