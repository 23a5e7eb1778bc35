//! What narrows the users, and the cluster's own search.

use leptos::html;
use leptos::prelude::*;
use seatree_core::axl::{Capability, Source};
use seatree_core::people::Wanted;
use seatree_core::say;
use seatree_core::words::tr;
use web_sys::KeyboardEvent;

use super::filters::{devices, flag, order, required, step, wanted};
use super::{export, search};
use crate::clusters::at::{At, Which};
use crate::platform::numbers;
use crate::ui::icons;
use crate::ui::live::{live_if, press, text};

const ROW: &str = ".users [role=row][tabindex='0']";

pub(super) fn tools(at: At) -> AnyView {
    view! {
        <div class="tools users-tools">
            {which(at)}
            {words(at)}
            <span class="spring"></span>
            {export::button(at)}
        </div>
        {live_if(move || (at.which.get() == Which::Found).then(|| search::search(at)))}
        {required(at)}
        <div class="tools users-tools">
            {devices(at)}
            {flag(at, "SNR", |wanted| &mut wanted.snr)}
            {flag(at, tr("Ext. mobility"), |wanted| &mut wanted.em)}
            {order(at)}
            {step(at)}
            {matches(at)}
        </div>
    }
    .into_any()
}

/// Filtering what was read, or asking the cluster.
fn which(at: At) -> AnyView {
    let can = Memo::new(move |_| {
        at.can(Capability::ListUsers)
            && at.with(|cluster| cluster.source) == Some(Source::Operation)
    });
    let chip = move |which: Which, name: &'static str| {
        view! {
            <button
                class="chip"
                aria-pressed=text(move || (at.which.get() == which).to_string())
                on:click=press(move || {
                    at.person.set(None);
                    at.which.set(which);
                })
            >
                {name}
            </button>
        }
        .into_any()
    };
    live_if(move || {
        if !can.get() {
            return None;
        }
        let view = view! {
            <div class="ways users-which" role="group" aria-label=tr("Which users")>
                {chip(Which::Read, tr("All that were read"))}
                {chip(Which::Found, tr("Search on the cluster"))}
            </div>
        };
        Some(view.into_any())
    })
}

fn words(at: At) -> AnyView {
    let field = NodeRef::<html::Input>::new();
    // What was typed since the last frame: a quick typist meets one filtering a frame, not more.
    let typed = StoredValue::new(None::<String>);
    let on_input = move |event| {
        let is_first = typed.with_value(Option::is_none);
        typed.set_value(Some(event_target_value(&event)));
        if is_first {
            request_animation_frame(move || {
                if let Some(text) = typed.try_update_value(Option::take).flatten() {
                    at.arrange(|wanted, _| wanted.text = text);
                }
            });
        }
    };
    let text_of = wanted(at, |wanted| wanted.text.clone());
    Effect::new(move |_| {
        let text = text_of.get().unwrap_or_default();
        if let Some(field) = field.get()
            && typed.with_value(Option::is_none)
            && field.value() != text
        {
            field.set_value(&text);
        }
    });
    let on_key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | "ArrowDown") {
            event.prevent_default();
            at.context().root.focus(ROW);
        }
    };
    view! {
        <search class="filter">
            {icons::funnel()}
            <input
                type="search"
                aria-label=tr("Filter by user id or name")
                placeholder=tr("Filter ids and names")
                autocomplete="off"
                spellcheck="false"
                node_ref=field
                on:input=on_input
                on:keydown=on_key
            />
        </search>
    }
    .into_any()
}

/// How many are left of how many, and the way back to all.
fn matches(at: At) -> AnyView {
    let is_empty = wanted(at, Wanted::is_empty);
    let words = text(move || {
        if is_empty.get() != Some(false) {
            return String::new();
        }
        let counts = at.with_list(|list| (list.people.rows().len(), list.users.len()));
        let (shown, of) = counts.unwrap_or_default();
        say!("{part} of {whole} users", part = numbers::whole(shown), whole = numbers::whole(of))
    });
    let clear = move || {
        at.arrange(|wanted, _| *wanted = Wanted::default());
        // The button goes with the filters.
        at.context().root.focus(ROW);
    };
    view! {
        <span class="matches" role="status">
            {words}
        </span>
        {live_if(move || {
            let button = || {
                view! {
                    <button class="button small" on:click=press(clear)>
                        {tr("Clear filters")}
                    </button>
                }
                .into_any()
            };
            (is_empty.get() == Some(false)).then(button)
        })}
    }
    .into_any()
}
