//! What the browser keeps for this page. Never a secret, unless the person asked for it.

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
