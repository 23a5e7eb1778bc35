//! The edge: the worker that lets a page reach upstreams which do not speak CORS, such as CUCM.
//!
//! All decisions are `seatree_core::gate`'s. This crate reads requests, fetches, and streams
//! bodies both ways.
#![cfg(target_arch = "wasm32")]

mod answer;
mod clock;
mod forward;
mod health;
mod incoming;
mod settings;
mod shared;

use worker::{Context, Env, Result, event, web_sys};

use incoming::Incoming;
use seatree_core::gate::Decision;

/// Answers one request. The raw types spare each request the copies that the worker crate's own
/// would make.
#[event(fetch, respond_with_errors)]
async fn fetch(request: web_sys::Request, env: Env, context: Context) -> Result<web_sys::Response> {
    let incoming = Incoming::new(&request);
    if incoming.target() == "/health" {
        return health::answer();
    }
    let gate = match settings::gate(&env) {
        Ok(gate) => gate,
        Err(refusal) => return answer::refusal(&refusal),
    };
    match gate.decide(&incoming.ask()) {
        Decision::Forward(forward) => match shared::count(gate, &forward) {
            Ok(()) => forward::run(gate, &forward, incoming.body(), &context).await,
            Err(refusal) => answer::refusal(&refusal),
        },
        // Counted before its body is waited for: slow ones are requests, too.
        Decision::Read(unread) => match shared::count(gate, unread.forward()) {
            Ok(()) => forward::read(gate, unread, &incoming, &context).await,
            Err(refusal) => answer::refusal(&refusal),
        },
        Decision::Preflight(headers) => answer::empty(&headers),
        Decision::Refuse(refusal) => answer::refusal(&refusal),
    }
}
