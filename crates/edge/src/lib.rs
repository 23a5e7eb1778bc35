//! The edge: the worker that lets a page reach upstreams which do not speak CORS, such as CUCM.
//!
//! All decisions are `seatree_core::gate`'s. This crate reads requests, fetches, and streams
//! bodies both ways.
#![cfg(target_arch = "wasm32")]

mod answer;
mod api;
mod clock;
mod ending;
mod forward;
mod incoming;
mod journal;
mod members;
mod memory;
mod operations;
mod passing;
mod platform;
mod settings;
mod shared;
mod sign_in;
mod signature;
mod sql;
mod upstream;
mod visit;
mod webhooks;

use worker::{Context, Env, Result, event, web_sys};

use answer::Answer;
use incoming::Incoming;
use seatree_core::gate::{Decision, Entry, Gate, Refusal, SettingsError};

/// Answers one request. The raw types spare each request the copies that the worker crate's own
/// would make.
#[event(fetch, respond_with_errors)]
async fn fetch(request: web_sys::Request, env: Env, context: Context) -> Result<web_sys::Response> {
    let incoming = Incoming::new(&request);
    let (start, id) = (clock::now_ms(), journal::new_id());
    let gate = settings::gate(&env);
    if let Ok(gate) = gate {
        memory::wake(&env, gate, &context);
    }
    let Answer { response, refusal } = answer(gate, &incoming, &env, &context).await?;
    response.headers().set(journal::ID, &id.to_string())?;
    match gate {
        Ok(gate) => {
            let entry = Entry {
                route: gate.route(incoming.target()),
                method: incoming.method(),
                status: response.status(),
                refusal,
                milliseconds: clock::now_ms().saturating_sub(start),
            };
            journal::note(gate, id, &entry);
            if memory::is_awake() {
                passing::begin(gate);
            }
        }
        // Anyone is told which setting is wrong, and nobody but the log what is in it.
        Err(error) if refusal.is_some() => journal::misconfigured(id, error),
        Err(_) => {}
    }
    Ok(response)
}

async fn answer(
    gate: std::result::Result<&'static Gate, &SettingsError>,
    incoming: &Incoming<'_>,
    env: &Env,
    context: &Context,
) -> Result<Answer> {
    match incoming.target() {
        "/health" => return operations::health(),
        "/ready" => return operations::ready(gate.err()),
        _ => {}
    }
    let gate = match gate {
        Ok(gate) => gate,
        Err(error) => return answer::refusal(&error.refusal()),
    };
    if incoming.target() == "/metrics" {
        return operations::metrics(gate, incoming);
    }
    let ask = incoming.ask();
    if let Some(call) = gate.decide_webhooks(&ask) {
        return webhooks::answer(gate, call, env).await;
    }
    if let Some(decision) = gate.decide_api(&ask) {
        return api::answer(gate, decision, incoming, env, context).await;
    }
    through(gate, gate.decide(&ask), incoming, context).await
}

/// A request to an upstream.
async fn through(
    gate: &'static Gate,
    decision: Decision,
    incoming: &Incoming<'_>,
    context: &Context,
) -> Result<Answer> {
    let (decision, place) = match decision {
        Decision::Visit(visit) => match visit::decide(gate, visit).await {
            Ok((decision, place)) => (decision, Some(place)),
            Err(refusal) => return answer::refusal(&refusal),
        },
        decision => (decision, None),
    };
    let admit = |forward| place.map_or_else(|| shared::admit(gate, forward), Ok);
    match decision {
        Decision::Forward(forward) => match admit(&forward) {
            Ok(place) => forward::run(gate, &forward, incoming.body(), place, context).await,
            Err(refusal) => answer::refusal(&refusal),
        },
        // Counted before its body is waited for: slow ones are requests, too.
        Decision::Read(unread) => match admit(unread.forward()) {
            Ok(place) => forward::read(gate, unread, incoming, place, context).await,
            Err(refusal) => answer::refusal(&refusal),
        },
        Decision::Preflight(headers) => answer::empty(&headers),
        Decision::Refuse(refusal) => answer::refusal(&refusal),
        // A visit is decided about once.
        Decision::Visit(_) => answer::refusal(&Refusal::misconfigured("a visit within a visit")),
    }
}
