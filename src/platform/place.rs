//! The place a person is at, as the address bar shows it: `#/services`.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Browsers refuse an address that is changed with every key of a held arrow.
const REST: Duration = Duration::from_millis(150);

thread_local! {
    /// What the address bar is to say once it rests.
    static WAITING: RefCell<Option<Waiting>> = const { RefCell::new(None) };
}

struct Waiting {
    address: String,
    /// What it is said of.
    page: String,
    handle: TimeoutHandle,
}

/// The part after `#`, such as `/services`; empty at the start.
pub fn here() -> String {
    let hash = super::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// A signal that follows the address bar, also when the person goes back.
pub fn follow() -> ReadSignal<String> {
    let (place, set_place) = signal(here());
    let changed = Closure::<dyn Fn()>::new(move || {
        // It was to be said of another place.
        waiting();
        set_place.set(here());
    });
    let window = super::window();
    let _ = window.add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    let listener = StoredValue::new_local(changed);
    on_cleanup(move || {
        listener.with_value(|changed| {
            let _ = super::window().remove_event_listener_with_callback(
                "hashchange",
                changed.as_ref().unchecked_ref(),
            );
        });
    });
    place
}

/// Goes to a place that Back leads away from.
pub fn go_to(address: &str) {
    settle();
    if let Ok(history) = super::window().history() {
        // Only an address of another origin could be refused.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Names the place one is at already, once nothing changes it any more.
pub fn put(address: String) {
    waiting();
    if let Ok(handle) = set_timeout_with_handle(settle, REST) {
        WAITING.set(Some(Waiting { address, page: page(), handle }));
    }
}

/// The page one is at, without what is said of it.
fn page() -> String {
    here().split('?').next().unwrap_or_default().to_owned()
}

/// Names the place at once.
fn settle() {
    if let (Some(address), Ok(history)) = (waiting(), super::window().history()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Takes back what was to be said.
fn waiting() -> Option<String> {
    let Waiting { address, page: of, handle } = WAITING.take()?;
    handle.clear();
    // Who has gone elsewhere is there before the browser tells of it.
    (of == page()).then_some(address)
}

/// A text as a part of an address.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// The text of a part of an address; none where it was cut in the middle of a letter.
pub fn decode(part: &str) -> Option<String> {
    js_sys::decode_uri_component(part).ok().map(Into::into)
}

/// Goes to a page, as a link to it does.
pub fn visit(address: &str) {
    settle();
    let _ = super::window().location().set_hash(address);
}

/// The whole address of this place, for a link.
pub fn url() -> String {
    settle();
    super::window().location().href().unwrap_or_default()
}
