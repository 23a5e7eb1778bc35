//! The clusters: what each requires, and its users.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::axl::{LicenseType, UserRow};
use seatree_core::config::Kind;
use seatree_core::estate::Figure;

use super::store::Cluster;
use crate::app::context::{Context, context};
use crate::connections::{Entry, State};
use crate::platform::numbers::{self, whole};
use crate::platform::screen;
use crate::ui::live::{flag, live, live_if, press, text};
use crate::ui::virtual_grid::{RowState, VirtualGrid};

/// User id, name, license type, used, devices, SNR, extension mobility.
const COLUMNS: usize = 7;

pub fn page() -> AnyView {
    let context = context();
    let chosen = RwSignal::new(0_usize);
    let is_empty = Memo::new(move |_| context.clusters.with(<[Cluster]>::is_empty));
    let clusters = move || {
        view! { {chooser(context, chosen)} {totals(context, chosen)} {users(context, chosen)} }
            .into_any()
    };
    view! {
        <section class="page clusters-page" aria-label="CUCM clusters">
            {live(move || if is_empty.get() { nothing(context) } else { clusters() })}
        </section>
    }
    .into_any()
}

/// Which cluster, where there are several.
fn chooser(context: Context, chosen: RwSignal<usize>) -> AnyView {
    let names = Memo::new(move |_| {
        let name = |cluster: &Cluster| {
            let entry = context.connections.find(&cluster.connection);
            entry.map_or_else(|| cluster.connection.clone(), |e| e.connection.name.clone())
        };
        context.clusters.with(|clusters| clusters.iter().map(name).collect::<Vec<_>>())
    });
    let chip = move |(at, name): (usize, String)| {
        let pressed = text(move || (chosen.get() == at).to_string());
        view! {
            <button class="chip" aria-pressed=pressed on:click=press(move || chosen.set(at))>
                {name}
            </button>
        }
        .into_any()
    };
    live_if(move || {
        let names = names.get();
        if names.len() < 2 {
            return None;
        }
        let chips: Vec<AnyView> = names.into_iter().enumerate().map(chip).collect();
        let group = view! {
            <div class="ways" role="group" aria-label="Cluster">
                {chips}
            </div>
        };
        Some(group.into_any())
    })
}

fn with_cluster<T>(
    context: Context,
    chosen: RwSignal<usize>,
    look: impl FnOnce(&Cluster) -> T,
) -> Option<T> {
    context
        .clusters
        .with(|clusters| clusters.get(chosen.get().min(clusters.len().saturating_sub(1))).map(look))
}

/// What the cluster's users require, per license type.
fn totals(context: Context, chosen: RwSignal<usize>) -> AnyView {
    let row = |(license, required): (LicenseType, Figure)| {
        view! {
            <div role="row">
                <span role="rowheader">{license.name().to_owned()}</span>
                <span role="cell" class="num">
                    {numbers::figure(required)}
                </span>
            </div>
        }
        .into_any()
    };
    let rows = live_if(move || {
        let required = with_cluster(context, chosen, |cluster| cluster.users.required())?;
        Some(required.into_iter().map(row).collect::<Vec<_>>().into_any())
    });
    view! {
        <div class="totals">
            <div role="table" aria-label="Licenses required per type" class="totals-table">
                <div role="rowgroup">
                    <div role="row" class="dim">
                        <span role="columnheader">"License type"</span>
                        <span role="columnheader" class="num">"Required"</span>
                    </div>
                </div>
                <div role="rowgroup">{rows}</div>
            </div>
            <div class="totals-words">
                <p>{text(move || summary(context, chosen).unwrap_or_default())}</p>
                <p class="dim">{text(move || release(context, chosen).unwrap_or_default())}</p>
                <p class="dim">
                    "Required by the users' devices and features. What is owned is in Cisco's license manager, not in the cluster."
                </p>
                <p class="warning" role="status">
                    {text(move || progress(context, chosen).unwrap_or_default())}
                </p>
            </div>
        </div>
    }
    .into_any()
}

fn summary(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    with_cluster(context, chosen, |cluster| {
        let users = &cluster.users;
        let (listed, without) = (users.len(), users.without_license());
        let rest = match listed - users.required_known_for() {
            0 => String::new(),
            unknown => format!("; for {} the cluster sent no count", whole(unknown)),
        };
        format!("{} users listed, {} need no license{rest}.", whole(listed), whole(without))
    })
}

fn release(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    with_cluster(context, chosen, |cluster| {
        format!("Unified CM {}, AXL {}", cluster.release, cluster.schema)
    })
}

