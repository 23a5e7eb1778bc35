//! The sums of what is shown, which say of how many services they are.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::insight::{Sum, band};
use seatree_core::plural;
use seatree_core::say;
use seatree_core::services::Totals;
use seatree_core::words::tr;

use super::list::Shown;
use crate::app::context::Context;
use crate::platform::numbers::{self, whole};
use crate::ui::bar;
use crate::ui::live::live;

/// The cells of the row of sums.
pub(super) fn cells(context: Context, shown: Memo<Arc<Shown>>) -> AnyView {
    let totals = Memo::new(move |_| {
        let shown = shown.get();
        context
            .services
            .with(|all| (Totals::of(shown.rows.iter().filter_map(|at| all.get(*at))), all.len()))
    });
    live(move || {
        let (totals, of) = totals.get();
        row(context, &totals, of)
    })
}

/// "All 9 services", "3 of 9 services"; and how many of them were read, where not all were.
pub(super) fn words(totals: &Totals, of: usize) -> (String, Option<String>) {
    let words = match (totals.services, of) {
        (shown, of) if shown == of => plural!(of, "{n} service", "All {n} services"),
        (shown, of) => {
            say!("{part} of {whole} services", part = whole(shown), whole = whole(of))
        }
    };
    let read =
        (totals.read < totals.services).then(|| say!("{count} read", count = whole(totals.read)));
    (words, read)
}

fn row(context: Context, totals: &Totals, of: usize) -> AnyView {
    let (words, read) = words(totals, of);
    let read = read.map(|read| view! { <span class="warning">{read}</span> }.into_any());
    let band = band(&totals.of_both, context.thresholds.get());
    let brief = say!(
        "{licensed} of {acquired} licensed",
        licensed = numbers::figure(totals.licensed.figure()),
        acquired = numbers::figure(totals.acquired.figure()),
    );
    view! {
        <span role="rowheader" class="name">
            <span class="names">{words} {read}</span>
            <span class="brief">{brief}</span>
        </span>
        <span role="gridcell" class="type"></span>
        {figure(totals, totals.acquired, "num")}
        {figure(totals, totals.licensed, "num")}
        {figure(totals, totals.available, "num")}
        <span role="gridcell" class="util">
            {bar::utilization(totals.of_both.utilization(), band)}
        </span>
        {not_counted(totals)}
        {figure(totals, totals.monitored, "num monitored")}
        <span role="gridcell" class="age"></span>
        <span role="gridcell" class="finding"></span>
    }
    .into_any()
}

/// Why a sum is not of all services that were read; of how many it is is said once, by the name.
fn missing(totals: &Totals, sum: Sum) -> Option<String> {
    (sum.counted < totals.read).then(|| {
        say!(
            "The sum of {count}: the platform sent no figure for the others",
            count = whole(sum.counted)
        )
    })
}

fn figure(totals: &Totals, sum: Sum, class: &'static str) -> AnyView {
    let why = missing(totals, sum);
    let negative = sum.figure().get().is_some_and(|count| count < 0);
    let class = match (sum.figure().is_known(), negative) {
        (false, _) => format!("{class} dim"),
        (true, true) => format!("{class} negative"),
        (true, false) => class.to_owned(),
    };
    let note = why.is_some().then(|| {
        view! { <small class="warning">{say!(" of {count}", count = whole(sum.counted))}</small> }.into_any()
    });
    view! {
        <span role="gridcell" class=class title=why>
            {numbers::figure(sum.figure())}
            {note}
        </span>
    }
    .into_any()
}

fn not_counted(totals: &Totals) -> AnyView {
    let sum = totals.not_counted;
    let words = match sum.figure().get() {
        None => numbers::UNKNOWN.to_owned(),
        Some(0) => tr("all counted").to_owned(),
        Some(count) => say!("{count} not counted", count = numbers::count(count)),
    };
    view! {
        <span role="gridcell" class="factors" title=missing(totals, sum)>
            <span class="stack-gap"></span>
            <span class="dim">{words}</span>
        </span>
    }
    .into_any()
}
