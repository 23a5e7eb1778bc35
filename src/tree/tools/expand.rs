//! Opens the tree down to a level.

use leptos::html;
use leptos::prelude::*;
use seatree_core::estate::{Estate, Kind};
use seatree_core::view::Rows;

use crate::app::context::Context;

const LEVELS: [(&str, &str, Kind); 5] = [
    ("groups", "Groups", Kind::Group),
    ("distributors", "Distributors", Kind::Distributor),
    ("resellers", "Resellers", Kind::Reseller),
    ("tenants", "Tenants", Kind::Tenant),
    ("subscriptions", "Subscriptions", Kind::Subscription),
];

pub fn expand(context: Context) -> AnyView {
    let field = NodeRef::<html::Select>::new();
    let choose = move |event| {
        let choice = event_target_value(&event);
        match choice.as_str() {
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
        if let Some(field) = field.get_untracked() {
            field.set_value("");
        }
    };
    let levels = LEVELS.map(|(key, words, _)| view! { <option value=key>{words}</option> });
    view! {
        <select class="button" aria-label="Expand to" node_ref=field on:change=choose>
            <option value="" hidden="">"Expand to"</option>
            <option value="all">"Everything"</option>
            {levels}
            <option value="none">"Nothing"</option>
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
