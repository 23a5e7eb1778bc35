//! How a cluster stands with Cisco Smart Software Manager.

use leptos::prelude::*;
use seatree_core::axl::{
    Authorization, AuthorizationStatus, Compliance, Day, Entitlement, Registration,
    RegistrationStatus, SmartLicenseStatus,
};
use seatree_core::say;
use seatree_core::words::tr;

use super::aside::Answer;
use super::ask;
use super::at::At;
use super::totals::tier;
use crate::platform::{clock, numbers};
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{live_if, press};

pub(super) fn smart(at: At) -> AnyView {
    let asides = at.context().clusters.asides();
    live_if(move || {
        let id = at.id()?;
        let content = asides.smart.with(&id, |answer| match answer {
            None => view! { <p class="dim">{tr("Sign in to ask the cluster.")}</p> }.into_any(),
            Some(Answer::Asking) => {
                view! { <p role="status">{tr("Asking the publisher…")}</p> }.into_any()
            }
            Some(Answer::Failed(error)) => view! {
                {error_notice(tr("Smart Licensing"), error)}
                <p>{again(at)}</p>
            }
            .into_any(),
            Some(Answer::Told { at_s, what }) => told(at, *at_s, what),
        });
        let view = view! {
            <div class="tab-scroll smart" tabindex="0" role="group" aria-label=tr("Smart Licensing")>
                {content}
            </div>
        };
        Some(view.into_any())
    })
}

fn again(at: At) -> AnyView {
    let act = press(move || {
        if let Some(id) = at.id_untracked() {
            ask::smart(at.context(), id);
        }
    });
    view! { <button class="button small" on:click=act>{tr("Ask again")}</button> }.into_any()
}

fn told(at: At, at_s: i64, status: &SmartLicenseStatus) -> AnyView {
    let is_on = match status.smart_licensing.as_deref() {
        Some(sent) if sent.eq_ignore_ascii_case("enabled") => tr("Switched on").to_owned(),
        Some(sent) if sent.eq_ignore_ascii_case("disabled") => tr("Switched off").to_owned(),
        Some(sent) => sent.to_owned(),
        None => numbers::UNKNOWN.to_owned(),
    };
    let complaints = (!status.complaints.is_empty()).then(|| {
        let words = say!("Could not be read: {fields}.", fields = status.complaints.join(", "));
        view! { <p class="warning">{words}</p> }.into_any()
    });
    let said = status
        .said
        .clone()
        .map(|said| view! { <p>{tr("The cluster says:")} " " <bdi>{said}</bdi></p> }.into_any());
    view! {
        <p class="reading-actions">
            <span class="dim">{say!("Told by the publisher at {time}.", time = clock::time_of_day(at_s))}</span>
            {again(at)}
        </p>
        {said}
        {complaints}
        <div class="smart-parts">
            <section>
                <h3>{tr("Registration")}</h3>
                <dl>
                    {line(tr("Smart Licensing"), Some(is_on))}
                    {registration(&status.registration)}
                </dl>
            </section>
            <section>
                <h3>{tr("Authorization")}</h3>
                <dl>{authorization(&status.authorization)}</dl>
            </section>
            <section>
                <h3>{tr("Entitlements")}</h3>
                {entitlements(&status.entitlements)}
                <p class="dim">
                    {tr("Counts are what the cluster asks for. How many are owned is in Cisco Smart Software Manager, which lends higher licenses to whoever requires a lower one.")}
                </p>
            </section>
        </div>
    }
    .into_any()
}

fn line(name: &'static str, value: Option<String>) -> AnyView {
    let Some(value) = value else { return ().into_any() };
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <bdi>{value}</bdi>
            </dd>
        </div>
    }
    .into_any()
}

/// When something expires, as sent; marked once that day is over.
fn expiry(sent: Option<&String>) -> AnyView {
    let Some(sent) = sent else { return ().into_any() };
    let (year, month, day) = clock::day();
    let is_over = Day::parse(sent).is_some_and(|expires| expires < Day { year, month, day });
    if is_over {
        state(tr("Expires"), "over", say!("Expired: {sent}", sent))
    } else {
        line(tr("Expires"), Some(sent.clone()))
    }
}

/// A state by shape and color, and in words.
fn state(name: &'static str, class: &'static str, words: String) -> AnyView {
    let icon = match class {
        "ok" => icons::check(),
        "over" => icons::triangle(),
        "near" => icons::circle(),
        _ => ().into_any(),
    };
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="state">
                <span class=class>{icon}</span>
                <bdi>{words}</bdi>
            </dd>
        </div>
    }
    .into_any()
}

