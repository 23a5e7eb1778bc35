//! The short way: a request that is passed on as it is, and its reply. entry.js sends the one and
//! waits for the other; it asks here what to send, and what to answer.
//!
//! Nothing is decided here that is not decided on the long way, by the same gate.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    fmt::Write as _,
};

use seatree_core::gate::{
    self, Decision, Entry, Forward, Gate, Head, Record, Refusal, RefusalKind, Route,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use worker::js_sys;

use crate::{
    answer, clock, forward,
    incoming::Asked,
    journal::{self, Id},
    shared::{self, Place},
};

/// What `relay` says of a reply that does not pass, and of one that may take as long as it takes.
const REFUSED: i32 = -1;
const ENDLESS: i32 = 0;
/// How often those who left are looked for.
const PAUSE_MS: u64 = 1_000;

/// A request that waits for its reply.
struct Passing {
    gate: &'static Gate,
    /// As it is once it was sent.
    forward: Forward,
    /// Given back with the reply, or with its end.
    place: Place,
    id: Id,
    start_ms: u64,
}

thread_local! {
    /// By the number of the request's place.
    static UNDER_WAY: RefCell<BTreeMap<u32, Passing>> = RefCell::default();
    static LOOK_AGAIN_MS: Cell<u64> = const { Cell::new(0) };
    /// None until the first request: what begins with a start begins with that, on the long way.
    static GATE: Cell<Option<&'static Gate>> = const { Cell::new(None) };
}

/// From now on requests may take the short way, through this gate.
pub(crate) fn begin(gate: &'static Gate) {
    GATE.set(Some(gate));
}

/// Requests take the long way again, where what begins with a start is tried once more.
pub(crate) fn end() {
    GATE.set(None);
}

/// An answer of the edge's own, for entry.js.
#[derive(Serialize)]
struct Own<'a> {
    init: answer::Init<'a>,
    text: String,
}

/// Once requests may take the short way: which headers of a request are looked at, a line each, and, after
/// an empty line, which headers of its reply come back.
#[wasm_bindgen]
pub fn open() -> Option<String> {
    let asked: Vec<&str> = GATE.get()?.asked_headers().into_iter().collect();
    Some(format!("{}\n\n{}", asked.join("\n"), gate::TO_CLIENT.join("\n")))
}

/// What to send for a request with this head; none for one that has to take the long way, to be
/// refused there, for example.
///
/// A line for each: its number, the milliseconds in which the reply has to begin, its name, the page
/// that asks, whether there is a body, method, address, and name and value of every header. Lines are
/// what takes the least: nothing in here can hold the end of one.
#[wasm_bindgen]
pub fn admit(head: String, now_ms: f64) -> Option<String> {
    let gate = GATE.get()?;
    let asked = Asked::read(head);
    let Decision::Forward(forward) = gate.decide(&asked.ask()) else { return None };
    if forward.at_a_time.is_some() || gate.credentials(&forward).is_some() {
        return None;
    }
    // What is refused here is refused, and counted, on the long way.
    let start_ms = clock::whole(now_ms);
    let place = shared::enter_at(gate, &forward, start_ms).ok()?;
    shared::count_at(gate, &forward, start_ms).ok()?;
    let (id, number) = (journal::new_id(), place.number());
    let admitted = lines(&forward, number, id, asked.has_body());
    UNDER_WAY.with_borrow_mut(|all| {
        forget_who_left(all, start_ms);
        all.insert(number, Passing { gate, forward: forward.sent(), place, id, start_ms })
    });
    Some(admitted)
}

fn lines(forward: &Forward, number: u32, id: Id, has_body: bool) -> String {
    let mut lines = String::with_capacity(256);
    // Writing to a String cannot fail.
    let _ = write!(
        lines,
        "{number}\n{}\n{id}\n{}\n{}\n{}\n{}",
        clock::milliseconds(forward.time_limit),
        forward.page(),
        if has_body { "body" } else { "" },
        forward.method,
        forward.url,
    );
    for (name, value) in &forward.headers {
        lines.extend(["\n", name, "\n", value]);
    }
    lines
}

