//! The users that are shown, as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::export::PeopleCsv;
use seatree_core::plural;
use seatree_core::words::{later, said, tr};

use crate::clusters::at::At;
use crate::platform::pace::Pace;
use crate::platform::save::File;
use crate::platform::{clock, confirm};
use crate::ui::live::{flag, press, text};

/// Users written between two looks at the clock.
const AT_ONCE: usize = 256;
/// Bytes that are given to the browser at once.
const PIECE: usize = 1 << 20;

pub(super) fn button(at: At) -> AnyView {
    let count = Memo::new(move |_| at.with_list(|list| list.people.rows().len()).unwrap_or(0));
    let outcome = RwSignal::new(String::new());
    let act = press(move || {
        let question = plural!(
            count.get_untracked(),
            "Save {n} user as CSV? The file holds the names and user ids of people: keep it as \
             such data is kept.",
            "Save {n} users as CSV? The file holds the names and user ids of people: keep it as \
             such data is kept."
        );
        if confirm::ask(&question) {
            spawn_local(async move {
                let words = write(at).await;
                outcome.try_set(words);
            });
        }
    });
    view! {
        <button
            class="button"
            title=tr("The users that are shown, as CSV; it holds the names of people")
            disabled=flag(move || count.get() == 0)
            on:click=act
        >
            {tr("Export…")}
        </button>
        <span class="sr-only" role="status">
            {text(move || outcome.get())}
        </span>
    }
    .into_any()
}

/// Writes the rows as they are now, and tells how that went.
async fn write(at: At) -> String {
    let begun = untrack(|| {
        let entry = at.context().connections.find(&at.id()?)?;
        let (number, rows) = at.with_list(|list| (list.number, list.people.rows().to_vec()))?;
        Some((entry.connection.name.clone(), number, rows))
    });
    let Some((name, number, rows)) = begun else { return String::new() };
    let mut out = Vec::with_capacity(PIECE + PIECE / 8);
    let mut csv = PeopleCsv::begin(&mut out);
    let mut file = File::new("text/csv;charset=utf-8");
    let mut pace = Pace::begin();
    for some in rows.chunks(AT_ONCE) {
        if at.is_left() {
            return String::new();
        }
        let written = untrack(|| {
            at.with_list(|list| {
                let is_same = list.number == number;
                for &row in some.iter().filter(|_| is_same) {
                    csv.row(&name, &list.users.user(row as usize), &mut out);
                }
                is_same
            })
        });
        if written != Some(true) {
            return tr("The list changed while it was written: export again.").to_owned();
        }
        if out.len() >= PIECE {
            if !file.push(&out) {
                return said(NO_ROOM).to_owned();
            }
            out.clear();
        }
        pace.breathe().await;
    }
    if !file.push(&out) {
        return said(NO_ROOM).to_owned();
    }
    let file_name = ["seatree-users-", &clock::today(), ".csv"].concat();
    match file.save(&file_name) {
        Ok(()) => plural!(
            rows.len(),
            "{n} user written to {file_name}.",
            "{n} users written to {file_name}.",
            file_name
        ),
        Err(_) => said(NO_ROOM).to_owned(),
    }
}

const NO_ROOM: &str = later(
    "The browser did not take the file, perhaps for want of room: free some, or \
                       filter first.",
);
