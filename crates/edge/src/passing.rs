//! The short way: a request that is passed on as it is, and its reply. entry.js sends the one and
//! waits for the other; it asks here what to send, and what to answer.
//!
//! Nothing is decided here that is not decided on the long way, by the same gate.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use seatree_core::gate::{
    Decision, Entry, Forward, Gate, Head, Header, Record, RefusalKind, Route,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use worker::js_sys;

use crate::{
    answer, clock, forward,
    incoming::Asked,
    journal::{self, Id},
    shared,
    upstream::Sent,
};

/// A request that waits for its reply.
struct Passing {
    gate: &'static Gate,
    forward: Forward,
    id: Id,
    start_ms: u64,
}

thread_local! {
    /// By the number of the request.
    static UNDER_WAY: RefCell<BTreeMap<u32, Passing>> = RefCell::default();
    /// None until the first request: what begins with a start begins with that, on the long way.
    static GATE: Cell<Option<&'static Gate>> = const { Cell::new(None) };
}

/// From now on requests may take the short way, through this gate.
pub(crate) fn open(gate: &'static Gate) {
    GATE.set(Some(gate));
}

/// Requests take the long way again, where what begins with a start is tried once more.
pub(crate) fn close() {
    GATE.set(None);
}

/// A request that is passed on, for entry.js.
#[derive(Serialize)]
struct Admitted<'a> {
    number: u32,
    /// In which the reply has to begin.
    milliseconds: i32,
    has_body: bool,
    sent: Sent<'a>,
}

/// An answer, for entry.js.
#[derive(Serialize)]
struct Relayed<'a> {
    init: answer::Init<'a>,
    /// In which the body has to end; none if it is short.
    milliseconds: Option<i32>,
    /// In place of the reply's body.
    text: Option<String>,
}

/// What to send for a request with this head; none for one that has to take the long way, to be
/// refused there, for example.
#[wasm_bindgen]
pub fn admit(head: String) -> Option<String> {
    let gate = GATE.get()?;
    let asked = Asked::read(head);
    let Decision::Forward(forward) = gate.decide(&asked.ask()) else { return None };
    if forward.at_a_time.is_some() || gate.credentials(&forward).is_some() {
        return None;
    }
    // What is refused here is refused, and counted, on the long way.
    let start_ms = clock::now_ms();
    shared::count_at(gate, &forward, start_ms).ok()?;
    let id = journal::new_id();
    let admitted = serde_json::to_string(&Admitted {
        number: id.number(),
        milliseconds: clock::milliseconds(forward.time_limit),
        has_body: asked.has_body(),
        sent: Sent::new(&forward.method, &forward.url, &forward.headers),
    });
    UNDER_WAY.with_borrow_mut(|all| {
        forget_who_left(all, start_ms);
        all.insert(id.number(), Passing { gate, forward, id, start_ms })
    });
    admitted.ok()
}

/// What to answer to a reply with this head.
#[wasm_bindgen]
pub fn relay(number: u32, head: String) -> Result<String, JsValue> {
    let passing = taken(number)?;
    let head = Head::read(head, 1);
    let status = head.part(0).parse().unwrap_or_default();
    let header = |name: &str| head.header(name).map(str::to_owned);
    match passing.gate.relay(&passing.forward, status, &header) {
        Ok(relay) => {
            passing.noted(status, None);
            let limit = passing.forward.total_limit;
            let limit = (!forward::is_short(&head)).then(|| clock::milliseconds(limit));
            passing.relayed(status, relay.headers, limit, None)
        }
        Err(refusal) => {
            passing.noted(refusal.status(), Some(refusal.kind));
            passing.relayed(refusal.status(), refusal.headers(), None, Some(refusal.body()))
        }
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
    passing.noted(refusal.status(), Some(refusal.kind));
    passing.relayed(refusal.status(), refusal.headers(), None, Some(refusal.body()))
}

impl Passing {
    fn relayed(
        &self,
        status: u16,
        mut headers: Vec<Header>,
        milliseconds: Option<i32>,
        text: Option<String>,
    ) -> Result<String, JsValue> {
        headers.push((journal::ID.to_owned(), self.id.to_string()));
        let init = answer::Init { status, headers: Record(&headers) };
        let relayed = serde_json::to_string(&Relayed { init, milliseconds, text });
        relayed.map_err(|error| js_sys::Error::new(&error.to_string()).into())
    }

    fn noted(&self, status: u16, refusal: Option<RefusalKind>) {
        journal::note(
            self.gate,
            &Entry {
                id: &self.id.to_string(),
                route: Route::To(&self.forward.upstream),
                method: &self.forward.method,
                status,
                refusal,
                milliseconds: clock::now_ms().saturating_sub(self.start_ms),
            },
        );
    }

    /// Whether its reply would have been too late long ago: who asked went away, and with them what
    /// would have told so.
    fn is_gone(&self, now_ms: u64) -> bool {
        let longest_ms = self.forward.time_limit.saturating_mul(2_000);
        now_ms.saturating_sub(self.start_ms) > longest_ms
    }
}

fn taken(number: u32) -> Result<Passing, JsValue> {
    let passing = UNDER_WAY.with_borrow_mut(|all| all.remove(&number));
    passing.ok_or_else(|| js_sys::Error::new("the worker was started anew meanwhile").into())
}

/// The oldest ones, so that few who stay do not keep the others.
fn forget_who_left(all: &mut BTreeMap<u32, Passing>, now_ms: u64) {
    while let Some(first) = all.first_entry()
        && first.get().is_gone(now_ms)
    {
        first.remove();
    }
}
