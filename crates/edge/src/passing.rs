//! The short way: a request that goes on as it came, and its reply. entry.js sends the one and waits
//! for the other; it asks here whether to, and what to answer.
//!
//! Nothing is decided here that is not decided on the long way, by the same gate. Between the two
//! cross numbers, and few texts: each would cost more than what is decided by it.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use seatree_core::gate::{self, Entry, Gate, Head, Passed, Record, Refusal, RefusalKind, Route};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use worker::js_sys;

use crate::{
    answer, clock, forward,
    incoming::Asked,
    journal::{self, Id},
    shared::{self, Place},
};

/// What [`admit`] says of a request that takes the long way, and while all of them do: what was known
/// is of a worker that was started anew since.
const NOT_ADMITTED: f64 = -1.0;
const CLOSED: f64 = -2.0;
/// What [`relay`] says of a reply that may take as long as it takes, of one that does not pass, and of
/// one to a request that is not under way.
const ENDLESS: i32 = 0;
const REFUSED: i32 = -1;
const UNKNOWN: i32 = -2;
/// How often those who left are looked for.
const PAUSE_MS: u64 = 1_000;

/// A request that waits for its reply, or for its end.
struct Passing {
    gate: &'static Gate,
    passed: Passed<'static>,
    /// Given back with the reply, or with its end.
    place: Place,
    id: Id,
    start_ms: u64,
    /// When nobody waits for it any more.
    until_ms: u64,
}

thread_local! {
    /// By the numbers of their names.
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

/// What entry.js has to know to send requests, by [`admit`]'s word.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Known<'a> {
    /// What the names of requests begin with.
    id_start: String,
    /// The headers of a request that are looked at, and those of its reply that come back.
    asked: &'a [&'a str],
    origin: Option<usize>,
    returned: &'a [&'a str],
    ways: Vec<JsWay<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsWay<'a> {
    address: &'a str,
    replaced: usize,
    /// Which of the asked ones go along.
    headers: Vec<usize>,
    milliseconds: i32,
}

/// What is to be known once requests may take the short way.
#[wasm_bindgen]
pub fn open() -> Option<String> {
    let gate = GATE.get()?;
    let asked: Vec<&str> = gate.asked_headers().into_iter().collect();
    let place = |name: &str| asked.iter().position(|other| *other == name);
    let ways = gate.ways();
    let ways = ways.iter().map(|way| JsWay {
        address: way.address,
        replaced: way.replaced,
        headers: way.headers.iter().filter_map(|name| place(name)).collect(),
        milliseconds: clock::milliseconds(way.time_limit),
    });
    let known = Known {
        id_start: journal::id_start(),
        asked: &asked,
        origin: place("origin"),
        returned: &gate::TO_CLIENT,
        ways: ways.collect(),
    };
    serde_json::to_string(&known).ok()
}

/// Whether a request with this head goes on as it came: its number, and the place of its way, the
/// latter times 2³². Less than 0 where it takes the long way, to be refused there, for example.
#[wasm_bindgen]
pub fn admit(head: String, now_ms: f64) -> f64 {
    let Some(gate) = GATE.get() else { return CLOSED };
    admitted(gate, head, clock::whole(now_ms)).unwrap_or(NOT_ADMITTED)
}

fn admitted(gate: &'static Gate, head: String, now_ms: u64) -> Option<f64> {
    let passed = gate.pass(&Asked::read(head).ask())?;
    // What is refused here is refused, and counted, on the long way.
    let place = shared::admit_passed(gate, &passed, now_ms).ok()?;
    let id = journal::new_id();
    let way = u32::try_from(passed.way()).ok()?;
    UNDER_WAY.with_borrow_mut(|all| {
        forget_who_left(all, now_ms);
        let until_ms = now_ms.saturating_add(passed.longest_ms());
        all.insert(id.number(), Passing { gate, passed, place, id, start_ms: now_ms, until_ms });
    });
    Some(f64::from(way) * 2_f64.powi(32) + f64::from(id.number()))
}

/// The headers of every reply to a page, as an object of JSON.
#[wasm_bindgen(js_name = headersFor)]
pub fn headers_for(page: &str) -> String {
    serde_json::to_string(&Record(&gate::headers_for(page))).unwrap_or_default()
}

/// How a reply of this status and announced length, if that is a number, passes: the milliseconds in
/// which it has to end, 0 for as long as it takes. One that has to end stays under way until [`ended`].
#[wasm_bindgen]
pub fn relay(number: u32, status: u16, length: f64, now_ms: f64) -> i32 {
    UNDER_WAY.with_borrow_mut(|all| {
        let Some(passing) = all.get_mut(&number) else { return UNKNOWN };
        if !Gate::relays(status) {
            return REFUSED;
        }
        let now_ms = clock::whole(now_ms);
        passing.noted(status, None, now_ms);
        if length <= f64::from(forward::SHORT_BYTES) {
            all.remove(&number);
            return ENDLESS;
        }
        passing.until_ms = now_ms.saturating_add(passing.passed.longest_reply_ms());
        passing.place.lasts(now_ms, passing.passed.total_limit());
        clock::milliseconds(passing.passed.total_limit())
    })
}

/// The reply to this request has ended.
#[wasm_bindgen]
pub fn ended(number: u32) {
    drop(UNDER_WAY.with_borrow_mut(|all| all.remove(&number)));
}

/// The answer in place of a reply with this head, which does not pass.
#[wasm_bindgen]
pub fn refuse(number: u32, head: String) -> Result<String, JsValue> {
    let passing = taken(number)?;
    let head = Head::read(head, 1);
    let status = head.part(0).parse().unwrap_or_default();
    let header = |name: &str| head.header(name).map(str::to_owned);
    match passing.gate.relay(&passing.passed.forward(), status, &header) {
        Ok(_) => Err(js_sys::Error::new("a reply that passes was to be refused").into()),
        Err(refusal) => passing.refused(&refusal),
    }
}

/// The answer where no reply came: for this reason, or none where it would be too late.
#[wasm_bindgen(wasm_bindgen_futures = ::worker::wasm_bindgen_futures, js_sys = ::worker::js_sys)]
pub async fn failed(number: u32, error: JsValue) -> Result<String, JsValue> {
    let passing = taken(number)?;
    let (gate, forward) = (passing.gate, passing.passed.forward());
    let refusal = if error.is_undefined() {
        gate.too_late(&forward)
    } else {
        forward::failure::explain(gate, &forward, &error).await
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
                route: Route::To(self.passed.upstream()),
                method: self.passed.method(),
                status,
                refusal,
                milliseconds: now_ms.saturating_sub(self.start_ms),
            },
        );
    }
}

/// An answer of the edge's own, for entry.js.
#[derive(Serialize)]
struct Own<'a> {
    init: answer::Init<'a>,
    text: String,
}

fn taken(number: u32) -> Result<Passing, JsValue> {
    let passing = UNDER_WAY.with_borrow_mut(|all| all.remove(&number));
    passing.ok_or_else(|| js_sys::Error::new("the worker was started anew meanwhile").into())
}

/// Where the platform cancels a request whose client has left, nothing of it runs any more.
fn forget_who_left(all: &mut BTreeMap<u32, Passing>, now_ms: u64) {
    if now_ms >= LOOK_AGAIN_MS.get() {
        LOOK_AGAIN_MS.set(now_ms + PAUSE_MS);
        all.retain(|_, passing| passing.until_ms >= now_ms);
    }
}
