//! Sends core's requests with `fetch` and reads the replies, whole or while they arrive.

use std::pin::Pin;

use gloo_net::http::{Headers, Method as GlooMethod, RequestBuilder, Response};
use js_sys::{IteratorNext, Uint8Array};
use seatree_core::address::origin_of;
use seatree_core::http::{Method, Reply, Request};
use seatree_core::{Operation, Problem, UpstreamError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
    ResponseType,
};

use super::stop::Deadline;

/// Far above any real reply; beyond it the page would run out of memory.
const MAX_REPLY_BYTES: usize = 1 << 30;
/// Some milliseconds of decoding: short enough for a smooth page. More is never copied at once.
const PART_BYTES: u32 = 256 << 10;

/// The status and headers of a reply whose body is still on its way.
pub struct Arriving {
    doing: &'static str,
    origin: String,
    deadline: Deadline,
    response: Response,
    read: usize,
}

/// Sends an operation over the network and decodes its reply.
///
/// # Errors
/// What the network, the proxy on the way or the upstream said, as something to act on.
pub async fn run<O: Operation>(
    operation: &O,
    doing: &'static str,
    way: &dyn Way,
    deadline: Deadline,
) -> Result<O::Output, UpstreamError> {
    operation.decode(&exchange(operation.request(), doing, way, deadline).await?)
}

/// A whole reply of the upstream. Boxed, so that its code exists once and not per operation.
fn exchange<'a>(
    request: Request,
    doing: &'static str,
    way: &'a dyn Way,
    deadline: Deadline,
) -> Pin<Box<dyn Future<Output = Result<Reply, UpstreamError>> + 'a>> {
    Box::pin(async move {
        let reply = send(request, doing, way, deadline).await?.whole().await?;
        match way.refusal(doing, &reply) {
            Some(refused) => Err(refused),
            None => Ok(reply),
        }
    })
}

/// How requests reach an upstream: what a connection adds to them on the way.
pub trait Way {
    /// The request as it leaves the browser.
    fn apply(&self, request: Request) -> Request;
    /// Whether the reply is the proxy's own refusal.
    fn refusal(&self, doing: &'static str, reply: &Reply) -> Option<UpstreamError>;
}

/// Sends a request and returns as soon as the reply's headers are there.
///
/// # Errors
/// When no reply came, or one that sends on elsewhere.
pub async fn send(
    request: Request,
    doing: &'static str,
    way: &dyn Way,
    deadline: Deadline,
) -> Result<Arriving, UpstreamError> {
    let request = way.apply(request);
    let origin = origin_of(&request.url).to_owned();
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value);
    }
    let builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => GlooMethod::GET,
            Method::Post => GlooMethod::POST,
            Method::Put => GlooMethod::PUT,
        })
        .headers(headers)
        // Tokens travel in headers that are set on purpose; nothing rides along by itself.
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(deadline.signal()));
    let built = match request.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let failed = |cause: String| lost(doing, &origin, &deadline, cause);
    let response = match built {
        Ok(request) => request.send().await.map_err(|error| failed(error.to_string()))?,
        Err(error) => return Err(failed(error.to_string())),
    };
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(UpstreamError::new(doing, Problem::Redirected));
    }
    Ok(Arriving { doing, origin, deadline, response, read: 0 })
}

impl Arriving {
    pub fn status(&self) -> u16 {
        self.response.status()
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status())
    }

    /// Waits for the rest.
    ///
    /// # Errors
    /// When it does not come whole.
    pub async fn whole(mut self) -> Result<Reply, UpstreamError> {
        let mut body = Vec::new();
        let mut parts = self.parts();
        while let Some(part) = self.next(&mut parts).await? {
            body.extend_from_slice(part);
        }
        let mut reply = Reply::new(self.status(), body);
        reply.headers = self.response.headers().entries().collect();
        Ok(reply)
    }

    /// A header; a browser shows only those that the server exposes.
    pub fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name)
    }

    /// How many bytes are to come, as the server says. Compressed ones become more.
    pub fn length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    /// The body's parts, to ask for one by one with [`next`](Self::next).
    pub fn parts(&self) -> Parts {
        let reader = self.response.body().map(|body| {
            // A fresh body is not locked, so the default reader is what comes.
            body.get_reader().unchecked_into::<ReadableStreamDefaultReader>()
        });
        Parts { reader, piece: None, part: Vec::new() }
    }

    /// The next part, none at the end. It is some milliseconds of work at most, however much the
    /// network gave at once.
    ///
    /// # Errors
    /// When the connection breaks, the time is up, or the person stopped it.
    pub async fn next<'a>(
        &mut self,
        parts: &'a mut Parts,
    ) -> Result<Option<&'a [u8]>, UpstreamError> {
        if parts.piece.is_none() {
            parts.piece = self.read(parts.reader.as_ref()).await?;
        }
        Ok(parts.take())
    }

    /// What the network gives next.
    async fn read(
        &mut self,
        reader: Option<&ReadableStreamDefaultReader>,
    ) -> Result<Option<Uint8Array>, UpstreamError> {
        let Some(reader) = reader else { return Ok(None) };
        let step = JsFuture::from(reader.read())
            .await
            .map_err(|error| lost(self.doing, &self.origin, &self.deadline, words(&error)))?;
        // What a reader gives has the form of what an iterator does.
        let Ok(bytes) = step.unchecked_into::<IteratorNext>().value().dyn_into::<Uint8Array>()
        else {
            return Ok(None);
        };
        self.read += bytes.length() as usize;
        if self.read > MAX_REPLY_BYTES {
            let limit = format!("more than {} MB", MAX_REPLY_BYTES >> 20);
            return Err(UpstreamError::new(self.doing, Problem::TooLarge { limit }));
        }
        Ok(Some(bytes))
    }
}

/// A body being read.
pub struct Parts {
    reader: Option<ReadableStreamDefaultReader>,
    /// What the network gave last and was not taken yet.
    piece: Option<Uint8Array>,
    /// The copy of a part, in memory that is used for one after the other.
    part: Vec<u8>,
}

impl Parts {
    fn take(&mut self) -> Option<&[u8]> {
        let piece = self.piece.take()?;
        let length = piece.length().min(PART_BYTES);
        if length < piece.length() {
            self.piece = Some(piece.subarray(length, piece.length()));
        }
        let size = length as usize;
        if self.part.len() < size {
            self.part.resize(size, 0);
        }
        let part = &mut self.part[..size];
        piece.subarray(0, length).copy_to(part);
        Some(part)
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        if let Some(reader) = &self.reader {
            // Whatever is left is not wanted; a body already read to its end does not mind. One that
            // broke off says so once more, and nobody is to hear it as an error of the page.
            let cancelled = JsFuture::from(reader.cancel());
            spawn_local(async move {
                let _ = cancelled.await;
            });
        }
    }
}

fn lost(doing: &'static str, origin: &str, deadline: &Deadline, cause: String) -> UpstreamError {
    let problem = if deadline.stopped() {
        Problem::Cancelled
    } else if let Some(seconds) = deadline.passed() {
        Problem::TimedOut { seconds }
    } else {
        Problem::Unreachable { origin: origin.to_owned() }
    };
    UpstreamError::new(doing, problem).because(cause)
}

fn words(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| "unknown".to_owned(), |error| String::from(error.message()))
}
