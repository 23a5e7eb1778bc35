//! The page as a whole.

pub(crate) mod context;
mod demo;
pub(crate) mod dialog;
mod figures;
mod first_run;
mod footer;
mod header;
mod keys;
pub(crate) mod language;
mod languages;
mod page;
mod palette;
mod set_up;
mod shell;
mod shortcuts;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::platform::place::Place;
use crate::platform::root::{self, Root, Scope};
use crate::platform::storage::Storage;

pub use context::{Context, Home};
pub use footer::selection;
pub use page::Page;

/// How the page is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the configuration is read from; `seatree.json` beside the page by default.
    pub config_url: Option<String>,
    /// The language to speak, as a tag such as `de` or `fr-CH`; the person's choice, else that of
    /// `seatree.json`, the page around or the browser by default.
    pub lang: Option<String>,
    /// Where the page's own files are, ending with a slash; beside the page by default.
    pub folder: Option<String>,
}

/// Seatree in an element, for as long as this lives.
#[must_use = "dropping it takes Seatree away again"]
pub struct Mounted {
    /// Dropping it takes the view out of the element.
    handle: Option<UnmountHandle<<AnyView as Render>::State>>,
    owner: Owner,
}

impl Mounted {
    /// Leaves it there for good.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.handle = None;
        // What is kept for the whole instance holds its owner, which would outlive itself that way.
        self.owner.cleanup();
    }
}

/// Starts Seatree in an element of a page: what was in it goes. None when the element is in no page.
pub fn mount(element: HtmlElement, options: Options) -> Option<Mounted> {
    let (place, storage) = (Place::AddressBar, Storage::Browser);
    mount_view(element, Box::new(move |root| shell::shell(Home { root, place, storage }, options)))
}

/// Draws a view into an element of a page, or of a shadow root in one: what was in it goes. None when
/// the element is in no page.
pub(crate) fn mount_view(
    element: HtmlElement,
    view: Box<dyn FnOnce(Root) -> AnyView>,
) -> Option<Mounted> {
    let scope = Scope::of(&element)?;
    element.set_text_content(None);
    let owner = Rc::new(RefCell::new(Owner::default()));
    let own = owner.clone();
    let handle = mount_to(element.clone(), move || {
        *own.borrow_mut() = Owner::current().unwrap_or_default();
        view(Root::new(scope, element))
    });
    Some(Mounted { handle: Some(handle), owner: owner.take() })
}

/// Starts Seatree in the page's own element with this id, for good.
pub fn start(id: &str, options: Options) {
    if let Some(mounted) = root::of_page(id).and_then(|element| mount(element, options)) {
        mounted.forget();
    }
}
