//! Changing limits: the draft and what it does, sending it, and what was sent.
//!
//! Core decides (`seatree_core::edit`); this shows it, and carries requests. All of it is fetched
//! when the first limit is changed, or when a draft waits from the last time.

mod about;
mod bulk;
mod change;
mod confirm;
mod fields;
mod form;
mod import;
mod log;
mod meant;
mod moving;
mod page;
mod reclaim;
mod rows;
mod run;
mod sending;
mod store;
mod sums;
mod totals;
mod words;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::UpstreamError;
use seatree_core::estate::{Kind, NodeRef};
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::app::dialog::Dialog;
use crate::platform::part::{View, part, view_of};
use crate::ui::error_notice::error_notice;
use crate::ui::live::live_if;
pub use store::Edits;

/// All that is fetched later.
#[derive(Clone, Copy)]
pub struct Code {
    form: fn(Context, NodeRef, &str) -> AnyView,
    open: fn(Context),
    /// The draft, what it does to the sums above, and the log.
    pub page: View,
    /// The same rule for all that is selected.
    pub bulk: View,
    /// Seats that move from one subscription to another.
    pub moving: View,
    /// Limits from a file.
    pub import: View,
    /// Idle seats, and a draft that takes them back.
    pub reclaim: View,
    /// The question before anything is sent.
    pub confirm: View,
}

part!(
    edit,
    /// All of it at once: a draft leads from one to the other.
    fn code() -> Code {
        Code {
            form: form::form,
            open: |context| {
                context.edits.open();
            },
            page: page::page,
            bulk: bulk::content,
            moving: moving::content,
            import: import::content,
            reclaim: reclaim::content,
            confirm: confirm::content,
        }
    }
);

/// One of its views, once its code is there.
pub fn view(pick: fn(&Code) -> View) -> AnyView {
    view_of(async move { code().await.map(|code| pick(&code)) })
}

/// The field for a new limit, below a license of a subscription.
pub fn new_limit(context: Context, node: NodeRef, meter: &str) -> AnyView {
    if context.is_read_only.get_untracked() || !is_subscription(context, node) {
        return ().into_any();
    }
    let arrived = RwSignal::new(None);
    spawn_local(async move {
        let code = code().await;
        arrived.try_set(Some(code));
    });
    let meter = meter.to_owned();
    let form = live_if(move || match arrived.get().filter(|_| !context.is_read_only.get())? {
        Ok(code) => Some((code.form)(context, node, &meter)),
        Err(missing) => Some(error_notice(tr("New limit"), &UpstreamError::from(missing))),
    });
    view! { <div class="new-limit">{form}</div> }.into_any()
}

/// Puts the focus into the form of the focused subscription; for all below anything else, asks for
/// one rule.
pub fn begin(context: Context) {
    let Some(node) = context.tree.current.get_untracked() else { return };
    if context.is_read_only.get_untracked() {
        return;
    }
    if is_subscription(context, node) {
        context.tree.details.set(true);
        context.edits.wants_form().set(true);
    } else {
        context.dialog.set(Some(Dialog::Limits));
    }
}

fn is_subscription(context: Context, node: NodeRef) -> bool {
    context.estate.with_untracked(|forest| {
        let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node));
        tree.is_some_and(|tree| tree.kind(node.node) == Kind::Subscription)
    })
}

/// Counts what waits from the last time.
pub fn restore(context: Context) {
    if context.storage.read(store::DRAFT).is_none() {
        return;
    }
    spawn_local(async move {
        // Without the code there is no page of changes either, which says why.
        if let Ok(code) = code().await {
            (code.open)(context);
        }
    });
}
