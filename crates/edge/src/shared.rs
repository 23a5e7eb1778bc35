//! What requests share: how often was asked, and whose turn it is. It lives as long as the isolate;
//! workerd has one for all requests.

use std::cell::RefCell;

use seatree_core::gate::{Forward, Gate, Rates, Refusal, Ticket, Turn, Turns};

use crate::clock;

thread_local! {
    static RATES: RefCell<Rates> = RefCell::default();
    static TURNS: RefCell<Turns> = RefCell::default();
}

/// How long somebody waits for a turn before being told to come back.
const LONGEST_WAIT_MS: u64 = 20_000;
/// How often those who wait look again: requests cannot wake one another.
const LOOK_AGAIN_MS: u64 = 50;

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

/// The right to keep a server busy, given back when dropped.
pub(crate) struct Held {
    server: String,
    ticket: Ticket,
}

impl Drop for Held {
    fn drop(&mut self) {
        TURNS.with_borrow_mut(|turns| turns.end(&self.server, self.ticket));
    }
}

/// Waits for a turn, where the server takes only so many at a time.
pub(crate) async fn turn(gate: &Gate, forward: &Forward) -> Result<Option<Held>, Refusal> {
    let Some(at_a_time) = forward.at_a_time else { return Ok(None) };
    let until = clock::now_ms() + LONGEST_WAIT_MS;
    let held_ms = (forward.time_limit + forward.total_limit) * 1_000;
    let mut ticket = None;
    loop {
        let now = clock::now_ms();
        let turn = TURNS
            .with_borrow_mut(|turns| turns.ask(forward.server(), at_a_time, ticket, now, held_ms));
        match turn {
            Turn::Now(ticket) => {
                return Ok(Some(Held { server: forward.server().to_owned(), ticket }));
            }
            Turn::Wait(place) if now < until => ticket = Some(place),
            Turn::Wait(place) => {
                TURNS.with_borrow_mut(|turns| turns.end(forward.server(), place));
                return Err(gate.busy(forward));
            }
            Turn::Full => return Err(gate.busy(forward)),
        }
        if clock::sleep(LOOK_AGAIN_MS).await.is_err() {
            return Err(gate.busy(forward));
        }
    }
}
