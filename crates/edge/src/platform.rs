//! What the worker asks of its platform, one call for each step of a request: platform.js.

use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, Request, Response, TransformStream};
use worker::js_sys::Promise;

#[wasm_bindgen(module = "/src/platform.js")]
extern "C" {
    #[wasm_bindgen(js_name = requestHead)]
    pub(crate) fn request_head(request: &Request) -> String;

    #[wasm_bindgen(js_name = replyHead)]
    pub(crate) fn reply_head(reply: &Response) -> String;

    #[wasm_bindgen(catch)]
    pub(crate) fn send(
        sent: &str,
        body: &JsValue,
        deadline: &Deadline,
    ) -> Result<Promise<Response>, JsValue>;

    #[wasm_bindgen(catch)]
    pub(crate) fn answer(init: &str, body: &JsValue) -> Result<Response, JsValue>;

    /// Has the platform go on until this has settled, even where the client has left.
    #[wasm_bindgen(js_name = waitUntil)]
    pub(crate) fn wait_until(promise: &Promise);

    #[wasm_bindgen(catch)]
    pub(crate) fn passage() -> Result<TransformStream, JsValue>;

    /// Settles once the body has ended, or the time is over.
    #[wasm_bindgen(catch)]
    pub(crate) fn pass(
        body: &ReadableStream,
        passage: &TransformStream,
        deadline: &Deadline,
    ) -> Result<Promise, JsValue>;

    pub(crate) type Deadline;

    #[wasm_bindgen(constructor, catch)]
    pub(crate) fn new(milliseconds: i32) -> Result<Deadline, JsValue>;

    #[wasm_bindgen(method, getter, js_name = isOver)]
    pub(crate) fn is_over(this: &Deadline) -> bool;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn restart(this: &Deadline, milliseconds: i32) -> Result<(), JsValue>;

    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &Deadline);
}
