//! The services as a grid.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::config::Kind;
use seatree_core::estate::Figure;
use seatree_core::insight::band;
use seatree_core::live_platform::{Factor, ServiceLicense};

use super::store::{Licenses, Service};
use crate::app::context::{Context, context};
use crate::connections::{State, retry_service};
use crate::platform::{clock, numbers, screen};
use crate::ui::grid::{Grid, Rows};
use crate::ui::live::{flag, live, live_if, press, text};
use crate::ui::{bar, icons};

/// Service, type, acquired, licensed, available, utilization, monitored, age of the data.
const COLUMNS: usize = 8;

pub fn page() -> AnyView {
    let context = context();
    let count = Memo::new(move |_| context.services.with(<[Service]>::len));
    let grid = move || Grid {
        label: "Services",
        role: "grid",
        class: "services",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: flag(move || {
            let reading = |service: &Service| service.licenses == Licenses::Reading;
            context.services.with(|all| all.iter().any(reading))
        }),
        row_height: screen::row_height(context.density),
        head: head(),
        head_rows: 1,
        rows: Arc::new(ServiceRows { context, count }),
        selects: false,
        go_to: RwSignal::new(None),
    };
    let is_empty = Memo::new(move |_| count.get() == 0);
    view! {
        <section class="page" aria-label="Services of the Live Platforms">
            {live(move || if is_empty.get() { nothing(context) } else { grid().view() })}
        </section>
    }
    .into_any()
}

/// The rows of the grid.
struct ServiceRows {
    context: Context,
    count: Memo<usize>,
}

impl Rows for ServiceRows {
    fn count(&self) -> usize {
        self.count.get()
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let context = self.context;
        live_if(move || row(context, index.get()))
    }
}

fn row(context: Context, index: usize) -> Option<AnyView> {
    let (service, at) = context.services.with(|all| {
        let service = all.get(index)?;
        Some((service.clone(), place(all, index)))
    })?;
    Some(cells(context, &service, at))
}

/// A service's place in its own connection's list.
fn place(all: &[Service], index: usize) -> usize {
    let connection = all.get(index).map(|service| &service.connection);
    all.iter().take(index).filter(|other| Some(&other.connection) == connection).count()
}

/// Nothing to show, and why.
fn nothing(context: Context) -> AnyView {
    let words = text(move || {
        let entries = context.connections.list();
        let mut live =
            entries.iter().filter(|e| e.connection.kind() == Kind::LivePlatform).peekable();
        if live.peek().is_none() {
            return "No Live Platform is connected. Add one under Connections.".to_owned();
        }
        match live.map(|entry| entry.state.get()).find(|state| *state != State::SignedOut) {
            Some(State::Loading(_)) => "Reading the list of services…".to_owned(),
            Some(State::Failed(error)) => error.to_string(),
            Some(_) => "The platform lists no services for this account.".to_owned(),
            None => "Sign in to the Live Platform to read its services.".to_owned(),
        }
    });
    view! {
        <p class="nothing" role="status">
            {words}
        </p>
    }
    .into_any()
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
        <span role="columnheader" class="name">"Service"</span>
        <span role="columnheader" class="text wide">"Type"</span>
        <span role="columnheader" class="num wide">"Acquired"</span>
        <span role="columnheader" class="num wide">"Licensed"</span>
        <span role="columnheader" class="num wide">"Available"</span>
        <span role="columnheader" class="util">"Utilization"</span>
        <span role="columnheader" class="num wide">"Monitored"</span>
        <span role="columnheader" class="text wide">"Data from"</span>
        </div>
    }
    .into_any()
}

fn cells(context: Context, service: &Service, at: usize) -> AnyView {
    let name = service.customer.display_name();
    let head = view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=name.clone()>
                {name.clone()}
            </bdi>
        </span>
        <span role="gridcell" class="text wide">
            {service.customer.license_type.name()}
        </span>
    };
    let rest = match &service.licenses {
        Licenses::Reading => {
            view! { <span role="gridcell" class="state dim" aria-colspan="6">"reading…"</span> }
                .into_any()
        }
        Licenses::Failed(error) => failed(context, service, at, error),
        Licenses::Read(license) => figures(context, license),
    };
    view! { {head} {rest} }.into_any()
}

fn figures(context: Context, license: &ServiceLicense) -> AnyView {
    let available = license.available();
    let negative = available.get().is_some_and(|count| count < 0);
    let band = band(&license.reading(), context.thresholds.get());
    let age = match (license.last_update_s, &license.last_update) {
        (Some(at), _) => clock::age(clock::now_s() - at),
        (None, Some(sent)) => sent.clone(),
        (None, None) => numbers::UNKNOWN.to_owned(),
    };
    view! {
        {count(license.acquired, "num wide")}
        <span role="gridcell" class="num wide" title=counted(license)>
            {sums_off(license)} {numbers::figure(license.licensed)}
        </span>
        {count(available, if negative { "num wide negative" } else { "num wide" })}
        <span role="gridcell" class="util">
            {bar::utilization(license.utilization(), band)}
        </span>
        {count(license.monitored, "num wide")}
        <span role="gridcell" class="text wide" title=license.last_update.clone()>
            {age}
        </span>
    }
    .into_any()
}

/// What the licensed figure is made of, and where its settings come from.
fn counted(license: &ServiceLicense) -> String {
    let factor = |factor: Factor| {
        let off = if license.is_counted(factor) { "" } else { ", not counted" };
        format!("{}: {}{off}", factor.name(), numbers::figure(license.factors.of(factor)))
    };
    let mut lines: Vec<String> = Factor::ALL.map(factor).into();
    if let Some(level) = &license.settings_level {
        // The vendor does not say what its values mean.
        lines.push(format!("License settings flags level, as sent: {level}"));
    }
    lines.join("\n")
}

fn sums_off(license: &ServiceLicense) -> AnyView {
    if license.sums_agree() != Some(false) {
        return ().into_any();
    }
    let sum = numbers::figure(license.sum_of_factors());
    let words = format!("sums do not add up: the counted factors make {sum}");
    view! {
        <span class="near" title=words.clone()>
            {icons::sum()} <span class="sr-only">{words.clone()}</span>
        </span>
    }
    .into_any()
}

fn count(figure: Figure, class: &'static str) -> AnyView {
    let (class, why) = if figure.is_known() {
        (class, None)
    } else {
        ("num wide dim", Some("The platform sent no figure"))
    };
    view! {
        <span role="gridcell" class=class title=why>
            {numbers::figure(figure)}
        </span>
    }
    .into_any()
}

fn failed(context: Context, service: &Service, at: usize, error: &UpstreamError) -> AnyView {
    let connection = service.connection.clone();
    let retry = press(move || {
        if let Some(entry) = context.connections.find(&connection) {
            retry_service(context, &entry, at);
        }
    });
    let label = format!("Read {} again", service.customer.display_name());
    let title = format!("{} {}", error.next_step(), error.details());
    view! {
        <span role="gridcell" class="state failed" aria-colspan="6" title=title>
            <span class="over">{icons::triangle()}</span>
            <span class="label">{error.what()}</span>
            <button class="button small" aria-label=label on:click=retry>
                "Again"
            </button>
        </span>
    }
    .into_any()
}
