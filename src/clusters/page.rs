//! The clusters: what each requires, and everything that it tells of its licenses.

use leptos::prelude::*;
use seatree_core::axl::Capability;
use seatree_core::config::Kind;
use seatree_core::say;
use seatree_core::words::tr;

use super::at::{At, Which};
use super::reading::reading;
use super::store::Cluster;
use super::tabs::tabs;
use super::totals::totals;
use super::{ask, place, usage};
use crate::app::context::{Context, context};
use crate::connections::State;
use crate::ui::live::{live, live_if, press, text};

pub fn page() -> AnyView {
    let context = context();
    let at = At::new(context);
    let is_empty = Memo::new(move |_| context.clusters.with(<[Cluster]>::is_empty));
    ask_what_is_shown(at);
    place::follow(at);
    settle_when_replaced(at);
    forget_the_former(at);
    view! {
        <section class="page clusters-page" aria-label=tr("CUCM clusters")>
            {live(move || if is_empty.get() { nothing(context) } else { cluster(at) })}
        </section>
    }
    .into_any()
}

fn cluster(at: At) -> AnyView {
    view! {
        {chooser(at)}
        <div class="cluster">
            <div class="cluster-side">
                {about(at)} {reading(at)} {totals(at)} {usage::update(at)}
            </div>
            <div class="cluster-main">{tabs(at)}</div>
        </div>
    }
    .into_any()
}

/// Asks for what stands beside the users, once there is somebody to ask as. Devices are a list: the
/// cluster works on one at a time.
fn ask_what_is_shown(at: At) {
    let wanted = Memo::new(move |_| {
        let id = at.id()?;
        let entry = at.context().connections.find(&id)?;
        let state = entry.state.get();
        entry.session()?;
        let asides = at.context().clusters.asides();
        let smart =
            at.can(Capability::SmartStatus) && asides.smart.with(&id, |asked| asked.is_none());
        let devices = !matches!(state, State::Loading(_))
            && at.can(Capability::UnassignedDevices)
            && asides.devices.with(&id, |asked| asked.is_none());
        Some((id, smart, devices))
    });
    Effect::new(move |_| {
        let Some((id, smart, devices)) = wanted.get() else { return };
        if smart {
            ask::smart(at.context(), id.clone());
        }
        if devices {
            ask::devices(at.context(), id);
        }
    });
}

/// Brings the rows up to date once what is shown was replaced: who looked for something else in the
/// last moment looks for it in the new list, too.
fn settle_when_replaced(at: At) {
    let number = Memo::new(move |_| at.with(|c| (c.connection.clone(), c.list.number, c.is_whole)));
    Effect::new(move |_| {
        if let Some((id, ..)) = number.get() {
            at.settle(id);
        }
    });
}

/// Another cluster has other users, and perhaps no search.
fn forget_the_former(at: At) {
    let id = Memo::new(move |_| at.id());
    Effect::new(move |before: Option<Option<String>>| {
        let now = id.get();
        if before.is_some_and(|before| before != now) {
            at.person.set(None);
            at.which.set(Which::Read);
        }
        now
    });
}

/// Which cluster, where there are several.
fn chooser(at: At) -> AnyView {
    let context = at.context();
    let all = Memo::new(move |_| {
        let of = |cluster: &Cluster| (cluster.connection.clone(), name(context, cluster));
        let mut all = context.clusters.with(|clusters| clusters.iter().map(of).collect::<Vec<_>>());
        // As everywhere on the page, not as they happened to answer.
        let order = context.connections.list();
        all.sort_by_key(|(id, _)| order.iter().position(|entry| entry.id() == id));
        all
    });
    let shown = Memo::new(move |_| at.id());
    let chip = move |(id, name): (String, String)| {
        let of_press = id.clone();
        let pressed = text(move || (shown.get().as_deref() == Some(&id)).to_string());
        let choose = press(move || at.chosen.set(Some(of_press.clone())));
        view! {
            <button class="chip" aria-pressed=pressed on:click=choose>
                {name}
            </button>
        }
        .into_any()
    };
    live_if(move || {
        let all = all.get();
        if all.len() < 2 {
            return None;
        }
        let chips: Vec<AnyView> = all.into_iter().map(chip).collect();
        let group = view! {
            <div class="ways" role="group" aria-label=tr("Cluster")>
                {chips}
            </div>
        };
        Some(group.into_any())
    })
}

fn name(context: Context, cluster: &Cluster) -> String {
    let entry = context.connections.find(&cluster.connection);
    entry.map_or_else(|| cluster.connection.clone(), |entry| entry.connection.name.clone())
}

/// Its name, and which release answers in which version.
fn about(at: At) -> AnyView {
    let name =
        Memo::new(move |_| at.with(|cluster| name(at.context(), cluster)).unwrap_or_default());
    let release = Memo::new(move |_| {
        at.with(|cluster| {
            let release = match cluster.spoken.release.as_str() {
                "" => tr("of a release it does not name"),
                release => release,
            };
            say!(
                "Unified CM {release}, AXL {schema}",
                release,
                schema = cluster.spoken.schema.to_string()
            )
        })
        .unwrap_or_default()
    });
    view! {
        <header>
            <h2 class="cluster-name">
                <bdi>{name}</bdi>
            </h2>
            <p class="dim">{release}</p>
        </header>
    }
    .into_any()
}

/// Nothing to show, and why.
fn nothing(context: Context) -> AnyView {
    let words = text(move || {
        let entries = context.connections.list();
        let mut clusters = entries.iter().filter(|e| e.connection.kind() == Kind::Cucm).peekable();
        if clusters.peek().is_none() {
            return tr("No CUCM cluster is connected. Add one under Connections.").to_owned();
        }
        match clusters.map(|entry| entry.state.get()).find(|state| *state != State::SignedOut) {
            Some(State::Failed(error)) => error.to_string(),
            Some(_) => tr("Asking the cluster…").to_owned(),
            None => tr("Sign in to a CUCM cluster to list its users.").to_owned(),
        }
    });
    view! {
        <p class="nothing" role="status">
            {words}
        </p>
    }
    .into_any()
}
