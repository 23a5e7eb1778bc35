//! `window.seatreeBench`: what `cargo xtask bench tree` asks of the page. Only in a build with the
//! feature `bench`, which is never shipped.
//!
//! | function | gives |
//! |---|---|
//! | `expandAll()` | what "Expand to: Everything" does |
//! | `sortByInUse()` | what sorting the Teams users in use does, the most first |
//! | `filter(text)`, `clearFilter()` | what typing into the filter field does |
//! | `rows()` | how many rows there are, the connections' among them |
//! | `wasmBytes()` | how large the module's memory is |
//!
//! None of them waits for anything: taking times is the caller's.

use js_sys::{ArrayBuffer, Object, Reflect, WebAssembly};
use seatree_core::view::{Column, Rows, Shows, Sort, SortBy};
use wasm_bindgen::closure::{Closure, IntoWasmClosure, WasmClosure};
use wasm_bindgen::{JsCast, JsValue};

use crate::app::Context;
use crate::platform::window;

/// Puts the hook on the window.
pub fn offer(context: Context) {
    let hook = Object::new();
    put(&hook, "expandAll", &function::<dyn Fn()>(move || context.estate.view(Rows::expand_all)));
    put(&hook, "sortByInUse", &function::<dyn Fn()>(move || sort_by_in_use(context)));
    put(&hook, "filter", &function::<dyn Fn(String)>(move |text| filter(context, text)));
    put(&hook, "clearFilter", &function::<dyn Fn()>(move || context.clear_filter()));
    put(&hook, "rows", &function::<dyn Fn() -> usize>(move || rows(context)));
    put(&hook, "wasmBytes", &function::<dyn Fn() -> u32>(wasm_bytes));
    put(&window(), "seatreeBench", &hook);
}

fn sort_by_in_use(context: Context) {
    let by = SortBy::Column(Column::new("msTeamsUsers", Shows::InUse));
    context.sort_by(Some(Sort { by, descending: true }));
}

fn filter(context: Context, text: String) {
    context.change_filter(|filter| filter.text = text);
}

fn rows(context: Context) -> usize {
    context.estate.with_untracked(|forest| forest.rows.len())
}

fn wasm_bytes() -> u32 {
    let memory = wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>();
    memory.buffer().unchecked_into::<ArrayBuffer>().byte_length()
}

fn put(object: &JsValue, name: &str, value: &JsValue) {
    // An object of our own, or the window: both take it.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A function that lasts as long as the page.
fn function<F: ?Sized + WasmClosure>(call: impl IntoWasmClosure<F> + 'static) -> JsValue {
    Closure::<F>::new(call).into_js_value()
}
