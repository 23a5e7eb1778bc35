//! The key figures: each with its unit and what it is a figure of.

use leptos::prelude::*;
use seatree_core::axl::Source;
use seatree_core::config::Kind as UpstreamKind;
use seatree_core::estate::{Figure, Meter, Reading};
use seatree_core::insight::band;
use seatree_core::say;
use seatree_core::words::{later, said, tr};

use super::context::{Context, context};
use crate::clusters::Cluster;
use crate::connections::Entry;
use crate::platform::numbers;
use crate::ui::bar;
use crate::ui::live::{live, live_if, maybe, text};

pub fn figures() -> AnyView {
    let context = context();
    let narrow = context.is_narrow;
    let cards = live(move || {
        let has = |kind| context.connections.list().iter().any(|entry| licenses_of(entry) == kind);
        let shown = CARDS.iter().filter(|card| has(card.kind));
        shown.map(|card| figure_card(context, card)).collect::<Vec<_>>().into_any()
    });
    // On a phone the cards scroll sideways, and the keyboard must reach them.
    let reachable = maybe(move || narrow.get().then(|| "0".to_owned()));
    view! {
        <section class="figures" role="region" aria-label=tr("Key figures") tabindex=reachable>
            {cards}
        </section>
    }
    .into_any()
}

fn licenses_of(entry: &Entry) -> UpstreamKind {
    entry.connection.kind().of_licenses()
}

/// One key figure.
struct Card {
    title: &'static str,
    kind: UpstreamKind,
    meter: Meter,
    /// The large figure: what it counts, and which it is.
    unit: &'static str,
    figure: fn(&Reading) -> Figure,
    rest: Rest,
}

/// What stands below the large figure.
enum Rest {
    /// What was assigned, and what is available of it.
    Assigned,
    /// What was acquired, likewise.
    Acquired,
    Note(&'static str),
    /// By whom a cluster's licenses are required.
    Required,
}

const CARDS: [Card; 4] = [
    Card {
        title: later("Teams users"),
        kind: UpstreamKind::Draas,
        meter: Meter::TEAMS_USERS,
        unit: later("in use"),
        figure: |reading| reading.in_use,
        rest: Rest::Assigned,
    },
    Card {
        title: later("SIP trunk channels"),
        kind: UpstreamKind::Draas,
        meter: Meter::SIP_CHANNELS,
        unit: later("assigned"),
        figure: |reading| reading.assigned,
        rest: Rest::Note(later("in use: enforced at call time")),
    },
    Card {
        title: later("Live Platform users"),
        kind: UpstreamKind::LivePlatform,
        meter: Meter::LIVE_USERS,
        unit: later("licensed"),
        figure: |reading| reading.in_use,
        rest: Rest::Acquired,
    },
    Card {
        title: later("CUCM licenses"),
        kind: UpstreamKind::Cucm,
        meter: Meter::REQUIRED,
        unit: later("required"),
        figure: |reading| reading.in_use,
        rest: Rest::Required,
    },
];

fn figure_card(context: Context, card: &'static Card) -> AnyView {
    let total = Memo::new(move |_| total(context, card.kind, card.meter));
    let rest = text(move || match card.rest {
        Rest::Note(note) => said(note).to_owned(),
        Rest::Required => required_by(context).to_owned(),
        Rest::Assigned => {
            let (limit, available) = limit(&total.get().reading);
            say!("of {limit} assigned · {available} available", limit, available)
        }
        Rest::Acquired => {
            let (limit, available) = limit(&total.get().reading);
            say!("of {limit} acquired · {available} available", limit, available)
        }
    });
    let bar = live_if(move || {
        let reading = total.get().reading;
        let share = reading.utilization()?;
        Some(bar::plain(share, band(&reading, context.thresholds.get())))
    });
    view! {
        <div class="figure-card">
            <h2>
                {said(card.title)} <span class="dim">{text(move || total.get().coverage())}</span>
            </h2>
            <p class="figure">
                <b class="num">{text(move || numbers::figure((card.figure)(&total.get().reading)))}</b>
                " "
                <span>{said(card.unit)}</span>
            </p>
            <p class="figure-of">{rest}</p>
            {bar}
        </div>
    }
    .into_any()
}

fn limit(reading: &Reading) -> (String, String) {
    (numbers::figure(reading.assigned), numbers::figure(reading.available()))
}

/// The clusters' lists are of users; only a total from a cluster's database has its devices, too.
fn required_by(context: Context) -> &'static str {
    let is_of_users = |cluster: &Cluster| cluster.source == Source::Operation;
    if context.clusters.with(|clusters| clusters.iter().any(is_of_users)) {
        tr("by users; devices without an owner add to it")
    } else {
        tr("what is owned is not in the cluster")
    }
}

/// A sum and how much of what it should cover it does.
#[derive(Clone, Debug, Default, PartialEq)]
struct Total {
    reading: Reading,
    covered: usize,
    of: usize,
    /// Whether it is of services, or else of connections.
    is_of_services: bool,
}

impl Total {
    /// Says so when the sum is not of everything.
    fn coverage(&self) -> String {
        if self.covered == self.of || self.covered == 0 {
            return String::new();
        }
        let (part, whole) = (numbers::whole(self.covered), numbers::whole(self.of));
        if self.is_of_services {
            say!("{part} of {whole} services", part, whole)
        } else {
            say!("{part} of {whole} connections", part, whole)
        }
    }
}

/// The sum of what stands directly below the connections of a kind: entities with totals of their
/// own, or services and license types. What was not read is left out, and the sum says so.
fn total(context: Context, kind: UpstreamKind, meter: Meter) -> Total {
    let entries = context.connections.list();
    let ids: Vec<&str> =
        entries.iter().filter(|entry| licenses_of(entry) == kind).map(Entry::id).collect();
    context.estate.with(|forest| {
        let mut total = Total { of: ids.len(), ..Total::default() };
        let mut sum: Option<Reading> = None;
        for (_, tree) in forest.trees().filter(|(id, _)| ids.contains(id)) {
            let (mut covered, mut parts) = (0, 0);
            for node in tree.children(0) {
                parts += 1;
                let reading = tree.reading(node, meter);
                if reading.assigned.is_known() || reading.in_use.is_known() {
                    covered += 1;
                    sum = Some(sum.map_or(reading, |sum: Reading| sum.plus(reading)));
                }
            }
            if kind == UpstreamKind::LivePlatform {
                total.is_of_services = true;
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
