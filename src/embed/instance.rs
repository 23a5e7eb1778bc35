//! One element: mounted into a shadow root, told what to do, and taken away again.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Function;
use leptos::prelude::*;
use seatree_core::estate::NodeRef;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::connect::Link;
use super::node::{self, NodeName};
use super::told::{self, Tell};
use super::wanted::{Element, Wanted};
use super::{export, summary, tree, users};
use crate::app::language::{self, Spoken};
use crate::app::{Context, Home, Mounted, mount_view};
use crate::platform::place::Place;
use crate::platform::root::Root;
use crate::platform::storage::Storage;
use crate::platform::theme;
use crate::ui::live::live_if;

/// Mounts an element; see [`mounter`].
type Mount = dyn Fn(JsValue, String, JsValue, Function) -> JsValue;
/// Takes the name of a command and what goes with it.
type Command = dyn Fn(String, JsValue) -> JsValue;

/// Gives the function that mounts an element: `(place, kind, attributes, tell) => command`. There is
/// none for a place that is in no page.
pub(super) fn mounter() -> JsValue {
    let mount = |place: JsValue, kind: String, attributes: JsValue, tell: Function| {
        let (Ok(place), Some(element)) = (place.dyn_into(), Element::named(&kind)) else {
            return JsValue::UNDEFINED;
        };
        mount(place, element, &Wanted::read(&attributes), tell)
    };
    Closure::<Mount>::new(mount).into_js_value()
}

fn mount(place: HtmlElement, element: Element, wanted: &Wanted, tell: Function) -> JsValue {
    let made = Rc::new(RefCell::new(None));
    let (making, first) = (made.clone(), wanted.clone());
    let view = Box::new(move |root| {
        let (instance, view) = Instance::new(root, element, tell, &first);
        *making.borrow_mut() = Some(instance);
        view
    });
    let Some(mounted) = mount_view(place, view) else { return JsValue::UNDEFINED };
    let running = made.take().map(|instance| (instance, mounted));
    let running = RefCell::new(running);
    let command = move |name: String, argument: JsValue| {
        if name == "end" {
            // What is taken away may tell of it: that is asked no more.
            let ended: Option<(Instance, Mounted)> = running.take();
            drop(ended);
            return JsValue::UNDEFINED;
        }
        let instance = running.borrow().as_ref().map(|(instance, _)| *instance);
        instance.map_or(JsValue::UNDEFINED, |instance| instance.does(&name, &argument))
    };
    Closure::<Command>::new(command).into_js_value()
}

/// What commands reach. Copying it shares it.
#[derive(Clone, Copy)]
struct Instance {
    context: Context,
    element: Element,
    link: Link,
    /// As the attributes were last.
    wanted: StoredValue<Wanted>,
    /// A node that is to be shown once it is there.
    node: RwSignal<Option<NodeName>>,
}

impl Instance {
    fn new(root: Root, element: Element, tell: Function, wanted: &Wanted) -> (Self, AnyView) {
        let place = Place::Own(RwSignal::new(String::new()));
        let spoken = Spoken::new(wanted.lang.clone(), wanted.folder.clone());
        let context = Context::new(Home { root, place, storage: Storage::Nowhere }, spoken);
        provide_context(context);
        on_cleanup(move || context.connections.stop_all());
        context.set_up.set(true);
        let tell = Tell::new(tell);
        let link = Link::new(context, element, tell);
        let node = RwSignal::new(None);
        let instance =
            Self { context, element, link, wanted: StoredValue::new(wanted.clone()), node };
        instance.show(wanted);
        language::again(context);
        instance.connect_once_spoken();
        follow_node(context, node);
        told::follow(context, tell);
        // In another language everything is drawn anew; what was read stays.
        let view = live_if(move || {
            spoken.now.get()?;
            Some(match element {
                Element::Tree => tree::tree(context, link),
                Element::Summary => summary::summary(context, link, tell),
                Element::Users => users::users(context, link),
            })
        });
        (instance, view)
    }

    /// What stands above all that is read is named in the language of the element.
    fn connect_once_spoken(self) {
        let connect = move || self.wanted.with_value(|wanted| self.link.connect(&wanted.source));
        let spoken = self.context.spoken.now;
        if spoken.get_untracked().is_some() {
            return connect();
        }
        Effect::new(move |is_connected: Option<bool>| {
            let is_spoken = spoken.get().is_some();
            if is_spoken && is_connected != Some(true) {
                connect();
            }
            is_spoken
        });
    }

    fn does(self, command: &str, argument: &JsValue) -> JsValue {
        match command {
            "set" => self.set(&Wanted::read(argument)),
            "token" => self.link.give(argument.as_string().unwrap_or_default()),
            "refresh" => self.link.refresh(),
            "reveal" => return self.reveal(argument).into(),
            "export" => return export::export(self.context, argument),
            // A script of another release may know more.
            _ => {}
        }
        JsValue::UNDEFINED
    }

    /// Shows what the attributes say by now.
    fn set(self, wanted: &Wanted) {
        let Some(before) = self.wanted.try_get_value() else { return };
        self.wanted.set_value(wanted.clone());
        if before == *wanted {
            return;
        }
        if before.lang != wanted.lang {
            self.context.spoken.ask(wanted.lang.clone());
            language::again(self.context);
        }
        self.show(&Wanted {
            // What a person changed meanwhile stays, unless its attribute changed, too.
            columns: wanted.columns.clone().filter(|_| before.columns != wanted.columns),
            node: wanted.node.clone().filter(|_| before.node != wanted.node),
            filter: if before.filter == wanted.filter {
                self.context.tree.filter.get_untracked()
            } else {
                wanted.filter.clone()
            },
            ..wanted.clone()
        });
        if before.source != wanted.source && self.context.spoken.now.get_untracked().is_some() {
            self.link.connect(&wanted.source);
        }
    }

    fn show(self, wanted: &Wanted) {
        let context = self.context;
        theme::show(context.root, wanted.theme);
        theme::show_density(context.root, wanted.density);
        context.theme.set(wanted.theme);
        context.density.set(wanted.density);
        // Of clusters visitors may only read.
        context.is_read_only.set(wanted.is_read_only || self.element == Element::Users);
        if wanted.columns.is_some() {
            context.tree.layout.set(wanted.columns.clone());
        }
        if context.tree.filter.get_untracked() != wanted.filter {
            context.change_filter(|filter| *filter = wanted.filter.clone());
        }
        if wanted.node.is_some() {
            self.node.set(wanted.node.clone());
        }
    }

    /// Shows a node now or, while it is being read, once it is there; false for what is no name.
    fn reveal(self, name: &JsValue) -> bool {
        let node = name.as_string().and_then(|name| NodeName::parse(&name));
        let is_name = node.is_some();
        self.node.set(node);
        is_name
    }
}

/// Shows a node as soon as it was read. It takes no focus: whoever works on the host page stays there.
fn follow_node(context: Context, wanted: RwSignal<Option<NodeName>>) {
    Effect::new(move |_| {
        let Some(name) = wanted.get() else { return };
        let found = context.estate.with(|forest| name.find(forest.estate.tree(0)?));
        if let Some(node) = found {
            wanted.set(None);
            let node: NodeRef = node::at(node);
            context.show_node(node);
        }
    });
}
