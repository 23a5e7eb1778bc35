//! What the browser keeps for this page. Never a secret, unless the person asked for it.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::StorageEvent;

fn store() -> Option<web_sys::Storage> {
    super::window().local_storage().ok().flatten()
}

/// A kept text; none as well where the browser forbids storage.
pub fn read(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Keeps a text; `false` where the browser refuses, as in some private windows.
pub fn write(key: &str, text: &str) -> bool {
    store().is_some_and(|store| store.set_item(key, text).is_ok())
}

/// Calls back with the key of what another tab of this page kept, for as long as the page lives.
pub fn follow(changed: impl Fn(&str) + 'static) {
    let told = Closure::<dyn Fn(StorageEvent)>::new(move |event: StorageEvent| {
        if let Some(key) = event.key() {
            changed(&key);
        }
    });
    let listener = told.as_ref().unchecked_ref();
    let _ = super::window().add_event_listener_with_callback("storage", listener);
    told.forget();
}
