//! The clusters: what each requires, and its users.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::axl::UserRow;
use seatree_core::config::Kind;

use super::store::Cluster;
use super::totals::totals;
use crate::app::context::{Context, context};
use crate::connections::{Entry, State};
use crate::platform::numbers;
use crate::platform::screen;
use crate::ui::grid::{Grid, Rows};
use crate::ui::live::{flag, live, live_if, press, text};

/// User id, name, license type, used, devices, SNR, extension mobility.
const COLUMNS: usize = 7;
/// Said of a cell without a figure; which release tells what is listed above the grid.
const UNTOLD: &str = "Not in the cluster's reply";

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

pub(super) fn with_cluster<T>(
    context: Context,
    chosen: RwSignal<usize>,
    look: impl FnOnce(&Cluster) -> T,
) -> Option<T> {
    context
        .clusters
        .with(|clusters| clusters.get(chosen.get().min(clusters.len().saturating_sub(1))).map(look))
}

fn users(context: Context, chosen: RwSignal<usize>) -> AnyView {
    let grid = Grid {
        label: "Licensed users",
        role: "grid",
        class: "users",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: flag(move || {
            let reading = |e: &Entry| {
                e.connection.kind() == Kind::Cucm && matches!(e.state.get(), State::Loading(_))
            };
            context.connections.list().iter().any(reading)
        }),
        row_height: screen::row_height(context.density),
        head: head(),
        head_rows: 1,
        rows: Arc::new(UserRows { context, chosen }),
        selects: false,
        go_to: RwSignal::new(None),
    };
    grid.view()
}

/// The rows of the grid.
struct UserRows {
    context: Context,
    chosen: RwSignal<usize>,
}

impl Rows for UserRows {
    fn count(&self) -> usize {
        with_cluster(self.context, self.chosen, |cluster| cluster.users.len()).unwrap_or(0)
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let (context, chosen) = (self.context, self.chosen);
        live_if(move || row(context, chosen, index.get()))
    }
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
    /// None where the user is said to require none.
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
            license: match user.license_type {
                Some(license) => Some(license.name().to_owned()),
                None if user.license_used.get() == Some(0) => None,
                None => Some(numbers::UNKNOWN.to_owned()),
            },
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
        <div role="row" class="grid-head-row" aria-rowindex="1">
        <span role="columnheader" class="name">"User"</span>
        <span role="columnheader" class="text wide">"Name"</span>
        <span role="columnheader" class="text">"License type"</span>
        <span role="columnheader" class="num wide">"Used"</span>
        <span role="columnheader" class="num wide">"Devices"</span>
        <span role="columnheader" class="text wide" title="Single number reach">"SNR"</span>
        <span role="columnheader" class="text wide">"Extension mobility"</span>
        </div>
    }
    .into_any()
}

fn cells(user: &Shown) -> AnyView {
    let license = if user.license.is_none() { "text dim" } else { "text" };
    let untold = |text: &str| (text == numbers::UNKNOWN).then_some(UNTOLD);
    view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=user.user_id.clone()>
                {user.user_id.clone()}
            </bdi>
        </span>
        <span role="gridcell" class="text wide">
            <bdi class="label">{user.name.clone()}</bdi>
        </span>
        <span role="gridcell" class=license title=untold(user.license.as_deref().unwrap_or_default())>
            {user.license.clone().unwrap_or_else(|| "none".to_owned())}
        </span>
        <span role="gridcell" class="num wide" title=untold(&user.used)>{user.used.clone()}</span>
        <span role="gridcell" class="num wide" title=untold(&user.devices)>{user.devices.clone()}</span>
        <span role="gridcell" class="text wide" title=untold(user.snr)>{user.snr}</span>
        <span role="gridcell" class="text wide" title=untold(user.mobility)>{user.mobility}</span>
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
