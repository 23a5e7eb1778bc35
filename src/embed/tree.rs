//! `<seatree-tree>`: the licenses as on the page, without what belongs to a page.

use leptos::prelude::*;
use seatree_core::plural;
use seatree_core::words::tr;

use super::connect::Link;
use super::notice::notice;
use super::status::status;
use crate::app::dialog::dialog;
use crate::app::{Context, Page};
use crate::edit;
use crate::tree;
use crate::ui::live::{live, live_if, press};

pub(super) fn tree(context: Context, link: Link) -> AnyView {
    let place = context.place.follow();
    let page = Memo::new(move |_| Page::at(&place.get()));
    let is_there = link.shows_something();
    view! {
        {notice(link)}
        {live_if(move || is_there.get().then(|| shown(context, link, page)))}
        {dialog()}
    }
    .into_any()
}

fn shown(context: Context, link: Link, page: Memo<Page>) -> AnyView {
    view! {
        {live_if(move || changes(context, page.get()))}
        {live(move || match page.get() {
            Page::Changes => edit::view(|code| code.page),
            Page::Licenses | Page::Services | Page::Clusters => tree::page(),
        })}
        {status(context, link)}
    }
    .into_any()
}

/// The way to the changes that wait, and back: an element has no header that leads there.
fn changes(context: Context, page: Page) -> Option<AnyView> {
    if page == Page::Changes {
        return Some(way(context, tr("Back to the licenses").to_owned(), Page::Licenses));
    }
    let words = match context.edits.count().get() {
        0 => return None,
        some => plural!(
            some,
            "{n} change is not sent yet: review it",
            "{n} changes are not sent yet: review them"
        ),
    };
    Some(way(context, words, Page::Changes))
}

fn way(context: Context, words: String, to: Page) -> AnyView {
    view! {
        <nav class="embed-way" aria-label=tr("Changes")>
            <button class="link" on:click=press(move || context.place.visit(to.href()))>
                {words}
            </button>
        </nav>
    }
    .into_any()
}
