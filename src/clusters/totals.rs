//! What a cluster requires, and what is known of the cluster itself.

use leptos::prelude::*;
use seatree_core::axl::legacy::{LicenseUnitReport, Units};
use seatree_core::axl::{LicenseType, Source};
use seatree_core::estate::Figure;

use super::abilities::abilities;
use super::page::with_cluster;
use super::store::Cluster;
use crate::app::Context;
use crate::connections::State;
use crate::platform::numbers::{self, whole};
use crate::ui::live::{live_if, text};

pub(super) fn totals(context: Context, chosen: RwSignal<usize>) -> AnyView {
    let table = live_if(move || {
        with_cluster(context, chosen, |cluster| match &cluster.units {
            Some(units) => units_table(units),
            None => required_table(cluster),
        })
    });
    view! {
        <div class="totals">
            {table}
            <div class="totals-words">
                <p>{text(move || summary(context, chosen).unwrap_or_default())}</p>
                <p class="dim">{text(move || release(context, chosen).unwrap_or_default())}</p>
                <p class="dim">{text(move || origin(context, chosen).unwrap_or_default())}</p>
                <p class="warning" role="status">
                    {text(move || progress(context, chosen).unwrap_or_default())}
                </p>
                {abilities(context, chosen)}
            </div>
        </div>
    }
    .into_any()
}

/// A table of figures, each row with its name.
fn table(
    label: &'static str,
    head: &[&'static str],
    rows: impl Iterator<Item = (String, Vec<Figure>)>,
) -> AnyView {
    let cell = |figure: Figure| {
        view! { <span role="cell" class="num">{numbers::figure(figure)}</span> }.into_any()
    };
    let row = |(name, figures): (String, Vec<Figure>)| {
        let cells: Vec<AnyView> = figures.into_iter().map(cell).collect();
        view! {
            <div role="row">
                <span role="rowheader">{name}</span>
                {cells}
            </div>
        }
        .into_any()
    };
    let heads: Vec<AnyView> = head
        .iter()
        .enumerate()
        .map(|(at, &name)| {
            let class = if at == 0 { "" } else { "num" };
            view! { <span role="columnheader" class=class>{name}</span> }.into_any()
        })
        .collect();
    let rows: Vec<AnyView> = rows.map(row).collect();
    view! {
        <div role="table" aria-label=label class="totals-table">
            <div role="rowgroup">
                <div role="row" class="dim">
                    {heads}
                </div>
            </div>
            <div role="rowgroup">{rows}</div>
        </div>
    }
    .into_any()
}

/// What the users require, per license type.
fn required_table(cluster: &Cluster) -> AnyView {
    let named = |of: &LicenseType| of.name().to_owned();
    let label = "Licenses required per type";
    match cluster.source {
        Source::Operation => {
            let required = cluster.users.required();
            let rows = required.iter().map(|(of, figure)| (named(of), vec![*figure]));
            table(label, &["License type", "Required"], rows)
        }
        Source::Sql => {
            let rows = cluster.totals.iter().map(|row| {
                let of = row.license_type.as_ref().unwrap_or(&LicenseType::Unnamed);
                (named(of), vec![row.total, row.users, row.devices])
            });
            table(label, &["License type", "Required", "By users", "By devices"], rows)
        }
    }
}

/// What is owned and used, in the units of the oldest releases.
fn units_table(report: &LicenseUnitReport) -> AnyView {
    let row = |name: &str, units: &Units| {
        let figures = vec![units.authorized, units.used, units.remaining, units.pending];
        (name.to_owned(), figures)
    };
    let rows = [row("Phones", &report.phones), row("Servers", &report.nodes)];
    let head = ["Device license units", "Authorized", "Used", "Remaining", "Pending"];
    table("Device license units", &head, rows.into_iter())
}

fn summary(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    with_cluster(context, chosen, |cluster| {
        if cluster.units.is_some() {
            return "This release counts units of devices, not users.".to_owned();
        }
        let users = &cluster.users;
        let listed = whole(users.len());
        if cluster.source == Source::Sql && users.is_empty() && !cluster.is_whole {
            return "No users were read from the database.".to_owned();
        }
        if cluster.source == Source::Sql {
            return format!(
                "{listed} users listed. This release does not tell which license each requires."
            );
        }
        let rest = match users.len() - users.required_known_for() {
            0 => String::new(),
            unknown => format!("; for {} the cluster sent no count", whole(unknown)),
        };
        format!("{listed} users listed, {} need no license{rest}.", whole(users.without_license()))
    })
}

fn release(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    with_cluster(context, chosen, |cluster| {
        format!("Unified CM {}, AXL {}", cluster.spoken.release, cluster.spoken.schema)
    })
}

/// Where the figures come from and what they do not say.
fn origin(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    with_cluster(context, chosen, |cluster| {
        let words = match (cluster.source, &cluster.units) {
            (_, Some(_)) => "Owned and used, as the cluster's own license report has it.",
            (Source::Operation, None) => {
                "Required by the users' devices and features. What is owned is in Cisco's license \
                 manager, not in the cluster."
            }
            (Source::Sql, None) => {
                "Read from the cluster's database by SQL, since this release has no operation for \
                 it; Cisco may change its tables with any release. What is owned is in Cisco's \
                 license manager, not in the cluster."
            }
        };
        words.to_owned()
    })
}

/// Why the totals are not yet, or not at all, of all users.
fn progress(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    let of = |cluster: &Cluster| (cluster.connection.clone(), cluster.is_whole);
    let (id, is_whole) = with_cluster(context, chosen, of)?;
    match context.connections.find(&id)?.state.get() {
        State::Loading(_) => Some("Still reading: totals grow as users come in.".to_owned()),
        State::Failed(error) if is_whole => Some(format!("As read before. {error}")),
        State::Failed(error) => Some(format!("Incomplete. {error}")),
        State::SignedOut | State::CodeWanted { .. } | State::Ready { .. } => None,
    }
}
