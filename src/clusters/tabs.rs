//! What the page shows of a cluster, one at a time.

use leptos::prelude::*;
use seatree_core::axl::{Capability, Source};
use seatree_core::words::tr;
use web_sys::KeyboardEvent;

use super::at::At;
use super::{abilities, capabilities, devices, smart, users, what_if};
use crate::platform::numbers;
use crate::ui::live::{live, press, text};

/// What can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Users,
    WhatIf,
    Devices,
    Capabilities,
    Smart,
    Abilities,
}

impl Tab {
    const ALL: [Self; 6] = [
        Self::Users,
        Self::WhatIf,
        Self::Devices,
        Self::Capabilities,
        Self::Smart,
        Self::Abilities,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Users => tr("Users"),
            Self::WhatIf => tr("One device less"),
            Self::Devices => tr("Devices without an owner"),
            Self::Capabilities => tr("Capabilities"),
            Self::Smart => tr("Smart Licensing"),
            Self::Abilities => tr("What this cluster can tell"),
        }
    }

    /// What the address bar calls it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::WhatIf => "what-if",
            Self::Devices => "devices",
            Self::Capabilities => "capabilities",
            Self::Smart => "smart",
            Self::Abilities => "abilities",
        }
    }

    pub(super) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.word() == word)
    }

    fn id(self) -> &'static str {
        match self {
            Self::Users => "tab-users",
            Self::WhatIf => "tab-what-if",
            Self::Devices => "tab-devices",
            Self::Capabilities => "tab-capabilities",
            Self::Smart => "tab-smart",
            Self::Abilities => "tab-abilities",
        }
    }

    /// Whether the cluster has it.
    fn is_there(self, at: At) -> bool {
        let has_users = || at.with(|cluster| cluster.units.is_none()) == Some(true);
        match self {
            Self::Users => has_users(),
            Self::WhatIf => has_users() && at.with(|c| c.source) == Some(Source::Operation),
            Self::Devices => at.can(Capability::UnassignedDevices),
            // Since users are licensed they mean nothing any more.
            Self::Capabilities => !has_users() && at.can(Capability::LicenseCapabilities),
            Self::Smart => at.can(Capability::SmartStatus),
            Self::Abilities => true,
        }
    }

    /// How many there are, once that is known.
    fn count(self, at: At) -> Option<usize> {
        let asides = at.context().clusters.asides();
        match self {
            Self::Users => at.with(|cluster| cluster.list.users.len()),
            Self::Devices => asides
                .devices
                .with(&at.id()?, |pages| Some(pages.filter(|p| p.is_whole())?.rows.len())),
            _ => None,
        }
    }

    fn content(self, at: At) -> AnyView {
        match self {
            Self::Users => users::users(at),
            Self::WhatIf => what_if::what_if(at),
            Self::Devices => devices::devices(at),
            Self::Capabilities => capabilities::capabilities(at),
            Self::Smart => smart::smart(at),
            Self::Abilities => abilities::abilities(at),
        }
    }
}

/// The id of a tab's button, to give it the focus.
pub(super) fn id(tab: Tab) -> &'static str {
    tab.id()
}

/// The tabs that the cluster has, and what the chosen one shows.
pub(super) fn tabs(at: At) -> AnyView {
    let there =
        Memo::new(move |_| Tab::ALL.into_iter().filter(|tab| tab.is_there(at)).collect::<Vec<_>>());
    // Another cluster may not have the one that was shown.
    let shown = Memo::new(move |_| {
        let there = there.get();
        let chosen = at.tab.get();
        if there.contains(&chosen) { chosen } else { *there.first().unwrap_or(&Tab::Abilities) }
    });
    let list = live(move || {
        let there = there.get();
        there.into_iter().map(|tab| button(at, tab, shown)).collect::<Vec<_>>().into_any()
    });
    let on_key = move |event: KeyboardEvent| {
        let there = there.get_untracked();
        let Some(place) = there.iter().position(|tab| *tab == shown.get_untracked()) else {
            return;
        };
        let to = match event.key().as_str() {
            "ArrowRight" => (place + 1) % there.len(),
            "ArrowLeft" => (place + there.len() - 1) % there.len(),
            "Home" => 0,
            "End" => there.len() - 1,
            _ => return,
        };
        event.prevent_default();
        at.tab.set(there[to]);
        at.context().root.focus_id(there[to].id());
    };
    view! {
        <div class="tabs" role="tablist" aria-label=tr("Of this cluster") on:keydown=on_key>
            {list}
        </div>
        <div
            class="tab-panel"
            id="tab-panel"
            role="tabpanel"
            aria-labelledby=text(move || shown.get().id().to_owned())
        >
            {live(move || shown.get().content(at))}
        </div>
    }
    .into_any()
}

fn button(at: At, tab: Tab, shown: Memo<Tab>) -> AnyView {
    let count = Memo::new(move |_| tab.count(at));
    view! {
        <button
            role="tab"
            id=tab.id()
            aria-selected=text(move || (shown.get() == tab).to_string())
            aria-controls="tab-panel"
            tabindex=text(move || if shown.get() == tab { "0" } else { "-1" }.to_owned())
            on:click=press(move || at.tab.set(tab))
        >
            {tab.name()}
            " "
            <span class="dim num">
                {text(move || count.get().map(numbers::whole).unwrap_or_default())}
            </span>
        </button>
    }
    .into_any()
}
