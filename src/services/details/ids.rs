//! The rest of what the platform says of a service: when it counted, its users, its ids.

use leptos::prelude::*;
use seatree_core::estate::NodeRef;
use seatree_core::services::Service;
use seatree_core::words::tr;

use super::content::line;
use crate::app::Page;
use crate::app::context::Context;
use crate::services::findings;
use crate::services::row;
use crate::ui::copier::copier;
use crate::ui::live::press;

pub(super) fn ids(context: Context, service: &Service) -> AnyView {
    let customer = &service.customer;
    let monitored = service.license().map(|license| {
        let sent = license.last_update.clone().unwrap_or_else(|| findings::no_time().to_owned());
        view! {
            <div>
                <dt>{tr("Counted")}</dt>
                <dd title=sent>{row::age(license)}</dd>
            </div>
            {line(tr("Users monitored"), license.monitored)}
        }
        .into_any()
    });
    let guid = customer.guid.map(|guid| id(tr("Service id"), guid.to_string()));
    let tenant =
        customer.microsoft_tenant.map(|tenant| id(tr("Microsoft tenant"), tenant.to_string()));
    let node = node(context, service);
    let link = context.place.url().map(|url| copier(tr("Copy the link to this place"), url));
    let to_tree = node.map(|node| {
        let go = move || {
            context.place.visit(Page::Licenses.href());
            request_animation_frame(move || context.go_to_node(node));
        };
        view! {
            <button class="button small" on:click=press(go)>
                {tr("Show in the tree")}
            </button>
        }
        .into_any()
    });
    view! {
        <section class="details-part">
            <h3>{tr("As the platform sent it")}</h3>
            <dl>
                {monitored}
                {line(tr("Licensed users, in the list"), customer.licensed_users)}
                {line(tr("Active users, in the list"), customer.active_users)}
            </dl>
            <p class="dim">
                {tr("Utilization is licensed ÷ acquired. Monitored and active users are no base for it.")}
            </p>
        </section>
        <section class="details-part">
            <h3>{tr("Ids")}</h3>
            <dl>
                {guid}
                {tenant}
                <div class="id">
                    <dt>{tr("Short name")}</dt>
                    <dd>
                        <bdi>{customer.short_name.clone()}</bdi>
                    </dd>
                </div>
            </dl>
            <p class="details-actions">
                {link}
                {to_tree}
            </p>
        </section>
    }
    .into_any()
}

fn id(name: &'static str, value: String) -> AnyView {
    let copied = value.clone();
    view! {
        <div class="id">
            <dt>{name}</dt>
            <dd>
                <code>{value}</code>
                {copier(tr("Copy"), move || copied.clone())}
            </dd>
        </div>
    }
    .into_any()
}

/// The service's node in the tree, which tells also what the platform says word for word.
fn node(context: Context, service: &Service) -> Option<NodeRef> {
    let guid = service.customer.guid?;
    context.estate.with_untracked(|forest| {
        let at = forest.trees().position(|(id, _)| id == service.connection)?;
        let tree = u16::try_from(at).ok()?;
        let nodes = forest.estate.tree(tree)?;
        let node = nodes.children(0).find(|node| nodes.uuid(*node) == Some(guid))?;
        Some(NodeRef { tree, node })
    })
}
