//! The list of keys.

use leptos::prelude::*;
use seatree_core::words::{later, said, tr};

use crate::platform::part::{View, part};

part!(
    tools,
    /// What keys there are.
    pub fn keys() -> View {
        content
    }
);

const ANYWHERE: &[(&str, &str)] = &[
    (later("Ctrl K"), later("Go to a node or run a command")),
    ("/", later("Filter by name or id")),
    ("?", later("This list")),
    (later("Escape"), later("Close what is open")),
];

const ROWS: &[(&str, &str)] = &[
    ("↑ ↓", later("The row above or below")),
    (later("Page ↑ ↓"), later("A screen up or down")),
    (later("Home End"), later("The first or last row")),
    ("→", later("Open the row; on an open one, into its cells")),
    ("←", later("Close the row; on a closed one, to the row it is part of")),
    ("*", later("Open all rows beside this one")),
    ("a–z", later("The next row whose name begins so")),
    (later("Enter"), later("Show the details")),
    ("F2", later("A new limit for the subscription")),
];

const SELECTING: &[(&str, &str)] = &[
    (later("Space"), later("Select the row, or not")),
    (later("Shift ↑ ↓"), later("Select row after row")),
    (later("Shift Space"), later("Select from the last one to here")),
    (later("Ctrl A"), later("Select all rows shown")),
    (later("Escape"), later("Select nothing, close the details")),
];

const CELLS: &[(&str, &str)] = &[
    ("← →", later("The cell beside; from the first back to the row")),
    ("↑ ↓", later("The same column of another row")),
    (later("Home End"), later("The first or last cell of the row")),
    (later("Ctrl Home End"), later("The first or last row")),
];

const CHANGES: &[(&str, &str)] = &[
    ("↑ ↓", later("The change above or below, with what it does")),
    (later("Delete"), later("Take the change out of the draft")),
    (later("Escape"), later("Close what is beside")),
];

fn content() -> AnyView {
    let groups: [(&str, &[(&str, &str)]); 5] = [
        (tr("Anywhere"), ANYWHERE),
        (tr("In the tree"), ROWS),
        (tr("Selecting"), SELECTING),
        (tr("In the cells of a row"), CELLS),
        (tr("In the draft of changes"), CHANGES),
    ];
    let groups: Vec<AnyView> = groups.into_iter().map(group).collect();
    view! { <div class="keys">{groups}</div> }.into_any()
}

fn group((title, keys): (&'static str, &'static [(&'static str, &'static str)])) -> AnyView {
    let keys: Vec<AnyView> = keys.iter().map(key).collect();
    view! {
        <section>
            <h3>{title}</h3>
            <dl>{keys}</dl>
        </section>
    }
    .into_any()
}

fn key((keys, does): &(&'static str, &'static str)) -> AnyView {
    view! {
        <div>
            <dt>
                <kbd>{said(keys)}</kbd>
            </dt>
            <dd>{said(does)}</dd>
        </div>
    }
    .into_any()
}
