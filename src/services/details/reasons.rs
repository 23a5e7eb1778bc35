//! Why a count may be another than a person expects: what this service's own figures tell, then what
//! only the platform's settings can.

use leptos::prelude::*;
use seatree_core::live_platform::ServiceLicense;
use seatree_core::services::{Reason, Service, reasons as given};

use crate::platform::clock;
use crate::platform::numbers::{self, count};

/// What no figure tells, after the vendor's pages on license settings.
const ALWAYS: [(&str, &str); 3] = [
    (
        "Users with several factors count once.",
        "A user with a number and a template counts under the number only, so that a lower factor \
         may show fewer users than you manage by it.",
    ),
    (
        "Factors can be switched for all services, or for one.",
        "Where the service provider overrides them for this service, its count follows other rules \
         than its neighbors' do.",
    ),
    (
        "Each site can be tuned.",
        "CriteriaToMatchAsLicensedUsersByGW, CriteriaToMatchAsDRNumbers and \
         CriteriaToRejectAsServiceNumbers are patterns by which a site's gateways and numbers are \
         taken in or left out. The platform's API does not show them: look in its site settings.",
    ),
];

pub(super) fn reasons(service: &Service, license: &ServiceLicense) -> AnyView {
    let given = given(service.customer.license_type, license, clock::now_s());
    let own = given.iter().map(|reason| words(reason, license));
    let own: Vec<AnyView> = own.map(|(what, then)| item(&what, then)).collect();
    let own = if own.is_empty() {
        view! { <p>"Nothing in its figures says that it should be another."</p> }.into_any()
    } else {
        view! { <ul class="reasons">{own}</ul> }.into_any()
    };
    let always: Vec<AnyView> = ALWAYS.map(|(what, then)| item(what, then.to_owned())).into();
    view! {
        <section class="details-part">
            <h3>"Why is the count different?"</h3>
            {own}
            <details>
                <summary>"What the figures cannot tell"</summary>
                <ul class="reasons">{always}</ul>
            </details>
        </section>
    }
    .into_any()
}

fn item(what: &str, then: String) -> AnyView {
    view! {
        <li>
            <b>{what.to_owned()}</b>
            " "
            <span>{then}</span>
        </li>
    }
    .into_any()
}

fn words(reason: &Reason, license: &ServiceLicense) -> (String, String) {
    let (what, then) = match reason {
        Reason::Off { factor, count } => (
            format!("{} is off.", factor.short()),
            format!("{} configured, none of them counted.", numbers::figure(*count)),
        ),
        Reason::SumOff { expected, found } => (
            "The sum does not add up.".to_owned(),
            format!(
                "The counted factors make {}, the platform says {}: {} {} than they explain.",
                count(*expected),
                count(*found),
                count(found.abs_diff(*expected).try_into().unwrap_or(i64::MAX)),
                if found > expected { "more" } else { "fewer" },
            ),
        ),
        Reason::MoreThanMonitored { licensed, monitored } => (
            "More licensed than monitored.".to_owned(),
            format!(
                "{} licensed, {} users monitored: no error, since service numbers are no users.",
                count(*licensed),
                count(*monitored)
            ),
        ),
        Reason::OnlyServiceNumbers => (
            "Only service numbers count.".to_owned(),
            "Hosted Essentials has no other factor.".to_owned(),
        ),
        Reason::Old { age_s } => (
            format!("Counted {}.", clock::age(*age_s)),
            "Changes since then are not in it. The platform counts every day: ask why it did not."
                .to_owned(),
        ),
        Reason::NoTime => (
            "It is not known when it was counted.".to_owned(),
            license.last_update.as_ref().map_or_else(
                || "The platform sent no time.".to_owned(),
                |sent| format!("The platform sent \"{sent}\", which is no time."),
            ),
        ),
        Reason::UnknownSwitch { name, is_on } => (
            format!("\"{name}\" is {}.", if *is_on { "on" } else { "off" }),
            "No page of the vendor names this factor; what it counts is not known.".to_owned(),
        ),
        Reason::SettingsLevel(level) => (
            format!("License settings flags level {level}."),
            "As sent. The vendor says only that it tells when a global administrator changed the \
             factors."
                .to_owned(),
        ),
    };
    (what, then)
}
