//! Asking an upstream, and passing on what it says.

mod failure;

use seatree_core::gate::{Forward, Gate, Unread};
use web_sys::{ReadableStream, StreamPipeOptions, TransformStream};
use worker::{
    Context, Result, js_sys,
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
};

use crate::{
    answer,
    clock::{self, Deadline},
    incoming::Incoming,
    shared::{self, Held},
};

/// The body that goes along.
pub(crate) enum Body {
    None,
    /// Handed over, not read: the runtime moves the bytes.
    Stream(ReadableStream),
    Bytes(js_sys::Uint8Array),
}

/// Reads the body first, because it says what is asked for.
pub(crate) async fn read(
    gate: &Gate,
    unread: Unread,
    incoming: &Incoming<'_>,
    context: &Context,
) -> Result<web_sys::Response> {
    let bytes = match clock::within(&incoming.bytes()?, unread.time_limit).await? {
        Some(buffer) => js_sys::Uint8Array::new(&buffer),
        None => return answer::refusal(&gate.too_slow(&unread)),
    };
    match gate.read(unread, &bytes.to_vec()) {
        Ok(forward) if bytes.length() == 0 => run(gate, &forward, Body::None, context).await,
        Ok(forward) => run(gate, &forward, Body::Bytes(bytes), context).await,
        Err(refusal) => answer::refusal(&refusal),
    }
}

pub(crate) async fn run(
    gate: &Gate,
    forward: &Forward,
    body: Body,
    context: &Context,
) -> Result<web_sys::Response> {
    let held = match shared::turn(gate, forward).await {
        Ok(held) => held,
        Err(refusal) => return answer::refusal(&refusal),
    };
    let mut deadline = Deadline::start(forward.time_limit)?;
    let reply = match ask(forward, &body, &deadline).await {
        Ok(reply) => reply,
        Err(_) if deadline.is_over() => return answer::refusal(&gate.too_late(forward)),
        Err(error) => return answer::refusal(&failure::explain(gate, forward, &error).await),
    };
    deadline.restart(forward.total_limit)?;
    let status = reply.status();
    let headers = reply.headers();
    match gate.relay(forward, status, &|name| headers.get(name).ok().flatten()) {
        Ok(relay) => {
            let body = until_ended(reply.body(), &deadline, held, context)?;
            answer::stream(status, &relay.headers, body.as_ref())
        }
        Err(refusal) => answer::refusal(&refusal),
    }
}

async fn ask(
    forward: &Forward,
    body: &Body,
    deadline: &Deadline,
) -> std::result::Result<web_sys::Response, JsValue> {
    let init = web_sys::RequestInit::new();
    init.set_method(&forward.method);
    init.set_redirect(web_sys::RequestRedirect::Manual);
    init.set_headers(&answer::to_js(&forward.headers)?.into());
    init.set_signal(Some(&deadline.signal()));
    match body {
        Body::None => {}
        Body::Stream(stream) => init.set_body(stream),
        Body::Bytes(bytes) => init.set_body(bytes),
    }
    let worker: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    let reply = JsFuture::from(worker.fetch_with_str_and_init(&forward.url, &init)).await?;
    reply.dyn_into()
}

/// The same body, cut off once its time is over. The turn ends with it, even when nobody reads it
/// any more: until then the upstream is busy.
fn until_ended(
    body: Option<ReadableStream>,
    deadline: &Deadline,
    held: Option<Held>,
    context: &Context,
) -> Result<Option<ReadableStream>> {
    let Some(body) = body else { return Ok(None) };
    let pipe = identity()?;
    let options = StreamPipeOptions::new();
    options.set_signal(&deadline.signal());
    let Some(held) = held else {
        return Ok(Some(body.pipe_through_with_options(pipe.unchecked_ref(), &options)));
    };
    let passed = body.pipe_to_with_options(&pipe.writable(), &options);
    context.wait_until(async move {
        let _ = JsFuture::from(passed).await;
        drop(held);
    });
    Ok(Some(pipe.readable()))
}

/// The runtime's own way to pass bytes on: they never enter JavaScript.
fn identity() -> std::result::Result<TransformStream, JsValue> {
    let class = js_sys::Reflect::get(&js_sys::global(), &"IdentityTransformStream".into())?;
    let class: js_sys::Function = class.unchecked_into();
    let stream = js_sys::Reflect::construct(&class, &js_sys::Array::new())?;
    Ok(stream.unchecked_into())
}
