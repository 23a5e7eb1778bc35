//! Work that is done to its end, whatever becomes of the request that it was begun for.

use std::{cell::Cell, future::Future, rc::Rc};

use worker::{
    js_sys::futures::future_to_promise, wasm_bindgen::JsValue, wasm_bindgen_futures::JsFuture,
};

use crate::platform;

/// What this work gives. Where the platform cancels the request because its client has left, it
/// still goes on, so that it gives back what others wait for. Cloudflare gives it 30 seconds for that.
///
/// None where it was cut off.
pub(crate) async fn to_its_end<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let given = Rc::new(Cell::new(None));
    let giving = Rc::clone(&given);
    let done = future_to_promise(std::panic::AssertUnwindSafe(async move {
        giving.set(Some(work.await));
        Ok(JsValue::UNDEFINED)
    }));
    platform::wait_until(&done);
    JsFuture::from(done).await.ok()?;
    given.take()
}
