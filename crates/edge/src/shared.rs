//! What requests share: how often was asked, who is under way, and whose turn it is. It lives as long as the isolate;
//! workerd has one for all requests.

use std::cell::RefCell;

use seatree_core::gate::{
    self, ApiCall, Forward, Gate, Passed, Rates, Refusal, Ticket, Turn, Turns, UnderWay,
};
use worker::{
    js_sys::{Function, Promise},
    wasm_bindgen::JsValue,
    wasm_bindgen_futures::spawn_local,
};

use crate::clock;

thread_local! {
    static RATES: RefCell<Rates> = RefCell::default();
    static UNDER_WAY: RefCell<UnderWay> = RefCell::default();
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
    with_rates(|rates| gate.count(forward, rates, clock::now_ms()))
}

/// The rates, for who counts in another way.
pub(crate) fn with_rates<T>(with: impl FnOnce(&mut Rates) -> T) -> T {
    RATES.with_borrow_mut(with)
}

/// The place of a request that is under way, given back when dropped.
pub(crate) struct Place(gate::Place);

impl Place {
    /// Holds it for so many seconds from now on at most, also if nobody is left to drop it.
    pub(crate) fn lasts(&self, now_ms: u64, seconds: u64) {
        UNDER_WAY.with_borrow_mut(|under_way| under_way.lasts(self.0, now_ms, seconds));
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        UNDER_WAY.with_borrow_mut(|under_way| under_way.leave(self.0));
    }
}

/// Counts a request, and takes a place for it.
pub(crate) fn admit(gate: &Gate, forward: &Forward) -> Result<Place, Refusal> {
    count(gate, forward)?;
    let now = clock::now_ms();
    UNDER_WAY.with_borrow_mut(|under_way| gate.enter(forward, under_way, now)).map(Place)
}

/// The same for one that goes on as it came. What has no place is not counted.
pub(crate) fn admit_passed(
    gate: &Gate,
    passed: &Passed<'_>,
    now_ms: u64,
) -> Result<Place, Refusal> {
    let entered = UNDER_WAY.with_borrow_mut(|under_way| passed.enter(gate, under_way, now_ms));
    let place = entered.map(Place)?;
    with_rates(|rates| passed.count(gate, rates, now_ms))?;
    Ok(place)
}

/// Takes a place for a request to the API.
pub(crate) fn enter_call(gate: &Gate, call: &ApiCall) -> Result<Place, Refusal> {
    let now = clock::now_ms();
    UNDER_WAY.with_borrow_mut(|under_way| gate.enter_call(call, under_way, now)).map(Place)
}

/// How many are under way, as metrics tell it.
pub(crate) fn tell_under_way(gate: &Gate) -> String {
    UNDER_WAY.with_borrow_mut(|under_way| gate.tell_under_way(under_way, clock::now_ms()))
}

/// The right to keep a server busy, given back when dropped.
pub(crate) struct Held {
    server: String,
    ticket: Ticket,
    /// Ends its being kept.
    over: Option<Function>,
}

impl Held {
    fn new(server: &str, ticket: Ticket) -> Self {
        let mut end = None;
        let over = Promise::new(&mut |resolve, _| end = Some(resolve));
        let kept = server.to_owned();
        // It belongs to the request, and ends with it at the latest.
        spawn_local(async move {
            while let Ok(None) = clock::within(&over, KEEP_EVERY_S).await {
                let until = clock::now_ms() + LEASE_MS;
                TURNS.with_borrow_mut(|turns| turns.keep(&kept, ticket, until));
            }
        });
        Self { server: server.to_owned(), ticket, over: end }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(over) = &self.over {
            // A promise's own function does not fail.
            let _ = over.call0(&JsValue::NULL);
        }
        TURNS.with_borrow_mut(|turns| turns.end(&self.server, self.ticket));
    }
}

/// Waits for a turn, where the server takes only so many at a time.
pub(crate) async fn turn(gate: &Gate, forward: &Forward) -> Result<Option<Held>, Refusal> {
    let Some(at_a_time) = forward.at_a_time else { return Ok(None) };
    let until = clock::now_ms() + LONGEST_WAIT_MS;
    let mut ticket = None;
    loop {
        let now = clock::now_ms();
        let turn = TURNS
            .with_borrow_mut(|turns| turns.ask(forward.server(), at_a_time, ticket, now, LEASE_MS));
        match turn {
            Turn::Now(ticket) => {
                return Ok(Some(Held::new(forward.server(), ticket)));
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
