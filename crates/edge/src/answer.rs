//! Replies of the worker's own making.

use seatree_core::gate::{Header, Record, Refusal, RefusalKind};
use serde::Serialize;
use web_sys::{ReadableStream, Response};
use worker::{Result, wasm_bindgen::JsValue};

use crate::platform;

/// A reply, and whether it refuses what was asked.
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) refusal: Option<RefusalKind>,
}

/// What the platform makes an answer of, beside its body.
#[derive(Serialize)]
pub(crate) struct Init<'a> {
    pub(crate) status: u16,
    pub(crate) headers: Record<'a>,
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
    whole(status, headers, &JsValue::NULL)
}

pub(crate) fn text(status: u16, headers: &[Header], body: &str) -> Result<Answer> {
    whole(status, headers, &body.into())
}

/// A reply whose body is passed on as it arrives.
pub(crate) fn stream(
    status: u16,
    headers: &[Header],
    body: Option<&ReadableStream>,
) -> Result<Answer> {
    whole(status, headers, &body.into())
}

fn whole(status: u16, headers: &[Header], body: &JsValue) -> Result<Answer> {
    let init = serde_json::to_string(&Init { status, headers: Record(headers) })?;
    Ok(Answer { response: platform::answer(&init, body)?, refusal: None })
}
