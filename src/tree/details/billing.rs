//! What a node is billed under, read when somebody wants to know: no license reply has it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::UpstreamError;
use seatree_core::config::Kind as UpstreamKind;
use seatree_core::estate::{Kind, NodeRef, Tree};
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::connections::{Listed, read_billing_ids};
use crate::estate::Forest;
use crate::platform::stop::Stop;
use crate::ui::error_notice::error_notice;
use crate::ui::live::{live_if, press, text};

/// How far asking is.
#[derive(Clone)]
enum State {
    NotAsked,
    Asking,
    Told(Listed),
    Failed(UpstreamError),
}

/// A line among the ids, while the node has no billing id.
pub(super) fn billing(context: Context, node: NodeRef) -> AnyView {
    let wants = Memo::new(move |_| {
        context.estate.with(|forest| {
            let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node));
            let id = forest.connection(node.tree);
            tree.is_some_and(|tree| wants_one(tree, node.node))
                && id.is_some_and(|id| has_lists(context, id))
        })
    });
    // Another node may stand there once its connection was read again.
    let readings = Memo::new(move |_| context.estate.with(Forest::readings));
    live_if(move || {
        readings.get();
        wants.get().then(|| line(context, node))
    })
}

/// An edge's API has no lists.
fn has_lists(context: Context, connection: &str) -> bool {
    let entry = context.connections.find(connection);
    entry.is_some_and(|entry| entry.connection.kind() != UpstreamKind::Edge)
}

/// Whether lists can tell what a node is billed under, and have not yet.
fn wants_one(tree: &Tree, node: u32) -> bool {
    let has_id = tree.uuid(node).is_some() || tree.subscription_id(node).is_some();
    let is_billed =
        !matches!(tree.kind(node), Kind::Connection | Kind::Service | Kind::LicenseType);
    has_id && is_billed && tree.billing_id(node).is_none()
}

fn line(context: Context, node: NodeRef) -> AnyView {
    let state = RwSignal::new(State::NotAsked);
    let stop = StoredValue::new_local(Stop::new());
    // Who looks at another node does not wait for this one.
    on_cleanup(move || {
        stop.try_with_value(Stop::stop);
    });
    let ask = move || {
        let Some(stop) = stop.try_get_value() else { return };
        if matches!(state.get_untracked(), State::Asking) {
            return;
        }
        state.set(State::Asking);
        spawn_local(async move {
            let told = read_billing_ids(context, node, stop).await;
            state.try_set(told.map_or_else(State::Failed, State::Told));
            // The button went with what it was for.
            request_animation_frame(move || {
                if context.root.is_focus_lost() {
                    context.root.focus("#details .billing button");
                }
            });
        });
    };
    let words = text(move || {
        let words = match state.get() {
            State::NotAsked | State::Failed(_) => "",
            State::Asking => tr("reading…"),
            State::Told(Listed::Yes) => tr("none"),
            State::Told(Listed::No) => tr("not on the upstream's list"),
        };
        words.to_owned()
    });
    let error = live_if(move || match state.get() {
        State::Failed(error) => Some(error_notice(tr("Billing ids"), &error)),
        _ => None,
    });
    view! {
        <div class="id">
            <dt>{tr("Billing id")}</dt>
            <dd>
                <span class="dim" role="status">
                    {words}
                </span>
                <button class="button small" on:click=press(ask)>
                    {tr("Read billing ids")}
                </button>
                {error}
            </dd>
        </div>
    }
    .into_any()
}
