//! What the browser keeps for this page. Never a secret, unless the person asked for it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::StorageEvent;

/// Where an instance keeps things for next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In the browser, with what else the page's origin keeps.
    Browser,
    /// Nowhere: on somebody else's page nothing is left behind.
    Nowhere,
}

impl Storage {
    fn store(self) -> Option<web_sys::Storage> {
        match self {
            Self::Browser => super::window().local_storage().ok().flatten(),
            Self::Nowhere => None,
        }
    }

    /// A kept text; none as well where the browser forbids storage.
    pub fn read(self, key: &str) -> Option<String> {
        self.store()?.get_item(key).ok().flatten()
    }

    /// Keeps a text; `false` where nothing is kept, as in some private windows.
    pub fn write(self, key: &str, text: &str) -> bool {
        self.store().is_some_and(|store| store.set_item(key, text).is_ok())
    }

    /// Calls back with the key of what another tab of this page kept, for as long as the current
    /// owner lives.
    pub fn follow(self, changed: impl Fn(&str) + 'static) {
        if self == Self::Nowhere {
            return;
        }
        let handle = window_event_listener_untyped("storage", move |event| {
            let event = event.dyn_into::<StorageEvent>().ok();
            if let Some(key) = event.and_then(|event| event.key()) {
                changed(&key);
            }
        });
        on_cleanup(move || handle.remove());
    }
}
