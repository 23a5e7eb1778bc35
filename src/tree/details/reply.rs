//! What the upstream itself says of a node.

mod shown;

use leptos::prelude::*;
use seatree_core::axl::Source;
use seatree_core::estate::{Kind, NodeRef};
use seatree_core::say;
use seatree_core::words::tr;

use crate::app::context::Context;
use crate::connections::Asked;
use crate::estate::Forest;
use crate::platform::part::{View, part, view_of};
use crate::ui::live::{live_if, press};

/// Which way there is to a node's own reply.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Ask,
    NoId(Kind),
    /// What all users of a cluster together make has no reply of its own.
    Counted(Source),
}

pub(super) fn reply(context: Context, node: NodeRef) -> AnyView {
    let way = Memo::new(move |_| way(context, node));
    // Another node may stand there once its connection was read again: what was shown of it goes.
    let readings = Memo::new(move |_| context.estate.with(Forest::readings));
    live_if(move || {
        readings.get();
        let inner = match way.get()? {
            Way::Ask => ask(),
            Way::NoId(kind) => words(&say!(
                "It came without an id, so that this {kind} cannot be asked for alone.",
                kind = kind.name()
            )),
            Way::Counted(Source::Operation) => words(tr(
                "No request gives one license type. Its figure is counted from the users that \
                 listLicensedUser lists, each with the license it requires.",
            )),
            Way::Counted(Source::Sql) => words(tr(
                "No request gives one license type. Its figure is the cluster's own total, read \
                 from its database by executeSQLQuery.",
            )),
        };
        let part = view! {
            <section class="details-part">
                <h3>{tr("Source reply")}</h3>
                {inner}
            </section>
        };
        Some(part.into_any())
    })
}

fn way(context: Context, node: NodeRef) -> Option<Way> {
    let (kind, can_ask, connection) = context.estate.with(|forest| {
        let tree = forest.estate.tree(node.tree).filter(|tree| tree.contains(node.node))?;
        let can_ask = Asked::of(tree, node.node).is_some();
        Some((tree.kind(node.node), can_ask, forest.connection(node.tree)?.to_owned()))
    })?;
    match kind {
        Kind::Connection => None,
        Kind::LicenseType => context.clusters.with(|clusters| {
            let cluster = clusters.iter().find(|cluster| cluster.connection == connection)?;
            Some(Way::Counted(cluster.source))
        }),
        _ if can_ask => Some(Way::Ask),
        kind => Some(Way::NoId(kind)),
    }
}

fn words(words: &str) -> AnyView {
    view! { <p class="dim">{words.to_owned()}</p> }.into_any()
}

fn ask() -> AnyView {
    let times = RwSignal::new(0_u32);
    let shown = live_if(move || (times.get() > 0).then(|| view_of(code())));
    view! {
        <button
            class="button small"
            on:click=press(move || times.update(|times| *times += 1))
        >
            {tr("Show the reply")}
        </button>
        {shown}
    }
    .into_any()
}

part!(
    reply,
    /// What asks the upstream, and shows what it says.
    fn code() -> View {
        shown::content
    }
);
