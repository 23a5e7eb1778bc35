//! What a node is known under, ready to be copied, and a link to it.

use leptos::prelude::*;
use seatree_core::estate::NodeRef;
use seatree_core::words::tr;

use super::billing;
use crate::app::context::Context;
use crate::ui::copier::copier;
use crate::ui::live::live;

pub(super) fn ids(context: Context, node: NodeRef) -> AnyView {
    let known = Memo::new(move |_| {
        context.estate.with(|forest| {
            let Some(tree) = forest.estate.tree(node.tree) else { return Vec::new() };
            let id =
                tree.subscription_id(node.node).map(|id| (tr("Subscription id"), id.to_string()));
            let uuid = tree.uuid(node.node).map(|uuid| ("UUID", uuid.to_string()));
            let billing = tree.billing_id(node.node).map(|id| (tr("Billing id"), id.to_owned()));
            let source = forest.connection(node.tree).map(|id| (tr("Connection"), id.to_owned()));
            [id, uuid, billing, source].into_iter().flatten().collect()
        })
    });
    let lines = live(move || {
        known
            .get()
            .into_iter()
            .map(|(name, value)| line(name, value))
            .collect::<Vec<_>>()
            .into_any()
    });
    let link = context.place.url().map(|url| copier(tr("Copy the link to this place"), url));
    view! {
        <section class="details-part">
            <h3>{tr("Ids")}</h3>
            <dl>{lines} {billing::billing(context, node)}</dl>
            {link}
        </section>
    }
    .into_any()
}

fn line(name: &'static str, value: String) -> AnyView {
    let copied = value.clone();
    let class = if name == tr("Billing id") { "id billing" } else { "id" };
    view! {
        <div class=class>
            <dt>{name}</dt>
            <dd>
                <code>{value}</code>
                {copier(tr("Copy"), move || copied.clone())}
            </dd>
        </div>
    }
    .into_any()
}
