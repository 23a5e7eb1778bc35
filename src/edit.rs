//! Changing limits: the draft and what it does, sending it, and what was sent.
//!
//! Core decides (`seatree_core::edit`); this shows it, and carries requests. All of it is fetched
//! when the first limit is changed, or when a draft waits from the last time.

mod about;
mod bulk;
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
mod store;
mod sums;
mod totals;
mod words;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::UpstreamError;
use seatree_core::estate::{Kind, NodeRef};

use crate::app::context::Context;
use crate::app::dialog::Dialog;
use crate::platform::part::{View, part};
use crate::platform::storage;
use crate::ui::error_notice::error_notice;
use crate::ui::live::live_if;
pub use store::Edits;

part!(
    edit,
    /// The draft, what it does to the sums above, and the log.
    pub fn page() -> View {
        page::page
    }
);

part!(
    edit,
    /// The same rule for all that is selected.
    pub fn bulk() -> View {
        bulk::content
    }
);

part!(
    edit,
    /// Seats that move from one subscription to another.
    pub fn moving() -> View {
        moving::content
    }
);

part!(
    edit,
    /// Limits from a file.
    pub fn import() -> View {
        import::content
    }
);

part!(
    edit,
    /// Idle seats, and a draft that takes them back.
    pub fn reclaim() -> View {
        reclaim::content
    }
);

part!(
    edit,
    /// The question before anything is sent.
    pub fn confirm() -> View {
        confirm::content
    }
);

/// What needs code that is fetched later.
#[derive(Clone, Copy)]
struct Code {
    form: fn(Context, NodeRef, &str) -> AnyView,
    open: fn(Context),
}

part!(
    edit,
    /// The form in the details, and what reads the draft of the last time.
    fn code() -> Code {
        Code { form: form::form, open: |context| context.edits.open() }
    }
);

/// The field for a new limit, below a license of a subscription.
pub fn new_limit(context: Context, node: NodeRef, meter: &str) -> AnyView {
    if !is_subscription(context, node) {
        return ().into_any();
    }
    let arrived = RwSignal::new(None);
    spawn_local(async move {
        let code = code().await;
        arrived.try_set(Some(code));
    });
    let meter = meter.to_owned();
    let form = live_if(move || match arrived.get()? {
        Ok(code) => Some((code.form)(context, node, &meter)),
        Err(missing) => Some(error_notice("New limit", &UpstreamError::from(missing))),
    });
    view! { <div class="new-limit">{form}</div> }.into_any()
}

/// Puts the focus into the form of the focused subscription; for all below anything else, asks for
/// one rule.
pub fn begin(context: Context) {
    let Some(node) = context.tree.current.get_untracked() else { return };
    if is_subscription(context, node) {
        context.tree.details.set(true);
        context.edits.wants_form.set(true);
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
    if storage::read(store::DRAFT).is_none() {
        return;
    }
    spawn_local(async move {
        // Without the code there is no page of changes either, which says why.
        if let Ok(code) = code().await {
            (code.open)(context);
        }
    });
}