fn registration(of: &Registration) -> AnyView {
    let (class, words) = match &of.status {
        Some(RegistrationStatus::Registered) => ("ok", tr("Registered").to_owned()),
        Some(RegistrationStatus::Unregistered) => ("over", tr("Unregistered").to_owned()),
        Some(RegistrationStatus::Expired) => ("over", tr("Registration expired").to_owned()),
        Some(RegistrationStatus::Other(sent)) => ("", sent.clone()),
        None => ("", numbers::UNKNOWN.to_owned()),
    };
    view! {
        {state(tr("Status"), class, words)}
        {line(tr("Reason"), of.failed_reason.clone())}
        {line(tr("Smart account"), of.smart_account.clone())}
        {line(tr("Virtual account"), of.virtual_account.clone())}
        {expiry(of.expires.as_ref())}
        {line(tr("Last renewal"), of.last_renewal_attempt.clone())}
        {line(tr("It went"), of.last_renewal_status.clone())}
        {line(tr("Next renewal"), of.next_renewal_attempt.clone())}
        {line(tr("Product"), of.product_udi.clone())}
        {line(tr("Export control"), of.export_control.clone())}
    }
    .into_any()
}

fn authorization(of: &Authorization) -> AnyView {
    let (class, words) = match &of.status {
        Some(AuthorizationStatus::Authorized) => ("ok", tr("Authorized").to_owned()),
        Some(AuthorizationStatus::NoLicenseInUse) => ("", tr("No license in use").to_owned()),
        Some(AuthorizationStatus::EvaluationMode) => ("near", tr("Evaluation mode").to_owned()),
        Some(AuthorizationStatus::EvaluationExpired) => {
            ("over", tr("Evaluation expired").to_owned())
        }
        Some(AuthorizationStatus::OutOfCompliance) => ("over", tr("Out of compliance").to_owned()),
        Some(AuthorizationStatus::AuthorizationExpired) => {
            ("over", tr("Authorization expired").to_owned())
        }
        Some(AuthorizationStatus::Other(sent)) => ("", sent.clone()),
        None => ("", numbers::UNKNOWN.to_owned()),
    };
    view! {
        {state(tr("Status"), class, words)}
        {line(tr("Reason"), of.failed_reason.clone())}
        {expiry(of.expires.as_ref())}
        {line(tr("Evaluation left"), of.evaluation_period_remaining.as_deref().map(left))}
        {line(tr("Last contact"), of.last_communication_attempt.clone())}
        {line(tr("It went"), of.last_communication_status.clone())}
        {line(tr("Next contact"), of.next_communication_attempt.clone())}
    }
    .into_any()
}

/// What is left of the evaluation. Cisco names no unit of it, but an evaluation has 90 days.
fn left(sent: &str) -> String {
    say!("{sent} (sent without a unit; an evaluation lasts 90 days)", sent)
}

fn entitlements(all: &[Entitlement]) -> AnyView {
    if all.is_empty() {
        return view! { <p>{tr("The cluster names none.")}</p> }.into_any();
    }
    let row = |of: &Entitlement| {
        let name = of.license_type.as_ref().map_or(of.tag.clone(), |name| name.name().to_owned());
        let class = of.license_type.as_ref().map_or("", tier);
        let (mark, words) = match &of.compliance {
            Some(Compliance::InCompliance) => ("ok", tr("in compliance").to_owned()),
            Some(Compliance::OutOfCompliance) => ("over", tr("out of compliance").to_owned()),
            Some(Compliance::Init) => ("", tr("nothing asked for yet").to_owned()),
            Some(Compliance::Other(sent)) => ("", sent.clone()),
            None => ("", numbers::UNKNOWN.to_owned()),
        };
        let icon = match mark {
            "ok" => icons::check(),
            "over" => icons::triangle(),
            _ => ().into_any(),
        };
        view! {
            <div role="row">
                <span role="rowheader" class=class title=of.tag.clone()>
                    <bdi>{name}</bdi>
                </span>
                <span role="cell" class="num">{numbers::figure(of.count)}</span>
                <span role="cell" class="state">
                    <span class=mark>{icon}</span>
                    <bdi>{words}</bdi>
                </span>
            </div>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = all.iter().map(row).collect();
    view! {
        <div role="table" aria-label=tr("Entitlements") class="totals-table entitlements">
            <div role="rowgroup">
                <div role="row" class="dim">
                    <span role="columnheader">{tr("License type")}</span>
                    <span role="columnheader" class="num">{tr("Required")}</span>
                    <span role="columnheader">{tr("Compliance")}</span>
                </div>
            </div>
            <div role="rowgroup">{rows}</div>
        </div>
    }
    .into_any()
}
