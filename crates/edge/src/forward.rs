//! Asking an upstream, and passing on what it says.

mod failure;

use seatree_core::gate::{Forward, Gate};
use worker::{
    Result, js_sys,
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
    web_sys,
};

use crate::{answer, incoming::Incoming};

pub(crate) async fn run(
    gate: &Gate,
    forward: &Forward,
    incoming: &Incoming<'_>,
) -> Result<web_sys::Response> {
    let reply = match ask(forward, incoming).await {
        Ok(reply) => reply,
        Err(error) => return answer::refusal(&failure::explain(gate, forward, &error).await),
    };
    let status = reply.status();
    let headers = reply.headers();
    match gate.relay(forward, status, &|name| headers.get(name).ok().flatten()) {
        Ok(relay) => answer::stream(status, &relay.headers, reply.body().as_ref()),
        Err(refusal) => answer::refusal(&refusal),
    }
}

async fn ask(
    forward: &Forward,
    incoming: &Incoming<'_>,
) -> std::result::Result<web_sys::Response, JsValue> {
    let init = web_sys::RequestInit::new();
    init.set_method(incoming.method());
    init.set_redirect(web_sys::RequestRedirect::Manual);
    init.set_headers(&answer::to_js(&forward.headers)?.into());
    if let Some(body) = incoming.body() {
        // Handed over, not read: the runtime moves the bytes.
        init.set_body(&body);
    }
    let worker: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    let reply = JsFuture::from(worker.fetch_with_str_and_init(&forward.url, &init)).await?;
    reply.dyn_into()
}
