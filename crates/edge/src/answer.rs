//! Replies of the worker's own making.

use seatree_core::gate::{Header, Refusal, RefusalKind};
use web_sys::{Headers, ReadableStream, Response, ResponseInit};
use worker::{Result, wasm_bindgen::JsValue};

/// A reply, and whether it refuses what was asked.
pub(crate) struct Answer {
    pub(crate) response: Response,
    pub(crate) refusal: Option<RefusalKind>,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self { response, refusal: None }
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
    let init = init(status, headers)?;
    Ok(Response::new_with_opt_str_and_init(None, &init)?.into())
}

pub(crate) fn text(status: u16, headers: &[Header], body: &str) -> Result<Answer> {
    let init = init(status, headers)?;
    Ok(Response::new_with_opt_str_and_init(Some(body), &init)?.into())
}

/// A reply whose body is passed on as it arrives.
pub(crate) fn stream(
    status: u16,
    headers: &[Header],
    body: Option<&ReadableStream>,
) -> Result<Answer> {
    let init = init(status, headers)?;
    Ok(Response::new_with_opt_readable_stream_and_init(body, &init)?.into())
}

fn init(status: u16, headers: &[Header]) -> Result<ResponseInit> {
    let init = ResponseInit::new();
    init.set_status(status);
    init.set_headers(&to_js(headers)?.into());
    Ok(init)
}

/// Headers as the platform takes them.
pub(crate) fn to_js(headers: &[Header]) -> std::result::Result<Headers, JsValue> {
    let js = Headers::new()?;
    for (name, value) in headers {
        js.append(name, value)?;
    }
    Ok(js)
}
