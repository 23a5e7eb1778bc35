//! The clusters: what each requires, and its users.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::axl::UserRow;
use seatree_core::config::Kind;

use super::store::Cluster;
use crate::app::context::{Context, context};
use crate::connections::State;
use crate::platform::{numbers, screen};
use crate::ui::virtual_grid::{RowState, RowView, VirtualGrid};

/// User id, name, license type, used, devices, SNR, extension mobility.
const COLUMNS: usize = 7;

#[component]
pub fn Page() -> impl IntoView {
    let context = context();
    let chosen = RwSignal::new(0_usize);
    let names = Memo::new(move |_| {
        let name = |cluster: &Cluster| {
            context
                .connections
                .find(&cluster.connection)
                .map_or_else(|| cluster.connection.clone(), |entry| entry.connection.name.clone())
        };
        context.clusters.with(|clusters| clusters.iter().map(name).collect::<Vec<_>>())
    });
    view! {
        <section class="page clusters-page" aria-label="CUCM clusters">
            <Show when=move || !names.get().is_empty() fallback=move || view! { <Nothing /> }>
                <Chooser names chosen />
                <Totals chosen />
                <Users chosen />
            </Show>
        </section>
    }
}

/// Which cluster, where there are several.
#[component]
fn Chooser(names: Memo<Vec<String>>, chosen: RwSignal<usize>) -> impl IntoView {
    let chip = move |(at, name): (usize, String)| {
        view! {
            <button
                class="chip"
                aria-pressed=move || (chosen.get() == at).to_string()
                on:click=move |_| chosen.set(at)
            >
                {name}
            </button>
        }
    };
    move || {
        (names.get().len() > 1).then(|| {
            view! {
                <div class="ways" role="group" aria-label="Cluster">
                    {names.get().into_iter().enumerate().map(chip).collect_view()}
                </div>
            }
        })
    }
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
#[component]
fn Totals(chosen: RwSignal<usize>) -> impl IntoView {
    let context = context();
    let release = move || {
        with_cluster(context, chosen, |cluster| {
            format!("Unified CM {}, AXL {}", cluster.release, cluster.schema)
        })
    };
    let rows = move || {
        with_cluster(context, chosen, |cluster| {
            cluster
                .users
                .required()
                .into_iter()
                .map(|(license, required)| {
                    view! {
                        <div role="row">
                            <span role="rowheader">{license.name().to_owned()}</span>
                            <span role="cell" class="num">{numbers::figure(required)}</span>
                        </div>
                    }
                })
                .collect_view()
        })
    };
    let whole = |count: usize| numbers::count(i64::try_from(count).unwrap_or(i64::MAX));
    let summary = move || {
        with_cluster(context, chosen, |cluster| {
            let users = &cluster.users;
            let (listed, without) = (users.len(), users.without_license());
            let unknown = (listed - without).saturating_sub(users.required_known_for());
            let rest = match unknown {
                0 => String::new(),
                unknown => format!("; for {} the cluster sent no count", whole(unknown)),
            };
            format!("{} users listed, {} need no license{rest}.", whole(listed), whole(without))
        })
    };
    let progress = move || {
        let id = with_cluster(context, chosen, |cluster| cluster.connection.clone())?;
        match context.connections.find(&id)?.state.get() {
            State::Loading(_) => Some("Still reading: totals grow as users come in.".to_owned()),
            State::Failed(error) => Some(format!("Incomplete. {error}")),
            State::SignedOut | State::Ready { .. } => None,
        }
    };
    view! {
        <div class="totals">
            <div role="table" aria-label="Licenses required per type" class="totals-table">
                <div role="rowgroup">{rows}</div>
            </div>
            <div class="totals-words">
                <p>{summary}</p>
                <p class="dim">{release}</p>
                <p class="dim">
                    "Required by the users' devices and features. What is owned is in Cisco's license manager, not in the cluster."
                </p>
                <p class="warning" role="status">{progress}</p>
            </div>
        </div>
    }
}

#[component]
fn Users(chosen: RwSignal<usize>) -> impl IntoView {
    let context = context();
    let count = Memo::new(move |_| {
        with_cluster(context, chosen, |cluster| cluster.users.len()).unwrap_or(0)
    });
    let busy = Signal::derive(move || {
        let loading = |e: &crate::connections::Entry| matches!(e.state.get(), State::Loading(_));
        let of_cucm = |e: &&crate::connections::Entry| e.connection.kind() == Kind::Cucm;
        context.connections.list().iter().filter(of_cucm).any(loading)
    });
    let row: RowView = Arc::new(move |index| {
        let shown = Memo::new(move |_| {
            with_cluster(context, chosen, |cluster| {
                (index < cluster.users.len()).then(|| Shown::of(&cluster.users.user(index)))
            })
            .flatten()
        });
        view! { {move || shown.get().map(|user| cells(&user))} }.into_any()
    });
    view! {
        <VirtualGrid
            label="Licensed users"
            role="grid"
            class="users"
            columns=COLUMNS
            count
            busy
            row_height=screen::row_height()
            head=head()
            row
            state=Arc::new(|_| RowState::default())
        />
    }
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
    let none = user.license.is_none();
    view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=user.user_id.clone()>
                {user.user_id.clone()}
            </bdi>
        </span>
        <span role="gridcell" class="text wide">
            <bdi class="label">{user.name.clone()}</bdi>
        </span>
        <span role="gridcell" class="text" class:dim=none>
            {user.license.clone().unwrap_or_else(|| "none".to_owned())}
        </span>
        <span role="gridcell" class="num wide">{user.used.clone()}</span>
        <span role="gridcell" class="num wide">{user.devices.clone()}</span>
        <span role="gridcell" class="text wide">{user.snr}</span>
        <span
            role="gridcell"
            class="text wide"
            title=(user.mobility == numbers::UNKNOWN).then_some("AXL before 12.5 does not list it")
        >
            {user.mobility}
        </span>
    }
    .into_any()
}

/// Nothing to show, and why.
#[component]
fn Nothing() -> impl IntoView {
    let context = context();
    let words = move || {
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
    };
    view! { <p class="nothing" role="status">{words}</p> }
}