/// The headers of every reply to a page, as an object of JSON.
#[wasm_bindgen(js_name = headersFor)]
pub fn headers_for(page: &str) -> String {
    serde_json::to_string(&Record(&gate::headers_for(page))).unwrap_or_default()
}

/// How a reply of this status and announced length passes: the milliseconds in which it has to end, 0
/// for as long as it takes, less than 0 where it does not pass. Nothing for a request that is not under
/// way. One whose reply has to end stays under way until [`ended`].
#[wasm_bindgen]
pub fn relay(number: u32, status: u16, length: Option<f64>, now_ms: f64) -> Option<i32> {
    UNDER_WAY.with_borrow_mut(|all| {
        if !Gate::relays(status) {
            return all.contains_key(&number).then_some(REFUSED);
        }
        let passing = all.remove(&number)?;
        let now_ms = clock::whole(now_ms);
        passing.noted(status, None, now_ms);
        let is_short = length.is_some_and(|length| length <= f64::from(forward::SHORT_BYTES));
        if is_short {
            return Some(ENDLESS);
        }
        let limit = passing.forward.total_limit;
        passing.place.lasts(now_ms, limit);
        passing.place.keep();
        Some(clock::milliseconds(limit))
    })
}

/// The reply to this request has ended.
#[wasm_bindgen]
pub fn ended(number: u32) {
    shared::leave(number);
}

/// The answer in place of a reply with this head, which does not pass.
#[wasm_bindgen]
pub fn refuse(number: u32, head: String) -> Result<String, JsValue> {
    let passing = taken(number)?;
    let head = Head::read(head, 1);
    let status = head.part(0).parse().unwrap_or_default();
    let header = |name: &str| head.header(name).map(str::to_owned);
    match passing.gate.relay(&passing.forward, status, &header) {
        Ok(_) => Err(js_sys::Error::new("a reply that passes was to be refused").into()),
        Err(refusal) => passing.refused(&refusal),
    }
}

/// The answer where no reply came: for this reason, or none where it would be too late.
#[wasm_bindgen(wasm_bindgen_futures = ::worker::wasm_bindgen_futures, js_sys = ::worker::js_sys)]
pub async fn failed(number: u32, error: JsValue) -> Result<String, JsValue> {
    let passing = taken(number)?;
    let refusal = if error.is_undefined() {
        passing.gate.too_late(&passing.forward)
    } else {
        forward::failure::explain(passing.gate, &passing.forward, &error).await
    };
    passing.refused(&refusal)
}

impl Passing {
    fn refused(&self, refusal: &Refusal) -> Result<String, JsValue> {
        self.noted(refusal.status(), Some(refusal.kind), clock::now_ms());
        let mut headers = refusal.headers();
        headers.push((journal::ID.to_owned(), self.id.to_string()));
        let init = answer::Init { status: refusal.status(), headers: Record(&headers) };
        let own = serde_json::to_string(&Own { init, text: refusal.body() });
        own.map_err(|error| js_sys::Error::new(&error.to_string()).into())
    }

    fn noted(&self, status: u16, refusal: Option<RefusalKind>, now_ms: u64) {
        journal::note(
            self.gate,
            self.id,
            &Entry {
                route: Route::To(&self.forward.upstream),
                method: &self.forward.method,
                status,
                refusal,
                milliseconds: now_ms.saturating_sub(self.start_ms),
            },
        );
    }

    /// Whether its reply would have been too late long ago: who asked went away, and with them what
    /// would have told so.
    fn is_gone(&self, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.start_ms) > self.forward.longest_ms()
    }
}

fn taken(number: u32) -> Result<Passing, JsValue> {
    let passing = UNDER_WAY.with_borrow_mut(|all| all.remove(&number));
    passing.ok_or_else(|| js_sys::Error::new("the worker was started anew meanwhile").into())
}

fn forget_who_left(all: &mut BTreeMap<u32, Passing>, now_ms: u64) {
    if now_ms >= LOOK_AGAIN_MS.get() {
        LOOK_AGAIN_MS.set(now_ms + PAUSE_MS);
        all.retain(|_, passing| !passing.is_gone(now_ms));
    }
}
