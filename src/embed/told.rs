//! What a host page is told: the events of an element.

use js_sys::Function;
use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::estate::{NodeRef, Tree};
use seatree_core::insight::Mark;
use wasm_bindgen::JsValue;

use super::node;
use crate::app::Context;
use crate::connections::{Entry, State};
use crate::platform::value::{number, object};

/// Tells the script of an element, which makes an event of it. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct Tell(StoredValue<Function, LocalStorage>);

impl Tell {
    pub(super) fn new(tell: Function) -> Self {
        Self(StoredValue::new_local(tell))
    }

    /// `event` is the end of the event's name.
    pub(super) fn tell(self, event: &str, detail: &JsValue) {
        self.0.try_with_value(|tell| {
            // What a host page makes of an event is not this page's to mend.
            let _ = tell.call2(&JsValue::NULL, &JsValue::from_str(event), detail);
        });
    }

    pub(super) fn error(self, error: &UpstreamError) {
        let detail = object([
            ("message", error.what().into()),
            ("nextStep", error.next_step().into()),
            ("technical", error.details().into()),
        ]);
        self.tell("error", &detail);
    }
}

/// Follows what is shown for as long as the element is.
pub(super) fn follow(context: Context, tell: Tell) {
    selection(context, tell);
    findings(context, tell);
}

/// The row that a person looks at.
fn selection(context: Context, tell: Tell) {
    let current = context.tree.current;
    Effect::new(move |before: Option<Option<NodeRef>>| {
        let now = current.get();
        if before.is_some_and(|before| before != now)
            && let Some(detail) = now.and_then(|now| of_node(context, now))
        {
            tell.tell("select", &detail);
        }
        now
    });
}

/// What is known of a node.
pub(super) fn of_node(context: Context, at: NodeRef) -> Option<JsValue> {
    context.estate.with_untracked(|forest| {
        let tree = forest.estate.tree(at.tree).filter(|tree| tree.contains(at.node))?;
        let marks = forest.marks(at).into_iter().map(|mark| JsValue::from_str(mark.key()));
        Some(object([
            ("id", node::name(tree, at.node)?.into()),
            ("kind", tree.kind(at.node).word().into()),
            ("name", tree.name(at.node).into()),
            ("licenses", licenses(tree, at.node)),
            ("findings", marks.collect::<js_sys::Array>().into()),
        ]))
    })
}

/// The figures of a node by the upstream's keys; one that was not sent is null, never 0.
fn licenses(tree: &Tree, node: u32) -> JsValue {
    let licenses = js_sys::Object::new();
    for (meter, key) in tree.meters().filter(|(meter, _)| tree.has_figures(node, *meter)) {
        let reading = tree.reading(node, meter);
        let figure =
            |figure: seatree_core::estate::Figure| figure.get().map_or(JsValue::NULL, number);
        let figures = object([
            ("assigned", figure(reading.assigned)),
            ("inUse", figure(reading.in_use)),
            ("available", figure(reading.available())),
        ]);
        // An object of our own takes it.
        let _ = js_sys::Reflect::set(&licenses, &key.into(), &figures);
    }
    licenses.into()
}

/// How many nodes there are to look at, of each sort, once all was read and looked at.
fn findings(context: Context, tell: Tell) {
    let counts = Memo::new(move |_| {
        let entry = context.connections.list().into_iter().next()?;
        let is_read = matches!(entry.state.get(), State::Ready { .. });
        let counts = context.estate.with(|forest| Mark::ALL.map(|mark| forest.count(mark)));
        is_read.then_some(counts)
    });
    Effect::new(move |before: Option<Option<_>>| {
        let now = counts.get();
        if let Some(counts) = now
            && before.flatten() != now
        {
            let detail = js_sys::Object::new();
            for (mark, count) in Mark::ALL.into_iter().zip(counts) {
                let count = number(i64::try_from(count).unwrap_or(i64::MAX));
                // An object of our own takes it.
                let _ = js_sys::Reflect::set(&detail, &mark.key().into(), &count);
            }
            tell.tell("finding", &detail);
        }
        now
    });
}

/// That all was read; with how many nodes, and how many of its parts could not be.
pub(super) fn ready(context: Context, entry: &Entry, tell: Tell) {
    let State::Ready { failed, .. } = entry.state.get_untracked() else { return };
    let nodes = context.estate.look(entry.id(), |tree| tree.len().saturating_sub(1)).unwrap_or(0);
    let count = |count: usize| number(i64::try_from(count).unwrap_or(i64::MAX));
    tell.tell("ready", &object([("nodes", count(nodes)), ("failed", count(failed))]));
}
