//! What stands above the tree: filter, findings, and what changes the view.

mod expand;
mod search;

pub use search::ID as FILTER_ID;

use leptos::prelude::*;
use seatree_core::words::tr;

use super::findings;
use crate::app::context::Context;
use crate::app::dialog::Dialog;
use crate::ui::icons;
use crate::ui::live::{live_if, press, text};

pub fn tools(context: Context) -> AnyView {
    let flat = text(move || context.tree.is_flat.get().to_string());
    let details = text(move || context.tree.details.get().to_string());
    view! {
        <div class="tools" part="tools">
            {search::search(context)}
            {findings::chips(context)}
            <span class="spring"></span>
            {expand::expand(context)}
            <button
                class="button"
                aria-pressed=flat
                title=tr("All subscriptions, services and license types, without what is above them")
                on:click=press(move || context.flatten(!context.tree.is_flat.get_untracked()))
            >
                {tr("Flat list")}
            </button>
            {opener(context, Dialog::Filter, tr("Filter"))}
            <span class="wide-only">{opener(context, Dialog::Columns, tr("Columns"))}</span>
            {opener(context, Dialog::Export, tr("Export"))}
            <button
                class="button bare"
                aria-pressed=details
                aria-label=tr("Details")
                title=tr("Details of the focused row (Enter)")
                on:click=press(move || context.tree.details.update(|open| *open = !*open))
            >
                {icons::side()}
            </button>
        </div>
    }
    .into_any()
}

fn opener(context: Context, dialog: Dialog, words: &'static str) -> AnyView {
    let mark = live_if(move || {
        let filter = context.tree.filter.get();
        let is_on =
            dialog == Dialog::Filter && !(filter.kinds.is_empty() && filter.ranges.is_empty());
        is_on.then(|| view! { <i class="on" title=tr("in use")></i> }.into_any())
    });
    view! {
        <button
            class="button"
            aria-haspopup="dialog"
            on:click=press(move || context.dialog.set(Some(dialog)))
        >
            {words}
            {mark}
        </button>
    }
    .into_any()
}