/// Why the totals are not yet, or not at all, of all users.
fn progress(context: Context, chosen: RwSignal<usize>) -> Option<String> {
    let id = with_cluster(context, chosen, |cluster| cluster.connection.clone())?;
    match context.connections.find(&id)?.state.get() {
        State::Loading(_) => Some("Still reading: totals grow as users come in.".to_owned()),
        State::Failed(error) => Some(format!("Incomplete. {error}")),
        State::SignedOut | State::CodeWanted { .. } | State::Ready { .. } => None,
    }
}

fn users(context: Context, chosen: RwSignal<usize>) -> AnyView {
    let grid = VirtualGrid {
        label: "Licensed users",
        role: "grid",
        class: "users",
        columns: COLUMNS,
        count: Signal::derive(move || {
            with_cluster(context, chosen, |cluster| cluster.users.len()).unwrap_or(0)
        }),
        busy: flag(move || {
            let reading = |e: &Entry| {
                e.connection.kind() == Kind::Cucm && matches!(e.state.get(), State::Loading(_))
            };
            context.connections.list().iter().any(reading)
        }),
        row_height: screen::row_height(),
        head: head(),
        row: Arc::new(move |index| live_if(move || row(context, chosen, index))),
        state: Arc::new(|_| RowState::default()),
        on_key: Box::new(|_, _| None),
    };
    grid.view()
}

fn row(context: Context, chosen: RwSignal<usize>, index: usize) -> Option<AnyView> {
    let user = with_cluster(context, chosen, |cluster| {
        (index < cluster.users.len()).then(|| Shown::of(&cluster.users.user(index)))
    });
    user.flatten().map(|user| cells(&user))
}

/// A user's row as text.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    user_id: String,
    name: String,
    license: Option<String>,
    used: String,
    devices: String,
    snr: &'static str,
    mobility: &'static str,
}

impl Shown {
    fn of(user: &UserRow<'_>) -> Self {
        Self {
            user_id: user.user_id.to_owned(),
            name: format!("{} {}", user.first_name, user.last_name).trim().to_owned(),
            license: user.license_type.map(|license| license.name().to_owned()),
            used: numbers::figure(user.license_used),
            devices: numbers::figure(user.device_count),
            snr: yes_or_no(user.snr),
            mobility: yes_or_no(user.em),
        }
    }
}

fn yes_or_no(flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => "yes",
        Some(false) => "no",
        None => numbers::UNKNOWN,
    }
}

fn head() -> AnyView {
    view! {
        <span role="columnheader" class="name">"User"</span>
        <span role="columnheader" class="text wide">"Name"</span>
        <span role="columnheader" class="text">"License type"</span>
        <span role="columnheader" class="num wide">"Used"</span>
        <span role="columnheader" class="num wide">"Devices"</span>
        <span role="columnheader" class="text wide" title="Single number reach">"SNR"</span>
        <span role="columnheader" class="text wide">"Extension mobility"</span>
    }
    .into_any()
}

fn cells(user: &Shown) -> AnyView {
    let license = if user.license.is_none() { "text dim" } else { "text" };
    let mobility =
        (user.mobility == numbers::UNKNOWN).then_some("AXL before 12.5 does not list it");
    view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=user.user_id.clone()>
                {user.user_id.clone()}
            </bdi>
        </span>
        <span role="gridcell" class="text wide">
            <bdi class="label">{user.name.clone()}</bdi>
        </span>
        <span role="gridcell" class=license>
            {user.license.clone().unwrap_or_else(|| "none".to_owned())}
        </span>
        <span role="gridcell" class="num wide">{user.used.clone()}</span>
        <span role="gridcell" class="num wide">{user.devices.clone()}</span>
        <span role="gridcell" class="text wide">{user.snr}</span>
        <span
            role="gridcell"
            class="text wide"
            title=mobility
        >
            {user.mobility}
        </span>
    }
    .into_any()
}

/// Nothing to show, and why.
fn nothing(context: Context) -> AnyView {
    let words = text(move || {
        let entries = context.connections.list();
        let mut clusters = entries.iter().filter(|e| e.connection.kind() == Kind::Cucm).peekable();
        if clusters.peek().is_none() {
            return "No CUCM cluster is connected. Add one under Connections.".to_owned();
        }
        match clusters.map(|entry| entry.state.get()).find(|state| *state != State::SignedOut) {
            Some(State::Failed(error)) => error.to_string(),
            Some(_) => "Asking the cluster…".to_owned(),
            None => "Sign in to a CUCM cluster to list its users.".to_owned(),
        }
    });
    view! {
        <p class="nothing" role="status">
            {words}
        </p>
    }
    .into_any()
}
