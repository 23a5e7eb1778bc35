//! What the panel shows of the focused service.

use leptos::prelude::*;
use seatree_core::estate::Figure;
use seatree_core::insight::band;
use seatree_core::live_platform::{Evidence, LicenseType, ServiceLicense};
use seatree_core::say;
use seatree_core::services::{Licenses, Service};
use seatree_core::words::tr;

use super::{counting, ids, reasons};
use crate::app::context::Context;
use crate::platform::numbers;
use crate::services::list::outlook;
use crate::services::{findings, retry, row};
use crate::tree::{finding_class, finding_icon};
use crate::ui::bar;
use crate::ui::error_notice::error_notice;
use crate::ui::grid::Key;
use crate::ui::live::{live, press};

pub(super) fn content(context: Context) -> AnyView {
    let service = Memo::new(move |_| {
        let key = context.services.current.get()?;
        Some((key, context.services.at_key(key, Clone::clone)?))
    });
    live(move || match service.get() {
        Some((key, service)) => of_service(context, key, &service),
        None => {
            view! { <p class="dim">{tr("Focus a service: what is known of it shows here.")}</p> }
                .into_any()
        }
    })
}

fn of_service(context: Context, key: Key, service: &Service) -> AnyView {
    let platform = context.connections.find(&service.connection);
    let platform = platform.map(|entry| entry.connection.name.clone()).unwrap_or_default();
    let rest = match &service.licenses {
        Licenses::Reading => view! { <p class="dim">{tr("Reading its licenses…")}</p> }.into_any(),
        Licenses::NoneYet => view! {
            <p>
                {tr("No license has been applied to it yet: the platform lists it without an id, so \
                 there are no figures to ask for.")}
            </p>
        }
        .into_any(),
        Licenses::Failed(error) => view! {
            {error_notice(tr("Its licenses"), error)}
            <p class="details-part">
                <button class="button" on:click=press(move || retry::one(context, key))>
                    {tr("Read it again")}
                </button>
            </p>
        }
        .into_any(),
        Licenses::Read(license) => of_license(context, service, license),
    };
    view! {
        <p class="dim details-from">
            <bdi>{platform}</bdi>
        </p>
        <h2 class="details-name">
            <bdi>{service.customer.display_name()}</bdi>
        </h2>
        {license_type(service.customer.license_type)}
        {rest}
        {ids::ids(context, service)}
    }
    .into_any()
}

fn license_type(license_type: LicenseType) -> AnyView {
    let hint = match (license_type.evidence(), license_type.0) {
        (Evidence::Documented, _) => None,
        (Evidence::Inferred, Some(number)) => Some(say!(
            "Sent as {number}. The vendor's pages name 1, 2, 4 and 5; this is what is left.",
            number = number.to_string()
        )),
        (_, Some(number)) => {
            Some(say!("No page of the vendor names type {number}.", number = number.to_string()))
        }
        (_, None) => Some(tr("The platform sent no license type.").to_owned()),
    };
    view! {
        <p class="dim">
            {license_type.label()}
            {hint.map(|hint| view! { <small class="hint">{hint}</small> }.into_any())}
        </p>
    }
    .into_any()
}

fn of_license(context: Context, service: &Service, license: &ServiceLicense) -> AnyView {
    let outlook = outlook(context);
    let said = findings::of(license, service.marks(outlook), &row::age(license));
    let said: Vec<AnyView> = said.iter().map(notice).collect();
    let band = band(&license.reading(), outlook.thresholds);
    view! {
        {said}
        <section class="details-part">
            <h3>{tr("Licenses")}</h3>
            <div class="details-bar">{bar::utilization(license.utilization(), band)}</div>
            <dl>
                {line(tr("Acquired"), license.acquired)}
                {line(tr("Licensed"), license.licensed)}
                {line(tr("Available"), license.available())}
            </dl>
        </section>
        {counting::counting(service, license)}
        {reasons::reasons(service, license)}
    }
    .into_any()
}

fn notice(said: &findings::Said) -> AnyView {
    view! {
        <div class=format!("details-finding {}", finding_class(said.mark))>
            {finding_icon(said.mark)}
            <div>
                <b>{said.what.clone()}</b>
                <p>{said.then.clone()}</p>
            </div>
        </div>
    }
    .into_any()
}

pub(super) fn line(name: &'static str, figure: Figure) -> AnyView {
    let negative = figure.get().is_some_and(|count| count < 0);
    let class = match (figure.is_known(), negative) {
        (false, _) => "num dim",
        (true, true) => "num negative",
        (true, false) => "num",
    };
    let why = (!figure.is_known()).then_some(findings::no_figure());
    view! {
        <div>
            <dt>{name}</dt>
            <dd class=class title=why>
                {numbers::figure(figure)}
            </dd>
        </div>
    }
    .into_any()
}
