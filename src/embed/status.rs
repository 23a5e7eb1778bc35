//! The line below the rows: how much there is, when it was read, and reading it again.

use leptos::prelude::*;
use seatree_core::plural;
use seatree_core::say;
use seatree_core::words::tr;

use super::connect::Link;
use crate::app::Context;
use crate::connections::State;
use crate::platform::{clock, numbers};
use crate::ui::live::{flag, press, text};

pub(super) fn status(context: Context, link: Link) -> AnyView {
    let count = text(move || {
        let nodes = context.estate.with(|forest| forest.estate.node_count()).saturating_sub(1);
        numbers::whole(nodes)
    });
    let state = Memo::new(move |_| link.entry().map(|entry| entry.state.get()));
    let words = text(move || match state.get() {
        Some(State::Ready { at_s, failed: 0, .. }) => {
            say!("Read at {time}", time = clock::time_of_day(at_s))
        }
        Some(State::Ready { at_s, failed, .. }) => {
            plural!(
                failed,
                "Read at {time}, {n} not read",
                "Read at {time}, {n} not read",
                time = clock::time_of_day(at_s)
            )
        }
        Some(State::Loading(_)) => tr("Reading…").to_owned(),
        _ => String::new(),
    });
    let is_busy =
        flag(move || !matches!(state.get(), Some(State::Ready { .. } | State::Failed(_))));
    view! {
        <footer class="status" part="status">
            <span>
                <b>{count}</b>
                " "
                {tr("nodes")}
            </span>
            {crate::app::selection(context)}
            <span class="spring"></span>
            <span role="status">{words}</span>
            <button
                class="link"
                disabled=is_busy
                on:click=press(move || link.refresh())
            >
                {tr("Read again")}
            </button>
        </footer>
    }
    .into_any()
}
