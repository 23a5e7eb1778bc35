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

use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::platform::root::{self, Root, Scope};

pub use context::Context;
pub use page::Page;

/// How the page is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the configuration is read from; `seatree.json` beside the page by default.
    pub config_url: Option<String>,
}

/// Seatree in an element, for as long as this lives.
#[must_use = "dropping it takes Seatree away again"]
pub struct Mounted {
    // Dropping it takes the view out of the element and ends all that follows something.
    handle: UnmountHandle<<AnyView as Render>::State>,
}

impl Mounted {
    /// Leaves it there for good.
    pub fn forget(self) {
        self.handle.forget();
    }
}

/// Starts Seatree in an element of a page, or of a shadow root in one: what was in it goes. None when
/// the element is in no page.
pub fn mount(element: HtmlElement, options: Options) -> Option<Mounted> {
    let scope = Scope::of(&element)?;
    element.set_text_content(None);
    let handle = mount_to(element, move || shell::shell(Root::new(scope), options));
    Some(Mounted { handle })
}

/// Starts Seatree in the page's own element with this id, for good.
pub fn start(id: &str, options: Options) {
    if let Some(mounted) = root::of_page(id).and_then(|element| mount(element, options)) {
        mounted.forget();
    }
}
