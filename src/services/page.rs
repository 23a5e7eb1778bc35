//! The page of all services: tools, the list with its sums, and the details beside it.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::config::Kind;
use seatree_core::services::Service;
use seatree_core::words::tr;

use super::list::{self, List, Shown};
use super::{details, factors, head, place, tools};
use crate::app::context::{Context, context};
use crate::connections::State;
use crate::ui::grid::Grid;
use crate::ui::live::{flag, live, live_if, press, text};

pub(super) fn page() -> AnyView {
    let context = context();
    let is_empty = Memo::new(move |_| context.services.with(<[Service]>::is_empty));
    let shown = list::follow(context);
    place::follow(context, shown);
    view! {
        <section class="page" aria-label=tr("Services of the Live Platforms")>
            {live(move || if is_empty.get() { nothing(context) } else { all(context, shown) })}
        </section>
    }
    .into_any()
}

fn all(context: Context, shown: Memo<Arc<Shown>>) -> AnyView {
    let grid = Grid {
        label: tr("Services"),
        role: "grid",
        class: "services",
        columns: Signal::stored(head::COLUMNS.len()),
        least_width: Signal::stored(0),
        busy: flag(move || context.services.with(|all| all.iter().any(Service::is_reading))),
        row_height: context.row_height(),
        head: head::head(context, shown),
        head_rows: head::ROWS,
        rows: Arc::new(List { context, shown }),
        selects: false,
        go_to: context.services.go_to,
    };
    let no_match = live_if(move || {
        shown.with(|shown| shown.rows.is_empty()).then(|| {
            view! {
                <div class="nothing">
                    <p>{tr("No service matches what you look for.")}</p>
                    <button
                        class="button"
                        on:click=press(move || {
                            context.services.clear_filter();
                            context.root.focus(super::ROW);
                        })
                    >
                        {tr("Show all services")}
                    </button>
                </div>
            }
            .into_any()
        })
    });
    view! {
        {tools::tools(context)}
        <div class="beside">
            <div class="tree-place services-place">{grid.view()} {no_match} {factors::legend()}</div>
            {details::details(context)}
        </div>
    }
    .into_any()
}

/// Nothing to show, and why.
fn nothing(context: Context) -> AnyView {
    let words = text(move || {
        let entries = context.connections.list();
        let mut live =
            entries.iter().filter(|e| e.connection.kind() == Kind::LivePlatform).peekable();
        if live.peek().is_none() {
            return tr("No Live Platform is connected. Add one under Connections.").to_owned();
        }
        match live.map(|entry| entry.state.get()).find(|state| *state != State::SignedOut) {
            Some(State::Loading(_)) => tr("Reading the list of services…").to_owned(),
            Some(State::Failed(error)) => error.to_string(),
            Some(_) => tr("The platform lists no services for this account.").to_owned(),
            None => tr("Sign in to the Live Platform to read its services.").to_owned(),
        }
    });
    view! {
        <p class="nothing" role="status">
            {words}
        </p>
    }
    .into_any()
}
