//! A request as it reached the worker.

use seatree_core::{
    address,
    gate::{self, Ask},
};
use worker::{js_sys::Promise, wasm_bindgen::JsValue, web_sys};

use crate::upstream::Body;

type Header<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// The parts of a request that the gate judges, read once.
pub(crate) struct Incoming<'a> {
    request: &'a web_sys::Request,
    method: String,
    url: String,
    header: Box<Header<'a>>,
}

impl<'a> Incoming<'a> {
    pub(crate) fn new(request: &'a web_sys::Request) -> Self {
        let headers = request.headers();
        Self {
            request,
            method: request.method(),
            url: request.url(),
            // Only a malformed name makes it fail, and none is asked for.
            header: Box::new(move |name| headers.get(name).ok().flatten()),
        }
    }

    /// Path and query as sent.
    pub(crate) fn target(&self) -> &str {
        address::path_of(&self.url)
    }

    pub(crate) fn method(&self) -> &str {
        &self.method
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        (self.header)(name)
    }

    pub(crate) fn body(&self) -> Body {
        self.request.body().map_or(Body::None, Body::Stream)
    }

    /// The whole body as an `ArrayBuffer`, once it is there.
    pub(crate) fn bytes(&self) -> Result<Promise, JsValue> {
        self.request.array_buffer()
    }

    /// Whether the client has what this tag is of.
    pub(crate) fn has(&self, tag: &str) -> bool {
        let tags = (self.header)("if-none-match").unwrap_or_default();
        tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
    }

    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            method: &self.method,
            target: self.target(),
            header: &*self.header,
            body: self.body_size(),
        }
    }

    fn body_size(&self) -> gate::Body {
        match (self.header)("content-length").map(|length| length.parse()) {
            Some(Ok(length)) => gate::Body::Length(length),
            Some(Err(_)) => gate::Body::Unannounced,
            None if self.request.body().is_some() => gate::Body::Unannounced,
            None => gate::Body::None,
        }
    }
}
