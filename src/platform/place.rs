//! The place a person is at, as the address bar shows it: `#/services`. On somebody else's page the
//! address bar is theirs, with Back and Forward: an instance there has a place of its own.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsValue;

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

/// Where an instance has its place. Copying it shares it.
#[derive(Clone, Copy)]
pub enum Place {
    AddressBar,
    /// In memory: what `here` gives.
    Own(RwSignal<String>),
}

impl Place {
    /// The part after `#`, such as `/services`; empty at the start.
    pub fn here(self) -> String {
        match self {
            Self::AddressBar => here(),
            Self::Own(place) => place.get_untracked(),
        }
    }

    /// A signal that follows the place, also when the person goes back.
    pub fn follow(self) -> ReadSignal<String> {
        match self {
            Self::AddressBar => follow(),
            Self::Own(place) => place.read_only(),
        }
    }

    /// Goes to a place that Back leads away from.
    pub fn go_to(self, address: &str) {
        match self {
            Self::AddressBar => {
                settle();
                if let Ok(history) = super::window().history() {
                    // Only an address of another origin could be refused.
                    let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
                }
            }
            Self::Own(place) => say(place, address, false),
        }
    }

    /// Names the place one is at already, once nothing changes it any more.
    pub fn put(self, address: String) {
        match self {
            Self::AddressBar => {
                waiting();
                if let Ok(handle) = set_timeout_with_handle(settle, REST) {
                    WAITING.set(Some(Waiting { address, page: page(), handle }));
                }
            }
            Self::Own(place) => say(place, &address, false),
        }
    }

    /// Goes to a page, as a link to it does.
    pub fn visit(self, address: &str) {
        match self {
            Self::AddressBar => {
                settle();
                let _ = super::window().location().set_hash(address);
            }
            Self::Own(place) => say(place, address, true),
        }
    }

    /// The whole address of this place, for a link; none where it is not in the address bar.
    pub fn url(self) -> Option<fn() -> String> {
        matches!(self, Self::AddressBar).then_some(url)
    }
}

/// Only who visits a place is led there; otherwise one is there already.
fn say(place: RwSignal<String>, address: &str, leads: bool) {
    place.maybe_update(|place| {
        address.strip_prefix('#').unwrap_or(address).clone_into(place);
        leads
    });
}

fn here() -> String {
    let hash = super::window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

fn follow() -> ReadSignal<String> {
    let (place, set_place) = signal(here());
    let handle = window_event_listener_untyped("hashchange", move |_| {
        // It was to be said of another place.
        waiting();
        set_place.try_set(here());
    });
    on_cleanup(move || handle.remove());
    place
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

fn url() -> String {
    settle();
    super::window().location().href().unwrap_or_default()
}
