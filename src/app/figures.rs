//! The key figures: each with its unit and what it is a figure of.

use leptos::prelude::*;
use seatree_core::config::Kind as UpstreamKind;
use seatree_core::estate::{Meter, Reading};
use seatree_core::insight::band;

use super::context::{Context, context};
use crate::connections::Entry;
use crate::platform::numbers;
use crate::ui::bar::band_class;

#[component]
pub fn Figures() -> impl IntoView {
    let context = context();
    let of = |kind, meter| Memo::new(move |_| total(context, kind, meter));
    let teams = of(UpstreamKind::Draas, Meter::TEAMS_USERS);
    let sip = of(UpstreamKind::Draas, Meter::SIP_CHANNELS);
    let live = of(UpstreamKind::LivePlatform, Meter::LIVE_USERS);
    let required = of(UpstreamKind::Cucm, Meter::REQUIRED);
    let has = move |kind| context.connections.list().iter().any(|e| e.connection.kind() == kind);
    view! {
        <section class="figures" aria-label="Key figures">
            <Show when=move || has(UpstreamKind::Draas)>
                <Card title="Teams users" total=teams unit="in use" limit="assigned" />
                <Card
                    title="SIP trunk channels"
                    total=sip
                    unit="assigned"
                    note="in use: enforced at call time"
                />
            </Show>
            <Show when=move || has(UpstreamKind::LivePlatform)>
                <Card title="Live Platform users" total=live unit="licensed" limit="acquired" />
            </Show>
            <Show when=move || has(UpstreamKind::Cucm)>
                <Card
                    title="CUCM licenses"
                    total=required
                    unit="required"
                    note="what is owned is not in the cluster"
                />
            </Show>
        </section>
    }
}

#[component]
fn Card(
    title: &'static str,
    total: Memo<Total>,
    /// What the large figure counts.
    unit: &'static str,
    /// The word for the limit, where there is one.
    #[prop(optional)]
    limit: &'static str,
    /// What is said instead of a limit.
    #[prop(optional)]
    note: &'static str,
) -> impl IntoView {
    let context = context();
    let figure = move || {
        let reading = total.get().reading;
        if unit == "assigned" { reading.assigned } else { reading.in_use }
    };
    let of = move || {
        let Reading { assigned, .. } = total.get().reading;
        if limit.is_empty() {
            return note.to_owned();
        }
        let available = total.get().reading.available();
        format!(
            "of {} {limit} · {} available",
            numbers::figure(assigned),
            numbers::figure(available)
        )
    };
    let bar = move || {
        let reading = total.get().reading;
        let share = reading.utilization()?;
        let band = band(&reading, context.thresholds.get());
        let width = format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
        Some(view! {
            <span class="bar" aria-hidden="true">
                <i class=band_class(band) style:inline-size=width></i>
            </span>
        })
    };
    view! {
        <div class="figure-card">
            <h2>{title} <span class="dim">{move || total.get().coverage()}</span></h2>
            <p class="figure">
                <b class="num">{move || numbers::figure(figure())}</b>
                " "
                <span>{unit}</span>
            </p>
            <p class="figure-of">{of}</p>
            {bar}
        </div>
    }
}

/// A sum and how much of what it should cover it does.
#[derive(Clone, Debug, Default, PartialEq)]
struct Total {
    reading: Reading,
    covered: usize,
    of: usize,
    /// What is counted there, in the plural.
    parts: &'static str,
}

impl Total {
    /// Says so when the sum is not of everything.
    fn coverage(&self) -> String {
        if self.covered == self.of {
            return String::new();
        }
        format!("{} of {} {}", self.covered, self.of, self.parts)
    }
}

/// The sum of what stands directly below the connections of a kind: entities with totals of their
/// own, or services and license types. What was not read is left out, and the sum says so.
fn total(context: Context, kind: UpstreamKind, meter: Meter) -> Total {
    let entries = context.connections.list();
    let ids: Vec<&str> =
        entries.iter().filter(|e| e.connection.kind() == kind).map(Entry::id).collect();
    context.estate.with(|forest| {
        let mut total = Total { parts: "connections", of: ids.len(), ..Total::default() };
        let mut sum: Option<Reading> = None;
        for (_, tree) in forest.trees().filter(|(id, _)| ids.contains(id)) {
            let (mut covered, mut parts) = (0, 0);
            for node in tree.children(0) {
                parts += 1;
                let reading = tree.reading(node, meter);
                if reading.assigned.is_known() || reading.in_use.is_known() {
                    covered += 1;
                    sum = Some(sum.map_or(reading, |sum| plus(sum, reading)));
                }
            }
            if kind == UpstreamKind::LivePlatform {
                total.parts = "services";
                total.covered += covered;
                total.of = total.of.saturating_sub(1) + parts;
            } else {
                total.covered += usize::from(parts > 0 && covered == parts);
            }
        }
        total.reading = sum.unwrap_or_default();
        total
    })
}

fn plus(left: Reading, right: Reading) -> Reading {
    Reading {
        assigned: left.assigned.plus(right.assigned),
        in_use: left.in_use.plus(right.in_use),
        users: left.users.plus(right.users),
        resource_accounts: left.resource_accounts.plus(right.resource_accounts),
    }
}
