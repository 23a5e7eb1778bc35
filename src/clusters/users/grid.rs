//! The users as a grid of any length.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::people::{By, Sorted};
use seatree_core::say;
use seatree_core::words::{later, tr};
use web_sys::{KeyboardEvent, MouseEvent};

use super::row::{Shown, cells};
use crate::clusters::at::{At, Person};
use crate::ui::grid::{GoTo, Grid, Key, RowState, Rows, Step};
use crate::ui::icons;
use crate::ui::live::{flag, live_if, maybe, press};

/// User id, last and first name, license type, used, devices, SNR, extension mobility.
const COLUMNS: usize = 8;

pub(super) fn grid(at: At) -> AnyView {
    let go_to = RwSignal::new(None);
    // Closing the explanation leads back to whom it was of.
    Effect::new(move |before: Option<Option<Person>>| {
        let now = at.person.get();
        if let (Some(Some(person)), None) = (before, &now)
            && at.context().root.is_focus_lost()
        {
            let row = untrack(|| at.with_list(|list| person.row_in(list)));
            go_to.set(row.flatten().map(|row| GoTo::Focus(row.into())));
        }
        now
    });
    let grid = Grid {
        label: tr("Licensed users"),
        role: "grid",
        class: "users",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: flag(move || at.is_reading()),
        row_height: at.context().row_height(),
        head: head(at),
        head_rows: 1,
        rows: Arc::new(UserRows { at }),
        selects: false,
        go_to,
    };
    let nothing = live_if(move || {
        let is_hidden = at.with_list(|list| {
            list.people.rows().is_empty()
                && !list.users.is_empty()
                && !list.people.wanted().is_empty()
        });
        (is_hidden == Some(true)).then(|| {
            view! {
                <div class="nothing">
                    <p>{tr("Nobody here is what you look for.")}</p>
                </div>
            }
            .into_any()
        })
    });
    view! {
        <div class="users-place">
            {grid.view()}
            {nothing}
        </div>
    }
    .into_any()
}

/// The rows of the grid. A row's key is the user's place in the table.
struct UserRows {
    at: At,
}

impl UserRows {
    /// The user's place in the table.
    fn row(&self, index: usize) -> Option<u32> {
        untrack(|| self.at.with_list(|list| list.people.rows().get(index).copied()).flatten())
    }

    fn open(&self, index: usize) {
        let person = untrack(|| {
            self.at.with_list(|list| {
                let row = *list.people.rows().get(index)?;
                Some(Person::of(list, row))
            })
        });
        if let Some(person) = person.flatten() {
            self.at.person.set(Some(person));
        }
    }
}

impl Rows for UserRows {
    fn count(&self) -> usize {
        self.at.with_list(|list| list.people.rows().len()).unwrap_or(0)
    }

    fn key(&self, index: usize) -> Key {
        self.row(index).map_or(Key::MAX, Key::from)
    }

    fn index_of(&self, key: Key) -> Option<usize> {
        let row = u32::try_from(key).ok()?;
        let index = untrack(|| {
            self.at.with_list(|list| {
                let is_there = (row as usize) < list.users.len();
                is_there.then(|| list.people.index_of(&list.users, row)).flatten()
            })
        });
        index.flatten()
    }

    fn state(&self, index: usize) -> RowState {
        // Which user is explained beside the rows.
        let open = self.at.person.with(|person| {
            let person = person.as_ref()?;
            untrack(|| self.at.with_list(|list| person.row_in(list)))
        });
        let selected = open.map(|open| open.is_some() && open == self.row(index));
        RowState { selected, ..RowState::default() }
    }

    fn cells(&self, index: Signal<usize>) -> AnyView {
        let at = self.at;
        let shown = Memo::new(move |_| {
            let index = index.get();
            let shown = at.with_list(|list| {
                let row = *list.people.rows().get(index)?;
                Some(Shown::of(&list.users.user(row as usize)))
            });
            shown.flatten()
        });
        live_if(move || shown.get().map(|user| cells(&user)))
    }

    fn on_key(&self, event: &KeyboardEvent, index: usize) -> Option<Step> {
        match event.key().as_str() {
            "Enter" => self.open(index),
            "Escape" if self.at.person.with_untracked(Option::is_some) => self.at.person.set(None),
            "ArrowRight" => return Some(Step::Cells),
            _ => return None,
        }
        Some(Step::Stay)
    }

    fn on_press(&self, _: &MouseEvent, index: usize) {
        self.open(index);
    }
}

fn head(at: At) -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            {column(at, By::UserId, "name", tr("User"), tr("user id"), "0")}
            {column(at, By::LastName, "text wide", tr("Last name"), tr("last name"), "-1")}
            {column(at, By::FirstName, "text wide roomy", tr("First name"), tr("first name"), "-1")}
            {column(at, By::License, "text", tr("License type"), tr("license type"), "-1")}
            {column(at, By::Used, "num wide roomy", tr("Used"), tr("licenses used"), "-1")}
            {column(at, By::Devices, "num wide", tr("Devices"), tr("devices owned"), "-1")}
            {column(at, By::Snr, "text wide", "SNR", tr("single number reach"), "-1")}
            {column(at, By::Em, "text wide roomy", tr("Ext. mobility"), tr("extension mobility"), "-1")}
        </div>
    }
    .into_any()
}

fn column(
    at: At,
    by: By,
    class: &'static str,
    words: &'static str,
    by_words: &'static str,
    tab: &'static str,
) -> AnyView {
    let sorted = Memo::new(move |_| {
        at.with_list(|list| list.people.sorted()).flatten().filter(|sorted| sorted.by == by)
    });
    let direction = maybe(move || {
        let sorted = sorted.get()?;
        Some(if sorted.descending { "descending" } else { "ascending" }.to_owned())
    });
    view! {
        <span role="columnheader" class=class aria-sort=direction>
            <button
                class="sort"
                tabindex=tab
                title=say!("Sort by {by_words}", by_words)
                on:click=press(move || at.arrange(|_, sorted| *sorted = next(*sorted, by)))
            >
                {live_if(move || Some(icons::arrow(sorted.get()?.descending)))}
                {words}
            </button>
        </span>
    }
    .into_any()
}

/// The orders that are offered where there is no room for the header.
pub(super) const ORDERS: [(&str, Sorted); 5] = [
    (later("User"), Sorted { by: By::UserId, descending: false }),
    (later("Last name"), Sorted { by: By::LastName, descending: false }),
    (later("License, dearest first"), Sorted { by: By::License, descending: true }),
    (later("Devices, most first"), Sorted { by: By::Devices, descending: true }),
    (later("SNR first"), Sorted { by: By::Snr, descending: true }),
];

/// Figures and yes sort from the most, texts from the first letter; a third press gives the
/// cluster's own order back.
fn next(before: Option<Sorted>, by: By) -> Option<Sorted> {
    let first = !matches!(by, By::UserId | By::FirstName | By::LastName);
    match before.filter(|before| before.by == by) {
        None => Some(Sorted { by, descending: first }),
        Some(before) if before.descending == first => Some(Sorted { by, descending: !first }),
        Some(_) => None,
    }
}
