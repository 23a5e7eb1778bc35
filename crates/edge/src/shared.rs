//! What requests share: how often was asked, and whose turn it is. It lives as long as the isolate;
//! workerd has one for all requests.

use std::cell::RefCell;

use seatree_core::gate::{Forward, Gate, Rates, Refusal, Ticket, Turn, Turns};
use worker::{
    js_sys::{Function, Promise},
    wasm_bindgen::JsValue,
    wasm_bindgen_futures::spawn_local,
};

use crate::clock;

thread_local! {
    static RATES: RefCell<Rates> = RefCell::default();
    static TURNS: RefCell<Turns> = RefCell::default();
}

/// How long somebody waits for a turn before being told to come back.
const LONGEST_WAIT_MS: u64 = 20_000;
/// How often those who wait look again: requests cannot wake one another.
const LOOK_AGAIN_MS: u64 = 50;
/// How long a turn outlives its request. Where the platform cancels one whose client has left, nothing
/// of it runs any more, and nobody gives the turn back.
const LEASE_MS: u64 = 30_000;
const KEEP_EVERY_S: u64 = 5;

/// Counts a request.
pub(crate) fn count(gate: &Gate, forward: &Forward) -> Result<(), Refusal> {
    count_at(gate, forward, clock::now_ms())
}

/// Counts one that came at this time.
pub(crate) fn count_at(gate: &Gate, forward: &Forward, now_ms: u64) -> Result<(), Refusal> {
    RATES.with_borrow_mut(|rates| gate.count(forward, rates, now_ms))
}

/// The rates, for who counts in another way.
pub(crate) fn with_rates<T>(with: impl FnOnce(&mut Rates) -> T) -> T {
    RATES.with_borrow_mut(with)
}

/// The right to keep an upstream busy, given back when dropped.
pub(crate) struct Held {
    upstream: String,
    ticket: Ticket,
    /// Ends its being kept.
    over: Option<Function>,
}

impl Held {
    fn new(upstream: &str, ticket: Ticket) -> Self {
        let mut end = None;
        let over = Promise::new(&mut |resolve, _| end = Some(resolve));
        let kept = upstream.to_owned();
        // It belongs to the request, and ends with it at the latest.
        spawn_local(async move {
            while let Ok(None) = clock::within(&over, KEEP_EVERY_S).await {
                let until = clock::now_ms() + LEASE_MS;
                TURNS.with_borrow_mut(|turns| turns.keep(&kept, ticket, until));
            }
        });
        Self { upstream: upstream.to_owned(), ticket, over: end }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(over) = &self.over {
            // A promise's own function does not fail.
            let _ = over.call0(&JsValue::NULL);
        }
        TURNS.with_borrow_mut(|turns| turns.end(&self.upstream, self.ticket));
    }
}

/// Waits for a turn, where the upstream takes only so many at a time.
pub(crate) async fn turn(gate: &Gate, forward: &Forward) -> Result<Option<Held>, Refusal> {
    let Some(at_a_time) = forward.at_a_time else { return Ok(None) };
    let until = clock::now_ms() + LONGEST_WAIT_MS;
    let mut ticket = None;
    loop {
        let now = clock::now_ms();
        let turn = TURNS.with_borrow_mut(|turns| {
            turns.ask(&forward.upstream, at_a_time, ticket, now, LEASE_MS)
        });
        match turn {
            Turn::Now(ticket) => {
                return Ok(Some(Held::new(&forward.upstream, ticket)));
            }
            Turn::Wait(place) if now < until => ticket = Some(place),
            Turn::Wait(place) => {
                TURNS.with_borrow_mut(|turns| turns.end(&forward.upstream, place));
                return Err(gate.busy(forward));
            }
            Turn::Full => return Err(gate.busy(forward)),
        }
        if clock::sleep(LOOK_AGAIN_MS).await.is_err() {
            return Err(gate.busy(forward));
        }
    }
}
