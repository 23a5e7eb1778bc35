//! What is counted: each factor in the order of its priority, counted beside configured.

use leptos::prelude::*;
use seatree_core::estate::Figure;
use seatree_core::live_platform::{Part, ServiceLicense, Switch};
use seatree_core::say;
use seatree_core::services::Service;
use seatree_core::words::{said, tr};

use crate::platform::numbers;
use crate::services::factors;
use crate::ui::icons;

pub(super) fn counting(service: &Service, license: &ServiceLicense) -> AnyView {
    let parts = factors::parts_of(service.customer.license_type, license);
    let rows: Vec<AnyView> = parts.iter().map(row).collect();
    view! {
        <section class="details-part counting">
            <h3 id="counting">{tr("What is counted")}</h3>
            {factors::bar(license, true)}
            <div role="table" aria-labelledby="counting">
                <div role="rowgroup">
                    <div role="row" class="dim">
                        <span role="columnheader">{tr("Priority")}</span>
                        <span role="columnheader">{tr("Factor")}</span>
                        <span role="columnheader" class="num">{tr("Counted (configured)")}</span>
                    </div>
                </div>
                <div role="rowgroup">{rows}</div>
            </div>
            {sum(license)}
            <p class="dim">
                {tr("Each user counts once, under the first factor that applies. A factor that is off \
                 keeps what is configured, and counts none of it.")}
            </p>
        </section>
    }
    .into_any()
}

fn row(part: &Part) -> AnyView {
    let factor = part.factor;
    let also = factor.also_called().map(|name| {
        view! { <small class="dim">{say!("also called \"{name}\"", name)}</small> }.into_any()
    });
    view! {
        <div role="row">
            <span role="cell" class="num">
                <i class=format!("swatch {}", factors::class(part))>
                    {factor.priority().to_string()}
                </i>
            </span>
            <span role="rowheader">
                <b>{said(factor.short())}</b>
                {also}
                <small class="dim">{factor.meaning()}</small>
                <small class=if part.is_counted() { "dim" } else { "warning" }>
                    {switch(part.switch)}
                </small>
            </span>
            <span role="cell" class="num">{counted(part)}</span>
        </div>
    }
    .into_any()
}

/// Such as "4 (4)" or "0 (7)", as the vendor's own page has it.
fn counted(part: &Part) -> String {
    let (counted, configured) = (numbers::figure(part.counted()), numbers::figure(part.configured));
    format!("{counted} ({configured})")
}

fn switch(switch: Switch) -> &'static str {
    match switch {
        Switch::Always => tr("always on"),
        Switch::On => tr("switched on"),
        Switch::Off => tr("switched off: not counted"),
        Switch::NotSaid => tr("counted, since the platform does not say that it is off"),
    }
}

/// Whether the counted factors make what is licensed.
fn sum(license: &ServiceLicense) -> AnyView {
    let sum = license.sum_of_factors();
    let (counted, licensed) = (numbers::figure(sum), numbers::figure(license.licensed));
    let (class, icon, words) = match license.sums_agree() {
        Some(true) => {
            ("counted-sum", icons::check(), say!("Together {counted}, as licensed", counted))
        }
        Some(false) => (
            "counted-sum warning",
            icons::sum(),
            say!("Together {counted}, but {licensed} are licensed", counted, licensed),
        ),
        None if sum == Figure::UNKNOWN => (
            "counted-sum dim",
            icons::sum(),
            tr("Not added up: the platform did not send every factor").to_owned(),
        ),
        None => ("counted-sum dim", icons::sum(), say!("Together {counted}", counted)),
    };
    view! {
        <p class=class>
            {icon}
            {words}
        </p>
    }
    .into_any()
}
