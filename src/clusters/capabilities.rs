//! What users were enabled for, as the oldest releases have it.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::axl::legacy::LicenseCapabilities;
use seatree_core::words::tr;

use super::aside::PagesState;
use super::ask;
use super::at::At;
use super::devices::{Unit, failed, words};
use crate::platform::numbers;
use crate::ui::grid::{Grid, Rows};
use crate::ui::live::{flag, live_if, press, text};

/// User id, presence, personal communicator.
const COLUMNS: usize = 3;

pub(super) fn capabilities(at: At) -> AnyView {
    let grid = move || Grid {
        label: tr("Capabilities of the users"),
        role: "grid",
        class: "capabilities",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: flag(move || state(at) == Some(PagesState::Reading)),
        row_height: at.context().row_height(),
        head: head(),
        head_rows: 1,
        rows: Arc::new(CapabilityRows { at }),
        selects: false,
        go_to: RwSignal::new(None),
    };
    let is_asked = Memo::new(move |_| state(at).is_some());
    let list = move || {
        if let Some(id) = at.id_untracked() {
            ask::capabilities(at.context(), id);
        }
    };
    view! {
        <div class="tab-words">
            <p class="dim">
                {tr("Before licenses followed from users, Presence and Personal Communicator were enabled for each by hand, and took units.")}
            </p>
            <p role="status">{text(move || summary(at))}</p>
            {live_if(move || failed(at, tr("Capabilities"), state(at)?, ask::capabilities))}
            {live_if(move || {
                let button = || {
                    view! {
                        <p>
                            <button class="button" on:click=press(list)>{tr("List them")}</button>
                        </p>
                    }
                    .into_any()
                };
                (!is_asked.get()).then(button)
            })}
        </div>
        {live_if(move || is_asked.get().then(|| grid().view()))}
    }
    .into_any()
}

fn state(at: At) -> Option<PagesState> {
    let id = at.id()?;
    at.context().clusters.asides().capabilities.with(&id, |pages| Some(pages?.state.clone()))
}

fn summary(at: At) -> String {
    let Some(id) = at.id() else { return String::new() };
    at.context().clusters.asides().capabilities.with(&id, |pages| match pages {
        None => String::new(),
        Some(pages) => words(pages.rows.len(), &pages.state, &pages.notes, Unit::User),
    })
}

struct CapabilityRows {
    at: At,
}

impl CapabilityRows {
    fn with<T>(at: At, look: impl FnOnce(&[LicenseCapabilities]) -> T) -> Option<T> {
        let id = at.id()?;
        at.context().clusters.asides().capabilities.with(&id, |pages| Some(look(&pages?.rows)))
    }
}

impl Rows for CapabilityRows {
    fn count(&self) -> usize {
        Self::with(self.at, <[LicenseCapabilities]>::len).unwrap_or(0)
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let at = self.at;
        let user =
            Memo::new(move |_| Self::with(at, |rows| rows.get(index.get()).cloned()).flatten());
        live_if(move || user.get().map(|user| cells(&user)))
    }
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            <span role="columnheader" class="name">{tr("User")}</span>
            <span role="columnheader" class="text">{tr("Presence")}</span>
            <span role="columnheader" class="text">{tr("Personal Communicator")}</span>
        </div>
    }
    .into_any()
}

fn cells(user: &LicenseCapabilities) -> AnyView {
    let flag = |flag: Option<bool>| match flag {
        Some(true) => tr("enabled"),
        Some(false) => tr("no"),
        None => numbers::UNKNOWN,
    };
    view! {
        <span role="rowheader" class="name">
            <bdi class="label">{user.user_id.clone()}</bdi>
        </span>
        <span role="gridcell" class="text">{flag(user.presence)}</span>
        <span role="gridcell" class="text">{flag(user.personal_communicator)}</span>
    }
    .into_any()
}
