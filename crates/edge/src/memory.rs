//! What the edge remembers: snapshots of the upstreams that are to be remembered, each kept by a
//! Durable Object of its own. Here it is asked; [`keeper`] is the object.

mod keeper;
mod store;
mod taking;

use std::cell::Cell;

use seatree_core::{gate::Gate, snapshot::Question};
use worker::{Context, Env, Method, Request, RequestInit, Response, Result};

use crate::journal;

/// The binding that leads to the objects.
pub(crate) const BINDING: &str = "SEATREE_MEMORY";

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
    static IS_AWAKE: Cell<bool> = const { Cell::new(false) };
}

/// Has each memory look when its next snapshot is due, once after a start: an alarm that was set
/// before rings by itself, but the first has to be set, and another plan to be heard of.
pub(crate) fn wake(env: &Env, gate: &'static Gate, context: &Context) {
    if IS_AWAKE.replace(true) {
        return;
    }
    for name in gate.remembered() {
        let env = env.clone();
        context.wait_until(async move {
            if let Err(error) = send(&env, &Question::wake(name)).await {
                journal::trouble(name, "memory", &error.to_string());
                // Whoever comes next tries again.
                IS_AWAKE.set(false);
            }
        });
    }
}

/// Asks the memory of an upstream.
pub(crate) async fn ask(env: &Env, question: &Question) -> Result<Told> {
    let mut reply = send(env, question).await?;
    let text = reply.text().await?;
    match reply.status_code() {
        200 => Ok(Told::Json(text)),
        403 => Ok(Told::Outside),
        404 => Ok(Told::Unknown(text)),
        _ => Err(text.into()),
    }
}

async fn send(env: &Env, question: &Question) -> Result<Response> {
    let stub = env.durable_object(BINDING)?.get_by_name(&question.upstream)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(question.json().into()));
    // Objects have no address: any will do.
    stub.fetch_with_request(Request::new_with_init("https://memory/", &init)?).await
}
