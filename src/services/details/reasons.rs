//! Why a count may be another than a person expects: what this service's own figures tell, then what
//! only the platform's settings can.

use leptos::prelude::*;
use seatree_core::live_platform::ServiceLicense;
use seatree_core::say;
use seatree_core::services::{Reason, Service, reasons as given};
use seatree_core::words::{later, said, tr};

use crate::platform::clock;
use crate::platform::numbers::{self, count};

/// What no figure tells, after the vendor's pages on license settings.
const ALWAYS: [(&str, &str); 3] = [
    (
        later("Users with several factors count once."),
        later(
            "A user with a number and a template counts under the number only, so that a lower factor \
         may show fewer users than you manage by it.",
        ),
    ),
    (
        later("Factors can be switched for all services, or for one."),
        later(
            "Where the service provider overrides them for this service, its count follows other rules \
         than its neighbors' do.",
        ),
    ),
    (
        later("Each site can be tuned."),
        later(
            "CriteriaToMatchAsLicensedUsersByGW, CriteriaToMatchAsDRNumbers and \
         CriteriaToRejectAsServiceNumbers are patterns by which a site's gateways and numbers are \
         taken in or left out. The platform's API does not show them: look in its site settings.",
        ),
    ),
];

pub(super) fn reasons(service: &Service, license: &ServiceLicense) -> AnyView {
    let given = given(service.customer.license_type, license, clock::now_s());
    let own = given.iter().map(|reason| words(reason, license));
    let own: Vec<AnyView> = own.map(|(what, then)| item(&what, then)).collect();
    let own = if own.is_empty() {
        view! { <p>{tr("Nothing in its figures says that it should be another.")}</p> }.into_any()
    } else {
        view! { <ul class="reasons">{own}</ul> }.into_any()
    };
    let always: Vec<AnyView> =
        ALWAYS.map(|(what, then)| item(said(what), said(then).to_owned())).into();
    view! {
        <section class="details-part">
            <h3>{tr("Why is the count different?")}</h3>
            {own}
            <details>
                <summary>{tr("What the figures cannot tell")}</summary>
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
            say!("{factor} is off.", factor = said(factor.short())),
            say!("{count} configured, none of them counted.", count = numbers::figure(*count)),
        ),
        Reason::SumOff { expected, found } => (
            tr("The sum does not add up.").to_owned(),
{
                let (expected, found, off) = (
                    count(*expected),
                    count(*found),
                    count(found.abs_diff(*expected).try_into().unwrap_or(i64::MAX)),
                );
                if found > expected {
                    say!(
                        "The counted factors make {expected}, the platform says {found}: {off} more \
                         than they explain.",
                        expected,
                        found,
                        off
                    )
                } else {
                    say!(
                        "The counted factors make {expected}, the platform says {found}: {off} fewer \
                         than they explain.",
                        expected,
                        found,
                        off
                    )
                }
            },
        ),
        Reason::MoreThanMonitored { licensed, monitored } => (
            tr("More licensed than monitored.").to_owned(),
            say!(
                "{licensed} licensed, {monitored} users monitored: no error, since service numbers are \
                 no users.",
                licensed = count(*licensed),
                monitored = count(*monitored)
            ),
        ),
        Reason::OnlyServiceNumbers => (
            tr("Only service numbers count.").to_owned(),
            tr("Hosted Essentials has no other factor.").to_owned(),
        ),
        Reason::Old { age_s } => (
            say!("Counted {age}.", age = clock::age(*age_s)),
            tr("Changes since then are not in it. The platform counts every day: ask why it did not.")
                .to_owned(),
        ),
        Reason::NoTime => (
            tr("It is not known when it was counted.").to_owned(),
            license.last_update.as_ref().map_or_else(
                || tr("The platform sent no time.").to_owned(),
                |sent| say!("The platform sent \"{sent}\", which is no time.", sent),
            ),
        ),
        Reason::UnknownSwitch { name, is_on } => (
            if *is_on {
                say!("\"{name}\" is on.", name)
            } else {
                say!("\"{name}\" is off.", name)
            },
            tr("No page of the vendor names this factor; what it counts is not known.").to_owned(),
        ),
        Reason::SettingsLevel(level) => (
            say!("License settings flags level {level}.", level),
            tr("As sent. The vendor says only that it tells when a global administrator changed the \
             factors.")
                .to_owned(),
        ),
    };
    (what, then)
}
