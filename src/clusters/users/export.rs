//! The users that are shown, as a file.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::export::PeopleCsv;

use crate::clusters::at::At;
use crate::platform::numbers::whole;
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
    let said = RwSignal::new(String::new());
    let act = press(move || {
        let users = if count.get_untracked() == 1 { "user" } else { "users" };
        let question = format!(
            "Save {} {users} as CSV? The file holds the names and user ids of people: keep it as \
             such data is kept.",
            whole(count.get_untracked())
        );
        if confirm::ask(&question) {
            spawn_local(async move {
                let words = write(at).await;
                said.try_set(words);
            });
        }
    });
    view! {
        <button
            class="button"
            title="The users that are shown, as CSV; it holds the names of people"
            disabled=flag(move || count.get() == 0)
            on:click=act
        >
            "Export…"
        </button>
        <span class="sr-only" role="status">
            {text(move || said.get())}
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
            return "The list changed while it was written: export again.".to_owned();
        }
        if out.len() >= PIECE {
            if !file.push(&out) {
                return NO_ROOM.to_owned();
            }
            out.clear();
        }
        pace.breathe().await;
    }
    if !file.push(&out) {
        return NO_ROOM.to_owned();
    }
    let file_name = ["seatree-users-", &clock::today(), ".csv"].concat();
    match file.save(&file_name) {
        Ok(()) => format!("{} users written to {file_name}.", whole(rows.len())),
        Err(_) => NO_ROOM.to_owned(),
    }
}

const NO_ROOM: &str = "The browser did not take the file, perhaps for want of room: free some, or \
                       filter first.";
