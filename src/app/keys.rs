//! The list of keys.

use leptos::prelude::*;

use crate::platform::part::{View, part};

part!(
    tools,
    /// What keys there are.
    pub fn keys() -> View {
        content
    }
);

const ANYWHERE: &[(&str, &str)] = &[
    ("Ctrl K", "Go to a node or run a command"),
    ("/", "Filter by name or id"),
    ("?", "This list"),
    ("Escape", "Close what is open"),
];

const ROWS: &[(&str, &str)] = &[
    ("↑ ↓", "The row above or below"),
    ("Page ↑ ↓", "A screen up or down"),
    ("Home End", "The first or last row"),
    ("→", "Open the row; on an open one, into its cells"),
    ("←", "Close the row; on a closed one, to the row it is part of"),
    ("*", "Open all rows beside this one"),
    ("a–z", "The next row whose name begins so"),
    ("Enter", "Show the details"),
    ("F2", "A new limit for the subscription"),
];

const SELECTING: &[(&str, &str)] = &[
    ("Space", "Select the row, or not"),
    ("Shift ↑ ↓", "Select row after row"),
    ("Shift Space", "Select from the last one to here"),
    ("Ctrl A", "Select all rows shown"),
    ("Escape", "Select nothing, close the details"),
];

const CELLS: &[(&str, &str)] = &[
    ("← →", "The cell beside; from the first back to the row"),
    ("↑ ↓", "The same column of another row"),
    ("Home End", "The first or last cell of the row"),
    ("Ctrl Home End", "The first or last row"),
];

const CHANGES: &[(&str, &str)] = &[
    ("↑ ↓", "The change above or below, with what it does"),
    ("Delete", "Take the change out of the draft"),
    ("Escape", "Close what is beside"),
];

fn content() -> AnyView {
    let groups: [(&str, &[(&str, &str)]); 5] = [
        ("Anywhere", ANYWHERE),
        ("In the tree", ROWS),
        ("Selecting", SELECTING),
        ("In the cells of a row", CELLS),
        ("In the draft of changes", CHANGES),
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
                <kbd>{*keys}</kbd>
            </dt>
            <dd>{*does}</dd>
        </div>
    }
    .into_any()
}
