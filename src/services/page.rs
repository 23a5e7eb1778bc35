//! The services as a grid.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::estate::{Figure, Reading};
use seatree_core::insight::band;

use super::store::{Licenses, Service};
use crate::app::context::{Context, context};
use crate::connections::{State, retry_service};
use crate::platform::{clock, numbers, screen};
use crate::ui::virtual_grid::{RowState, RowView, VirtualGrid};
use crate::ui::{bar, icons};

/// Service, type, acquired, licensed, available, utilization, monitored, age of the data.
const COLUMNS: usize = 8;

#[component]
pub fn Page() -> impl IntoView {
    let context = context();
    let count = Memo::new(move |_| context.services.with(<[Service]>::len));
    let busy = Signal::derive(move || {
        context.services.with(|all| all.iter().any(|service| service.licenses == Licenses::Reading))
    });
    let row: RowView = Arc::new(move |index| {
        let service = Memo::new(move |_| context.services.with(|all| all.get(index).cloned()));
        let at = Memo::new(move |_| context.services.with(|all| place(all, index)));
        view! {
            {move || match service.get() {
                Some(service) => cells(context, &service, at.get()),
                None => ().into_any(),
            }}
        }
        .into_any()
    });
    view! {
        <section class="page" aria-label="Services of the Live Platforms">
            <Show when=move || { count.get() > 0 } fallback=move || view! { <Nothing /> }>
                <VirtualGrid
                    label="Services"
                    role="grid"
                    class="services"
                    columns=COLUMNS
                    count
                    busy
                    row_height=screen::row_height()
                    head=head()
                    row=row.clone()
                    state=Arc::new(|_| RowState::default())
                />
            </Show>
        </section>
    }
}

/// A service's place in its own connection's list.
fn place(all: &[Service], index: usize) -> usize {
    let connection = all.get(index).map(|service| &service.connection);
    all.iter().take(index).filter(|other| Some(&other.connection) == connection).count()
}

/// Nothing to show, and why.
#[component]
fn Nothing() -> impl IntoView {
    let context = context();
    let words = move || {
        let entries = context.connections.list();
        let mut live = entries
            .iter()
            .filter(|e| e.connection.kind() == seatree_core::config::Kind::LivePlatform)
            .peekable();
        if live.peek().is_none() {
            return "No Live Platform is connected. Add one under Connections.".to_owned();
        }
        match live.map(|entry| entry.state.get()).find(|state| *state != State::SignedOut) {
            Some(State::Loading(_)) => "Reading the list of services…".to_owned(),
            Some(State::Failed(error)) => error.to_string(),
            Some(_) => "The platform lists no services for this account.".to_owned(),
            None => "Sign in to the Live Platform to read its services.".to_owned(),
        }
    };
    view! { <p class="nothing" role="status">{words}</p> }
}

fn head() -> AnyView {
    view! {
        <span role="columnheader" class="name">"Service"</span>
        <span role="columnheader" class="text wide">"Type"</span>
        <span role="columnheader" class="num wide">"Acquired"</span>
        <span role="columnheader" class="num wide">"Licensed"</span>
        <span role="columnheader" class="num wide">"Available"</span>
        <span role="columnheader" class="util">"Utilization"</span>
        <span role="columnheader" class="num wide">"Monitored"</span>
        <span role="columnheader" class="text wide">"Data from"</span>
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
        Licenses::Read(license) => {
            let reading = Reading {
                assigned: license.acquired,
                in_use: license.licensed,
                ..Reading::default()
            };
            let off = (license.sums_agree() == Some(false)).then(|| {
                let words = format!(
                    "sums do not add up: the counted factors make {}",
                    numbers::figure(license.sum_of_factors())
                );
                view! {
                    <span class="near" title=words.clone()>
                        {icons::sum()} <span class="sr-only">{words.clone()}</span>
                    </span>
                }
            });
            let available = license.available();
            view! {
                {count(license.acquired)}
                <span role="gridcell" class="num wide">
                    {off}
                    {numbers::figure(license.licensed)}
                </span>
                <span
                    role="gridcell"
                    class="num wide"
                    class:negative=available.get().is_some_and(|count| count < 0)
                >
                    {numbers::figure(available)}
                </span>
                <span role="gridcell" class="util">
                    {bar::utilization(
                        license.utilization(),
                        band(&reading, context.thresholds.get()),
                    )}
                </span>
                {count(license.monitored)}
                <span role="gridcell" class="text wide" title=license.last_update.clone()>
                    {license
                        .last_update_s
                        .map_or_else(
                            || license.last_update.clone().unwrap_or_else(|| numbers::UNKNOWN.into()),
                            |at| clock::age(clock::now_s() - at),
                        )}
                </span>
            }
            .into_any()
        }
    };
    view! { {head} {rest} }.into_any()
}

fn count(figure: Figure) -> AnyView {
    let unknown = !figure.is_known();
    view! {
        <span
            role="gridcell"
            class="num wide"
            class:dim=unknown
            title=unknown.then_some("The platform sent no figure")
        >
            {numbers::figure(figure)}
        </span>
    }
    .into_any()
}

fn failed(
    context: Context,
    service: &Service,
    at: usize,
    error: &seatree_core::UpstreamError,
) -> AnyView {
    let connection = service.connection.clone();
    let retry = move |_| {
        if let Some(entry) = context.connections.find(&connection) {
            retry_service(context, &entry, at);
        }
    };
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
