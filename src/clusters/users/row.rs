//! One user's cells.

use leptos::prelude::*;
use seatree_core::axl::{LicenseType, UserRow};
use seatree_core::people::{Flag, Required};
use seatree_core::words::{later, said, tr};

use crate::clusters::totals::tier;
use crate::platform::numbers;

/// Said of a cell without a figure; what the release tells is in a tab of its own.
const UNTOLD: &str = later("Not in the cluster's reply");

/// A user's row as text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    user_id: String,
    last_name: String,
    first_name: String,
    required: Required,
    used: String,
    devices: String,
    snr: &'static str,
    mobility: &'static str,
}

impl Shown {
    pub(super) fn of(user: &UserRow<'_>) -> Self {
        Self {
            user_id: user.user_id.to_owned(),
            last_name: user.last_name.to_owned(),
            first_name: user.first_name.to_owned(),
            required: Required::of(user),
            used: numbers::figure(user.license_used),
            devices: numbers::figure(user.device_count),
            snr: yes_or_no(user.snr),
            mobility: yes_or_no(user.em),
        }
    }
}

fn yes_or_no(flag: Option<bool>) -> &'static str {
    match Flag::of(flag) {
        Flag::Unknown => numbers::UNKNOWN,
        told => told.name(),
    }
}

/// What a user requires, as its cell and its class.
pub(in crate::clusters) fn license(required: &Required) -> (String, &'static str) {
    match required {
        Required::Untold => (numbers::UNKNOWN.to_owned(), "dim"),
        Required::Nothing => (tr("none").to_owned(), "dim"),
        Required::Type(LicenseType::Unnamed) => (tr("unnamed type").to_owned(), "tier-7"),
        Required::Type(of) => (of.name().to_owned(), tier(of)),
    }
}

pub(super) fn cells(user: &Shown) -> AnyView {
    let untold = |text: &str| (text == numbers::UNKNOWN).then(|| said(UNTOLD));
    let (license, class) = license(&user.required);
    let name = |class: &'static str, text: &str| {
        view! {
            <span role="gridcell" class=class>
                <bdi title=text.to_owned()>{text.to_owned()}</bdi>
            </span>
        }
        .into_any()
    };
    let plain = |class: &'static str, text: String| {
        view! {
            <span role="gridcell" class=class title=untold(&text)>
                {text.clone()}
            </span>
        }
        .into_any()
    };
    view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=user.user_id.clone()>
                {user.user_id.clone()}
            </bdi>
        </span>
        {name("text wide", &user.last_name)}
        {name("text wide roomy", &user.first_name)}
        <span role="gridcell" class="text" title=untold(&license)>
            <span class=class>
                <bdi>{license.clone()}</bdi>
            </span>
        </span>
        {plain("num wide roomy", user.used.clone())}
        {plain("num wide", user.devices.clone())}
        {plain("text wide", user.snr.to_owned())}
        {plain("text wide roomy", user.mobility.to_owned())}
    }
    .into_any()
}
