//! Requests that leave the edge.

use seatree_core::{
    gate::{Header, Record, Why},
    http::{Reply, Request},
};
use serde::Serialize;
use web_sys::{ReadableStream, ReadableStreamDefaultReader, Response};
use worker::{
    js_sys::{self, Reflect, Uint8Array},
    wasm_bindgen::{JsCast, JsValue},
    wasm_bindgen_futures::JsFuture,
};

use crate::{clock::Deadline, platform};

type JsResult<T> = Result<T, JsValue>;

/// The body that goes along.
pub(crate) enum Body {
    None,
    /// Handed over, not read: the runtime moves the bytes.
    Stream(ReadableStream),
    Bytes(Uint8Array),
}

impl Body {
    fn js(&self) -> JsValue {
        match self {
            Self::None => JsValue::NULL,
            Self::Stream(stream) => stream.into(),
            Self::Bytes(bytes) => bytes.into(),
        }
    }
}

/// What the platform makes a request of, beside its body. Redirects are not followed.
#[derive(Serialize)]
pub(crate) struct Sent<'a> {
    url: &'a str,
    init: Init<'a>,
}

#[derive(Serialize)]
struct Init<'a> {
    method: &'a str,
    headers: Record<'a>,
    redirect: &'static str,
}

impl<'a> Sent<'a> {
    pub(crate) fn new(method: &'a str, url: &'a str, headers: &'a [Header]) -> Self {
        Self { url, init: Init { method, headers: Record(headers), redirect: "manual" } }
    }

    fn json(&self) -> String {
        // Texts become JSON without fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Sends a request; the reply comes as soon as its head is there. Redirects are not followed.
pub(crate) async fn send(
    method: &str,
    url: &str,
    headers: &[Header],
    body: &Body,
    deadline: &Deadline,
) -> JsResult<Response> {
    let sent = Sent::new(method, url, headers).json();
    JsFuture::from(platform::send(&sent, &body.js(), deadline.js())?).await
}

/// Sends a request of the edge's own.
pub(crate) async fn ask(request: &Request, deadline: &Deadline) -> JsResult<Response> {
    let body = match &request.body {
        Some(text) => Body::Bytes(Uint8Array::from(text.as_bytes())),
        None => Body::None,
    };
    send(request.method.as_str(), &request.url, &request.headers, &body, deadline).await
}

/// The bytes of a reply as they arrive.
pub(crate) struct Pieces(Option<ReadableStreamDefaultReader>);

impl Pieces {
    pub(crate) fn of(reply: &Response) -> Self {
        Self(reply.body().map(|body| body.get_reader().unchecked_into()))
    }

    /// The next ones; none at the end.
    pub(crate) async fn next(&mut self) -> JsResult<Option<Vec<u8>>> {
        let Some(reader) = &self.0 else { return Ok(None) };
        let read = JsFuture::from(reader.read()).await?;
        if Reflect::get(&read, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let value: Uint8Array = Reflect::get(&read, &"value".into())?.dyn_into()?;
        Ok(Some(value.to_vec()))
    }
}

/// A whole reply; none that has more than so many bytes.
pub(crate) async fn whole(reply: &Response, most: usize) -> JsResult<Option<Reply>> {
    let mut pieces = Pieces::of(reply);
    let mut body = Vec::new();
    while let Some(piece) = pieces.next().await? {
        if body.len() + piece.len() > most {
            return Ok(None);
        }
        body.extend(piece);
    }
    let mut whole = Reply::new(reply.status(), body);
    for name in ["content-type", "retry-after"] {
        if let Some(value) = reply.headers().get(name)? {
            whole = whole.with_header(name, value);
        }
    }
    Ok(Some(whole))
}

/// Why no reply came, without what the platform's error may repeat of a request.
pub(crate) fn lost(error: &JsValue) -> Why {
    Why::lost(&said(error))
}

/// What an error says. It may repeat parts of a request: nobody is to be told.
pub(crate) fn said(error: &JsValue) -> String {
    let error = error.dyn_ref::<js_sys::Error>();
    error.map(|error| String::from(error.message())).unwrap_or_default()
}
