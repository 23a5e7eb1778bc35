//! A request as it reached the worker.

use seatree_core::{
    address,
    gate::{Ask, Body},
};
use worker::web_sys;

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

    pub(crate) fn body(&self) -> Option<web_sys::ReadableStream> {
        self.request.body()
    }

    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            method: &self.method,
            target: self.target(),
            header: &*self.header,
            body: self.body_size(),
        }
    }

    fn body_size(&self) -> Body {
        match (self.header)("content-length").map(|length| length.parse()) {
            Some(Ok(length)) => Body::Length(length),
            Some(Err(_)) => Body::Unannounced,
            None if self.request.body().is_some() => Body::Unannounced,
            None => Body::None,
        }
    }
}
