//! Seatree on somebody else's page: the elements that `embed.js` defines.
//!
//! That script gives a place in a shadow root, what the element's attributes say, and a function that
//! is told what happens; it gets a function that takes commands. Everything here is fetched when the
//! first element is on the page.

mod connect;
mod export;
mod instance;
mod node;
mod notice;
mod status;
mod summary;
mod told;
mod tree;
mod users;
mod wanted;

use js_sys::Function;
use wasm_bindgen::JsValue;
// Nothing is mounted yet, which is what makes leptos able to.
use wasm_bindgen_futures::spawn_local;

use crate::platform::part::part;

part!(
    embed,
    /// What makes the function that mounts elements.
    fn code() -> fn() -> JsValue {
        instance::mounter
    }
);

/// Calls back with the function that mounts elements; with a text, where it could not be fetched.
pub fn offer(ready: Function) {
    spawn_local(async move {
        let given = match code().await {
            Ok(make) => make(),
            Err(missing) => seatree_core::UpstreamError::from(missing).to_string().into(),
        };
        // Who asked for it handles its own errors.
        let _ = ready.call1(&JsValue::NULL, &given);
    });
}
