//! Brand, pages, the connections' pills and the theme.

use leptos::prelude::*;
use seatree_core::words::tr;

use super::Page;
use super::context::{Context, PanelAt, context};
use super::dialog::Dialog;
use crate::connections::pill;
use crate::platform::numbers;
use crate::platform::theme::{self, Theme};
use crate::ui::icons;
use crate::ui::live::{live, live_if, maybe, press, text};

pub fn header(page: Memo<Page>) -> AnyView {
    let context = context();
    let shown = context.theme;
    let other = text(move || {
        let words = match shown.get() {
            Theme::Light => tr("Use the dark theme"),
            Theme::Dark => tr("Use the light theme"),
        };
        words.to_owned()
    });
    let links: Vec<AnyView> = Page::ALL
        .into_iter()
        .map(|target| {
            let current = maybe(move || (page.get() == target).then(|| "page".to_owned()));
            let waiting = (target == Page::Changes).then(|| waiting(context));
            view! { <a href=target.href() aria-current=current>{target.name()} {waiting}</a> }
                .into_any()
        })
        .collect();
    let pills = live(move || {
        context.connections.list().iter().map(pill::pill).collect::<Vec<_>>().into_any()
    });
    view! {
        <header class="top-bar">
            <span class="brand">{icons::brand()} "Seatree"</span>
            <nav aria-label=tr("Pages")>{links}</nav>
            <button
                class="button go-to"
                aria-haspopup="dialog"
                aria-keyshortcuts="Control+K"
                on:click=press(move || context.dialog.set(Some(Dialog::Palette)))
            >
                {icons::lens()}
                <span class="go-to-words">{tr("Go to a customer, run a command")}</span>
                <kbd>{tr("Ctrl K")}</kbd>
            </button>
            <div class="pills">{pills}</div>
            <button
                class=text(move || format!("button connections {}", pill::worst(context)))
                aria-haspopup="dialog"
                on:click=press(move || context.panel.set(Some(PanelAt::List)))
            >
                <i class="dot" aria-hidden="true"></i>
                {icons::plug()}
                <span class="connections-words">{tr("Connections")}</span>
            </button>
            <button
                class="button bare"
                aria-label=other
                title=other
                on:click=press(move || {
                    shown.update(|theme| *theme = theme.other());
                    theme::choose(context.root, context.storage, shown.get_untracked());
                })
            >
                {icons::moon()}
            </button>
        </header>
    }
    .into_any()
}

/// How many changes wait to be sent.
fn waiting(context: Context) -> AnyView {
    live_if(move || {
        let count = context.edits.count().get();
        let badge = || view! { " " <b class="count">{numbers::whole(count)}</b> }.into_any();
        (count > 0).then(badge)
    })
}
