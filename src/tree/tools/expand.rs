//! Opens the tree down to a level.

use leptos::html;
use leptos::prelude::*;
use seatree_core::estate::{Estate, Kind};
use seatree_core::view::Rows;
use seatree_core::words::{later, said, tr};
use web_sys::KeyboardEvent;

use crate::app::context::Context;

const LEVELS: [(&str, &str, Kind); 5] = [
    ("groups", later("Groups"), Kind::Group),
    ("distributors", later("Distributors"), Kind::Distributor),
    ("resellers", later("Resellers"), Kind::Reseller),
    ("tenants", later("Tenants"), Kind::Tenant),
    ("subscriptions", later("Subscriptions"), Kind::Subscription),
];

pub fn expand(context: Context) -> AnyView {
    let field = NodeRef::<html::Select>::new();
    // Walking along the choices by arrow or letter chooses none of them yet; Enter does.
    let is_walking = StoredValue::new(false);
    let choose = move || {
        let Some(field) = field.get_untracked() else { return };
        is_walking.set_value(false);
        match field.value().as_str() {
            "all" => context.estate.view(Rows::expand_all),
            "none" => context.estate.view(Rows::collapse_all),
            level => {
                if let Some((.., kind)) = LEVELS.iter().find(|(key, ..)| *key == level) {
                    context
                        .estate
                        .view(|rows, estate| rows.expand_to(estate, depth(estate, *kind)));
                }
            }
        }
        // It is a menu, not a state: the same choice can be made again.
        field.set_value("");
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if is_walking.get_value() => {
            event.prevent_default();
            choose();
        }
        "Enter" | "Tab" | "Shift" => {}
        // These open the list, where choosing is meant.
        " " | "F4" | "Escape" => is_walking.set_value(false),
        _ => is_walking.set_value(!event.alt_key()),
    };
    let on_change = move |_| {
        if !is_walking.get_value() {
            choose();
        }
    };
    let leave = move |_| {
        is_walking.set_value(false);
        if let Some(field) = field.get_untracked() {
            field.set_value("");
        }
    };
    let levels = LEVELS.map(|(key, words, _)| view! { <option value=key>{said(words)}</option> });
    view! {
        <select
            class="button"
            aria-label=tr("Expand to")
            node_ref=field
            on:change=on_change
            on:keydown=on_key
            on:pointerdown=move |_| is_walking.set_value(false)
            on:blur=leave
        >
            <option value="" hidden="">{tr("Expand to")}</option>
            <option value="all">{tr("Everything")}</option>
            {levels}
            <option value="none">{tr("Nothing")}</option>
        </select>
    }
    .into_any()
}

/// How deep a kind stands where all levels above it are there.
fn depth(estate: &Estate, kind: Kind) -> u8 {
    let of_tree = |tree: &seatree_core::estate::Tree| {
        (0..).take(tree.len()).filter(|node| tree.kind(*node) == kind).map(|n| tree.depth(n)).max()
    };
    estate.trees().iter().filter_map(of_tree).max().unwrap_or(0)
}
