//! A request as it reached the worker.

use std::rc::Rc;

use seatree_core::{
    address,
    gate::{self, Ask, Head},
};
use worker::{js_sys::Promise, wasm_bindgen::JsValue, web_sys};

use crate::{platform, upstream::Body};

/// The parts of a request that the gate judges, read once.
pub(crate) struct Incoming<'a> {
    request: &'a web_sys::Request,
    /// Its parts: method, address, whether there is a body.
    head: Rc<Head>,
    header: Box<dyn Fn(&str) -> Option<String>>,
}

impl<'a> Incoming<'a> {
    pub(crate) fn new(request: &'a web_sys::Request) -> Self {
        let head = Rc::new(Head::read(platform::request_head(request), 3));
        let of = Rc::clone(&head);
        Self { request, head, header: Box::new(move |name| of.header(name).map(str::to_owned)) }
    }

    /// Path and query as sent.
    pub(crate) fn target(&self) -> &str {
        address::path_of(self.head.part(1))
    }

    pub(crate) fn method(&self) -> &str {
        self.head.part(0)
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
        let tags = self.head.header("if-none-match").unwrap_or_default();
        tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
    }

    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            method: self.method(),
            target: self.target(),
            header: &*self.header,
            body: self.body_size(),
        }
    }

    fn body_size(&self) -> gate::Body {
        match self.head.header("content-length").map(str::parse) {
            Some(Ok(length)) => gate::Body::Length(length),
            Some(Err(_)) => gate::Body::Unannounced,
            None if !self.head.part(2).is_empty() => gate::Body::Unannounced,
            None => gate::Body::None,
        }
    }
}
