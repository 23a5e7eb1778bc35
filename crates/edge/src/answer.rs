//! Replies of the worker's own making.

use seatree_core::gate::{self, Header, Refusal, RefusalKind};
use web_sys::{ReadableStream, Response};
use worker::{Result, js_sys, wasm_bindgen::JsValue};

use crate::platform;

/// The header that names a request.
pub(crate) const ID: &str = "x-request-id";

/// A reply, and whether it refuses what was asked.
pub(crate) struct Answer {
    head: String,
    body: JsValue,
    pub(crate) status: u16,
    pub(crate) refusal: Option<RefusalKind>,
}

impl Answer {
    /// As the platform takes it, with the id of its request.
    pub(crate) fn into_response(mut self, id: &str) -> Result<Response> {
        // Writing the head anew would find the same: an id is of hexadecimal digits.
        for line in [ID, id] {
            self.head.push_str(line);
            self.head.push('\n');
        }
        Ok(platform::answer(&self.head, &self.body)?)
    }
}

pub(crate) fn refusal(refusal: &Refusal) -> Result<Answer> {
    let answer = text(refusal.status(), &refusal.headers(), &refusal.body())?;
    Ok(Answer { refusal: Some(refusal.kind), ..answer })
}

pub(crate) fn empty(headers: &[Header]) -> Result<Answer> {
    bare(204, headers)
}

/// A reply of a status that has no body.
pub(crate) fn bare(status: u16, headers: &[Header]) -> Result<Answer> {
    whole(status, headers, JsValue::NULL)
}

pub(crate) fn text(status: u16, headers: &[Header], body: &str) -> Result<Answer> {
    whole(status, headers, body.into())
}

/// A reply whose body is passed on as it arrives.
pub(crate) fn stream(
    status: u16,
    headers: &[Header],
    body: Option<&ReadableStream>,
) -> Result<Answer> {
    whole(status, headers, body.into())
}

fn whole(status: u16, headers: &[Header], body: JsValue) -> Result<Answer> {
    let head = gate::written(&[&status.to_string()], headers);
    let head = head.ok_or_else(not_a_head)?;
    Ok(Answer { head, body, status, refusal: None })
}

/// Why a head is not passed on.
pub(crate) fn not_a_head() -> JsValue {
    js_sys::Error::new("a header holds the end of a line").into()
}
