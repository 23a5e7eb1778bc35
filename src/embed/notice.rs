//! How an element stands with its portal and its upstream, where that needs a word.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::words::tr;

use super::connect::{Access, Link};
use crate::connections::State;
use crate::ui::error_notice::error_notice;
use crate::ui::icons;
use crate::ui::live::{live_if, press};

/// What is to be said above what was read; nothing while all is well.
pub(super) fn notice(link: Link) -> AnyView {
    let failed = Memo::new(move |_| match link.entry()?.state.get() {
        State::Failed(error) => Some(error),
        _ => None,
    });
    live_if(move || match link.access.get() {
        Access::Waiting => Some(status(tr("Waiting for this portal to open your licenses…"))),
        Access::Renewing => Some(status(tr("Your session here is being renewed…"))),
        Access::Refused(error) => Some(refused(link, &error)),
        Access::Misplaced(words) => Some(misplaced(&words)),
        Access::Given => Some(stopped(link, &*failed.get()?)),
    })
}

fn status(words: &'static str) -> AnyView {
    view! {
        <p class="embed-status" role="status">
            {words}
        </p>
    }
    .into_any()
}

/// A token that opens nothing: nothing a visitor did, and nothing they can mend alone.
fn refused(link: Link, error: &UpstreamError) -> AnyView {
    view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{icons::triangle()}</span>
            <div>
                <p class="notice-what">
                    <b>{tr("Your licenses could not be opened:")}</b>
                    " "
                    {tr("what this portal sent to open them was refused.")}
                </p>
                <p>
                    {tr("Reload the page or sign in to the portal again. If it stays so, tell the portal's operator what stands below.")}
                </p>
                <details>
                    <summary>{tr("Technical details")}</summary>
                    <code>{error.to_string()}</code>
                    <code>{error.details()}</code>
                </details>
            </div>
            <button class="button" on:click=press(move || link.ask_again())>
                {tr("Try again")}
            </button>
        </div>
    }
    .into_any()
}

fn misplaced(words: &str) -> AnyView {
    view! {
        <div class="notice error" role="alert">
            <span class="notice-mark">{icons::triangle()}</span>
            <p class="notice-what">{words.to_owned()}</p>
        </div>
    }
    .into_any()
}

fn stopped(link: Link, error: &UpstreamError) -> AnyView {
    view! {
        <div class="embed-error">
            {error_notice(tr("Licenses"), error)}
            <button class="button" on:click=press(move || link.refresh())>
                {tr("Try again")}
            </button>
        </div>
    }
    .into_any()
}
