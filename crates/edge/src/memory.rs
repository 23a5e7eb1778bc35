//! What the edge remembers: snapshots of the upstreams that are to be remembered, each kept by a
//! Durable Object of its own. Here it is asked; [`keeper`] is the object.

mod keeper;
mod store;
mod taking;

use std::cell::Cell;

use seatree_core::{gate::Gate, snapshot::Question};
use web_sys::{Request, RequestInit, Response};
use worker::{
    Context, Env, Result, wasm_bindgen::JsCast, wasm_bindgen_futures::JsFuture,
    worker_sys::DurableObject,
};

use crate::{clock, journal, passing};

/// The binding that leads to the objects.
pub(crate) const BINDING: &str = "SEATREE_MEMORY";

/// After trouble with a memory.
const LOOK_AGAIN_MS: u64 = 60_000;

/// How an object says what came of a question.
const INSIDE: u16 = 200;
const OUTSIDE: u16 = 403;
const UNKNOWN: u16 = 404;

/// What came of a question.
pub(crate) enum Told {
    Json(String),
    /// What is asked about does not lie in what the visitor may see.
    Outside,
    /// No snapshot has what is asked about, so that it does not say whose it is. This is what
    /// would be told.
    Unknown(String),
}

thread_local! {
    static WAKE_AT_MS: Cell<u64> = const { Cell::new(0) };
}

/// Has each memory look when its next snapshot is due, once after a start: an alarm that was set
/// before rings by itself, but the first has to be set, and another plan to be heard of.
pub(crate) fn wake(env: &Env, gate: &'static Gate, context: &Context) {
    if clock::now_ms() < WAKE_AT_MS.get() {
        return;
    }
    WAKE_AT_MS.set(u64::MAX);
    for name in gate.remembered() {
        let env = env.clone();
        context.wait_until(async move {
            if let Err(error) = send(&env, "/", &Question::wake(name)).await {
                journal::fault(name, "memory", &error);
                WAKE_AT_MS.set(clock::now_ms() + LOOK_AGAIN_MS);
                // Only the long way leads here again.
                passing::end();
            }
        });
    }
}

/// Whether nothing is left to be woken.
pub(crate) fn is_awake() -> bool {
    WAKE_AT_MS.get() == u64::MAX
}

/// Asks the memory of an upstream.
pub(crate) async fn ask(env: &Env, question: &Question) -> Result<Told> {
    let (status, text) = send(env, "/", question).await?;
    match status {
        INSIDE => Ok(Told::Json(text)),
        OUTSIDE => Ok(Told::Outside),
        UNKNOWN => Ok(Told::Unknown(text)),
        _ => Err(text.into()),
    }
}

/// Asks for what is at a path of the object of an upstream. A question about nothing has paths that are
/// not the memory's own.
pub(crate) async fn ask_at(env: &Env, path: &str, upstream: &str) -> Result<String> {
    let (status, text) = send(env, path, &Question::wake(upstream)).await?;
    if status == INSIDE { Ok(text) } else { Err(text.into()) }
}

async fn send(env: &Env, path: &str, question: &Question) -> Result<(u16, String)> {
    let stub = env.durable_object(BINDING)?.get_by_name(&question.upstream)?;
    let object: DurableObject = stub.into_rpc();
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&question.json().into());
    // Objects have no address: any will do.
    let request = Request::new_with_str_and_init(&format!("https://memory{path}"), &init)?;
    let reply: Response = JsFuture::from(object.fetch_with_request(&request)?).await?.dyn_into()?;
    let text = JsFuture::from(reply.text()?).await?.as_string().unwrap_or_default();
    Ok((reply.status(), text))
}
