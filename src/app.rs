//! The page as a whole.

pub(crate) mod context;
mod demo;
pub(crate) mod dialog;
mod figures;
mod first_run;
mod footer;
mod header;
mod keys;
mod page;
mod palette;
mod set_up;
mod shell;
mod shortcuts;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

pub use context::Context;
pub use page::Page;

/// How the page is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the configuration is read from; `seatree.json` beside the page by default.
    pub config_url: Option<String>,
}

/// Starts Seatree in the element with this id and keeps it there.
pub fn mount(id: &str, options: Options) {
    let element = platform_element(id);
    if let Some(element) = element {
        element.set_text_content(None);
        mount_to(element, move || shell::shell(options)).forget();
    }
}

fn platform_element(id: &str) -> Option<web_sys::HtmlElement> {
    crate::platform::window().document()?.get_element_by_id(id)?.dyn_into().ok()
}
