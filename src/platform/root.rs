//! Where one instance of the page lives: in the document itself, or in a shadow root on somebody
//! else's page. What it looks for, focuses and listens to is there and nowhere else.

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, EventTarget, HtmlElement, KeyboardEvent, Node, ShadowRoot};

use super::screen;

/// The place of an instance. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Root(StoredValue<Home, LocalStorage>);

struct Home {
    scope: Scope,
    /// What the instance is drawn into.
    element: HtmlElement,
}

/// What an element is in.
#[derive(Clone)]
pub enum Scope {
    Document(Document),
    Shadow(ShadowRoot),
}

impl Scope {
    /// None for an element that is in no page.
    pub fn of(node: &Node) -> Option<Self> {
        match node.get_root_node().dyn_into::<ShadowRoot>() {
            Ok(shadow) => Some(Self::Shadow(shadow)),
            Err(root) => root.dyn_into().ok().map(Self::Document),
        }
    }

    fn find(&self, selector: &str) -> Option<HtmlElement> {
        let found = match self {
            Self::Document(document) => document.query_selector(selector),
            Self::Shadow(shadow) => shadow.query_selector(selector),
        };
        found.ok().flatten()?.dyn_into().ok()
    }

    fn find_id(&self, id: &str) -> Option<HtmlElement> {
        let found = match self {
            Self::Document(document) => document.get_element_by_id(id),
            Self::Shadow(shadow) => shadow.get_element_by_id(id),
        };
        found?.dyn_into().ok()
    }

    /// What has the focus in it; none when nothing has, or something outside.
    fn active(&self) -> Option<Element> {
        match self {
            Self::Document(document) => {
                let body = document.body().map(Element::from);
                document.active_element().filter(|active| Some(active) != body.as_ref())
            }
            Self::Shadow(shadow) => shadow.active_element(),
        }
    }
}

impl Root {
    /// The root of an instance that is drawn into `element`, for as long as the current owner lives.
    pub fn new(scope: Scope, element: HtmlElement) -> Self {
        Self(StoredValue::new_local(Home { scope, element }))
    }

    /// None once the instance is gone.
    fn scope(self) -> Option<Scope> {
        self.0.try_with_value(|home| home.scope.clone())
    }

    /// Whether the instance has no more room than on a phone, followed as that changes.
    pub fn is_narrow(self) -> ReadSignal<bool> {
        self.0.with_value(|home| screen::is_narrow(&home.element))
    }

    /// Focuses the first element that a CSS selector finds.
    pub fn focus(self, selector: &str) {
        give(self.scope().and_then(|scope| scope.find(selector)));
    }

    /// Focuses the element with this id, if it is there.
    pub fn focus_id(self, id: &str) {
        give(self.scope().and_then(|scope| scope.find_id(id)));
    }

    /// Whether nothing here has the focus, as after what had it went away.
    pub fn is_focus_lost(self) -> bool {
        self.scope().is_none_or(|scope| scope.active().is_none())
    }

    /// Scrolls the element with this id into sight, no further than it takes.
    pub fn into_sight(self, id: &str) {
        if let Some(element) = self.scope().and_then(|scope| scope.find_id(id)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    /// Tells the element that style sheets take for the root: the document's own, or in a shadow root
    /// the frame around the instance, which no style of another page reaches.
    pub fn tell(self, attribute: &str, value: &str) {
        let element = self.0.try_with_value(|home| match &home.scope {
            Scope::Document(document) => document.document_element(),
            Scope::Shadow(_) => home.element.parent_element(),
        });
        if let Some(element) = element.flatten() {
            // The names are valid, which is all that could go wrong.
            let _ = element.set_attribute(attribute, value);
        }
    }

    /// Tells browsers and assistive technology what language the instance is in. All languages are
    /// written from left to right, whatever the page around.
    pub fn speaks(self, tag: &str) {
        self.tell("lang", tag);
        self.tell("dir", "ltr");
    }

    /// The language of the page that the shadow root is on, as a tag; none for a page of its own.
    pub fn host_language(self) -> Option<String> {
        let Some(Scope::Shadow(shadow)) = self.scope() else { return None };
        let around = shadow.host().closest("[lang]").ok().flatten()?;
        around.get_attribute("lang")
    }

    /// Calls back for keys pressed anywhere on the page, or anywhere in the shadow root: another
    /// page's keys are its own. For as long as the current owner lives.
    pub fn on_key(self, pressed: impl Fn(KeyboardEvent) + 'static) {
        const EVENT: &str = "keydown";
        let target: EventTarget = match self.scope() {
            Some(Scope::Document(_)) => super::window().into(),
            Some(Scope::Shadow(shadow)) => shadow.into(),
            None => return,
        };
        let told = Closure::<dyn Fn(KeyboardEvent)>::new(pressed);
        let _ = target.add_event_listener_with_callback(EVENT, told.as_ref().unchecked_ref());
        let kept = StoredValue::new_local((target, told));
        on_cleanup(move || {
            kept.with_value(|(target, told)| {
                let told: &JsValue = told.as_ref();
                let _ = target.remove_event_listener_with_callback(EVENT, told.unchecked_ref());
            });
        });
    }
}

/// The page's own element with this id.
pub fn of_page(id: &str) -> Option<HtmlElement> {
    Scope::Document(super::window().document()?).find_id(id)
}

/// What has the focus in the page or shadow root that an element is in; none when nothing has.
pub fn active_beside(element: &HtmlElement) -> Option<Element> {
    Scope::of(element)?.active()
}

fn give(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}
