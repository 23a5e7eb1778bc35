//! A request as it reached the worker.

use std::rc::Rc;

use seatree_core::{
    address,
    gate::{self, Ask, Head},
};
use worker::{js_sys::Promise, wasm_bindgen::JsValue, web_sys};

use crate::{platform, upstream::Body};

type Header = dyn Fn(&str) -> Option<String>;

/// What the gate judges of a request.
pub(crate) struct Asked {
    /// Its parts: method, address, whether there is a body.
    head: Rc<Head>,
    header: Box<Header>,
}

/// A request, its head read once.
pub(crate) struct Incoming<'a> {
    request: &'a web_sys::Request,
    asked: Asked,
}

impl<'a> Incoming<'a> {
    pub(crate) fn new(request: &'a web_sys::Request) -> Self {
        Self { request, asked: Asked::read(platform::request_head(request)) }
    }

    /// Path and query as sent.
    pub(crate) fn target(&self) -> &str {
        self.asked.target()
    }

    pub(crate) fn method(&self) -> &str {
        self.asked.method()
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        (self.asked.header)(name)
    }

    pub(crate) fn ask(&self) -> Ask<'_> {
        self.asked.ask()
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
        let tags = self.asked.head.header("if-none-match").unwrap_or_default();
        tags.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
    }
}

impl Asked {
    /// Of the head as platform.js gives it.
    pub(crate) fn read(head: String) -> Self {
        let head = Rc::new(Head::read(head, 3));
        let of = Rc::clone(&head);
        Self { head, header: Box::new(move |name| of.header(name).map(str::to_owned)) }
    }

    fn target(&self) -> &str {
        address::path_of(self.head.part(1))
    }

    fn method(&self) -> &str {
        self.head.part(0)
    }

    pub(crate) fn ask(&self) -> Ask<'_> {
        Ask {
            method: self.method(),
            target: self.target(),
            header: &*self.header,
            body: self.body_size(),
        }
    }

    pub(crate) fn has_body(&self) -> bool {
        !self.head.part(2).is_empty()
    }

    fn body_size(&self) -> gate::Body {
        match self.head.header("content-length").map(str::parse) {
            Some(Ok(length)) => gate::Body::Length(length),
            Some(Err(_)) => gate::Body::Unannounced,
            None if self.has_body() => gate::Body::Unannounced,
            None => gate::Body::None,
        }
    }
}
