//! Devices that require a license and belong to nobody.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::axl::{LicenseType, UnassignedDevice};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::aside::PagesState;
use super::ask;
use super::at::At;
use super::totals::tier;
use crate::app::Context;
use crate::platform::{clock, numbers};
use crate::ui::error_notice::error_notice;
use crate::ui::grid::{Grid, Rows};
use crate::ui::live::{flag, live_if, press, text};

/// Name, description, model, license type, extension.
const COLUMNS: usize = 5;

pub(super) fn devices(at: At) -> AnyView {
    let grid = Grid {
        label: tr("Devices without an owner"),
        role: "grid",
        class: "devices",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: flag(move || state(at) == Some(PagesState::Reading)),
        row_height: at.context().row_height(),
        head: head(),
        head_rows: 1,
        rows: Arc::new(DeviceRows { at }),
        selects: false,
        go_to: RwSignal::new(None),
    };
    view! {
        <div class="tab-words">
            <p class="dim">
                {tr("These name no user as their owner, so each requires a license of its own, beside those of the users. Giving one an owner may take it into a license that the owner requires anyway.")}
            </p>
            <p role="status">{text(move || summary(at))}</p>
            {live_if(move || failed(at, tr("Devices without an owner"), state(at)?, ask::devices))}
        </div>
        {grid.view()}
    }
    .into_any()
}

fn state(at: At) -> Option<PagesState> {
    let id = at.id()?;
    at.context().clusters.asides().devices.with(&id, |pages| Some(pages?.state.clone()))
}

fn summary(at: At) -> String {
    let Some(id) = at.id() else { return String::new() };
    at.context().clusters.asides().devices.with(&id, |pages| match pages {
        None if at.is_reading() => tr("They are read after the users.").to_owned(),
        None => tr("Sign in to list them.").to_owned(),
        Some(pages) => words(pages.rows.len(), &pages.state, &pages.notes, Unit::Device),
    })
}

/// What a list is of.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    User,
    Device,
}

/// How far a list is.
pub(super) fn words(count: usize, state: &PagesState, notes: &[String], unit: Unit) -> String {
    let time = |at_s: &i64| clock::time_of_day(*at_s);
    let words = match (state, unit) {
        (PagesState::Reading, Unit::User) => {
            plural!(count, "Reading: {n} user so far.", "Reading: {n} users so far.")
        }
        (PagesState::Reading, Unit::Device) => {
            plural!(count, "Reading: {n} device so far.", "Reading: {n} devices so far.")
        }
        (PagesState::Whole { at_s }, Unit::User) => {
            plural!(
                count,
                "{n} user, read at {time}.",
                "{n} users, read at {time}.",
                time = time(at_s)
            )
        }
        (PagesState::Whole { at_s }, Unit::Device) => plural!(
            count,
            "{n} device, read at {time}.",
            "{n} devices, read at {time}.",
            time = time(at_s)
        ),
        (PagesState::Failed(_), Unit::User) => plural!(
            count,
            "Incomplete: the {n} user that came is kept.",
            "Incomplete: the {n} users that came are kept."
        ),
        (PagesState::Failed(_), Unit::Device) => plural!(
            count,
            "Incomplete: the {n} device that came is kept.",
            "Incomplete: the {n} devices that came are kept."
        ),
    };
    match notes.first() {
        Some(first) => {
            [&words, " ", &say!("Could not be read, among others: {first}.", first)].concat()
        }
        None => words,
    }
}

/// The error of a list with a button that goes on with it.
pub(super) fn failed(
    at: At,
    title: &'static str,
    state: PagesState,
    go_on: fn(Context, String),
) -> Option<AnyView> {
    let PagesState::Failed(error) = state else { return None };
    let act = press(move || {
        if let Some(id) = at.id_untracked() {
            go_on(at.context(), id);
        }
    });
    let view = view! {
        {error_notice(title, &error)}
        <p>
            <button class="button small" on:click=act>{tr("Go on reading")}</button>
        </p>
    };
    Some(view.into_any())
}

struct DeviceRows {
    at: At,
}

impl DeviceRows {
    fn with<T>(at: At, look: impl FnOnce(&[UnassignedDevice]) -> T) -> Option<T> {
        let id = at.id()?;
        at.context().clusters.asides().devices.with(&id, |pages| Some(look(&pages?.rows)))
    }
}

impl Rows for DeviceRows {
    fn count(&self) -> usize {
        Self::with(self.at, <[UnassignedDevice]>::len).unwrap_or(0)
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let at = self.at;
        let device =
            Memo::new(move |_| Self::with(at, |rows| rows.get(index.get()).cloned()).flatten());
        live_if(move || device.get().map(|device| cells(&device)))
    }
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            <span role="columnheader" class="name">{tr("Device")}</span>
            <span role="columnheader" class="text wide">{tr("Description")}</span>
            <span role="columnheader" class="text wide">{tr("Model")}</span>
            <span role="columnheader" class="text">{tr("License type")}</span>
            <span role="columnheader" class="text wide">{tr("Extension")}</span>
        </div>
    }
    .into_any()
}

fn cells(device: &UnassignedDevice) -> AnyView {
    let sent = |text: &str| if text.is_empty() { numbers::UNKNOWN } else { text }.to_owned();
    let wide = |text: &str| {
        view! {
            <span role="gridcell" class="text wide" title=text.to_owned()>
                <bdi>{sent(text)}</bdi>
            </span>
        }
        .into_any()
    };
    let license = LicenseType::of(&device.license_type);
    let class = license.as_ref().map_or("", tier);
    let license = license.map_or(numbers::UNKNOWN.to_owned(), |of| of.name().to_owned());
    view! {
        <span role="rowheader" class="name">
            <bdi class="label" title=device.name.clone()>
                {sent(&device.name)}
            </bdi>
        </span>
        {wide(&device.description)}
        {wide(&device.device_type)}
        <span role="gridcell" class="text">
            <span class=class>
                <bdi>{license}</bdi>
            </span>
        </span>
        {wide(&device.extension)}
    }
    .into_any()
}
