//! Replies of the worker's own making.

use seatree_core::gate::{Header, Refusal};
use worker::{Result, wasm_bindgen::JsValue, web_sys};

pub(crate) fn refusal(refusal: &Refusal) -> Result<web_sys::Response> {
    text(refusal.status(), &refusal.headers(), &refusal.body())
}

pub(crate) fn empty(headers: &[Header]) -> Result<web_sys::Response> {
    bare(204, headers)
}

/// A reply of a status that has no body.
pub(crate) fn bare(status: u16, headers: &[Header]) -> Result<web_sys::Response> {
    let init = init(status, headers)?;
    Ok(web_sys::Response::new_with_opt_str_and_init(None, &init)?)
}

pub(crate) fn text(status: u16, headers: &[Header], body: &str) -> Result<web_sys::Response> {
    let init = init(status, headers)?;
    Ok(web_sys::Response::new_with_opt_str_and_init(Some(body), &init)?)
}

/// A reply whose body is passed on as it arrives.
pub(crate) fn stream(
    status: u16,
    headers: &[Header],
    body: Option<&web_sys::ReadableStream>,
) -> Result<web_sys::Response> {
    let init = init(status, headers)?;
    Ok(web_sys::Response::new_with_opt_readable_stream_and_init(body, &init)?)
}

fn init(status: u16, headers: &[Header]) -> Result<web_sys::ResponseInit> {
    let init = web_sys::ResponseInit::new();
    init.set_status(status);
    init.set_headers(&to_js(headers)?.into());
    Ok(init)
}

/// Headers as the platform takes them.
pub(crate) fn to_js(headers: &[Header]) -> std::result::Result<web_sys::Headers, JsValue> {
    let js = web_sys::Headers::new()?;
    for (name, value) in headers {
        js.append(name, value)?;
    }
    Ok(js)
}
