//! What was sent from this browser, and files of it.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::edit::{Log, Logged};
use seatree_core::estate::Figure;
use seatree_core::say;
use seatree_core::words::tr;
use web_sys::KeyboardEvent;

use super::words;
use crate::app::context::Context;
use crate::platform::clock;
use crate::platform::numbers::{count, figure};
use crate::platform::save::File;
use crate::tree::meter_name;
use crate::ui::grid::{Grid, Rows, Step};
use crate::ui::icons;
use crate::ui::live::live_if;

/// When, who, subscription, license, from, to, result.
const COLUMNS: usize = 7;

pub(super) fn grid(context: Context) -> AnyView {
    Grid {
        label: tr("Change log"),
        role: "grid",
        class: "change-log",
        columns: Signal::stored(COLUMNS),
        least_width: Signal::stored(0),
        busy: Signal::stored(false),
        row_height: context.row_height(),
        head: head(),
        head_rows: 1,
        rows: Arc::new(LogRows { log: context.edits.open().log }),
        selects: false,
        go_to: RwSignal::new(None),
    }
    .view()
}

struct LogRows {
    log: RwSignal<Log>,
}

impl Rows for LogRows {
    fn count(&self) -> usize {
        self.log.with(Log::len)
    }

    /// The newest first.
    fn cells(&self, index: Signal<usize>) -> AnyView {
        let log = self.log;
        let entry = Memo::new(move |_| log.with(|log| log.iter().rev().nth(index.get()).cloned()));
        live_if(move || Some(cells(&entry.get()?)))
    }

    fn on_key(&self, event: &KeyboardEvent, _index: usize) -> Option<Step> {
        (event.key() == "ArrowRight").then_some(Step::Cells)
    }
}

fn head() -> AnyView {
    view! {
        <div role="row" class="grid-head-row" aria-rowindex="1">
            <span role="columnheader" class="text">{tr("When")}</span>
            <span role="columnheader" class="text wide">{tr("Who")}</span>
            <span role="columnheader" class="name">{tr("Subscription")}</span>
            <span role="columnheader" class="text wide">{tr("License")}</span>
            <span role="columnheader" class="num wide">{tr("From")}</span>
            <span role="columnheader" class="num wide">{tr("To")}</span>
            <span role="columnheader" class="text">{tr("Result")}</span>
        </div>
    }
    .into_any()
}

fn cells(entry: &Logged) -> AnyView {
    let name = words::name(&entry.names.subscription);
    let who = say!("{who} at {system}", who = entry.who, system = entry.connection_name);
    let detail = match &entry.sent {
        seatree_core::edit::Sent::Otherwise { now } => {
            say!("reading again showed {limit}", limit = figure(*now))
        }
        sent => sent.detail(),
    };
    let said = if detail.is_empty() {
        entry.sent.name().to_owned()
    } else {
        format!("{}: {detail}", entry.sent.name())
    };
    let (class, icon) = if entry.sent.is_made() {
        ("text said ok", icons::check())
    } else {
        ("text said over", icons::triangle())
    };
    view! {
        <span role="gridcell" class="text">
            {clock::date_and_time(entry.at_s)}
        </span>
        <span role="gridcell" class="text wide" title=who.clone()>
            <bdi>{who.clone()}</bdi>
        </span>
        <span role="rowheader" class="name">
            <bdi class="label" title=name.clone()>
                {name.clone()}
            </bdi>
            {words::brief(&entry.id.meter, entry.from, Figure::known(entry.to.get()))}
            <bdi class="note dim">{words::place(&entry.id, &entry.names)}</bdi>
        </span>
        <span role="gridcell" class="text wide">
            <bdi>{meter_name(&entry.id.meter).to_owned()}</bdi>
        </span>
        <span role="gridcell" class="num wide">
            {figure(entry.from)}
        </span>
        <span role="gridcell" class="num wide">
            {count(entry.to.get())}
        </span>
        <span role="gridcell" class=class title=said.clone()>
            {icon}
            <span class="label">{said.clone()}</span>
        </span>
    }
    .into_any()
}

/// How the log is written.
#[derive(Clone, Copy)]
pub(super) enum Format {
    Csv,
    Json,
}

/// Gives the log to the person as a file; false when the browser does not take it.
pub(super) fn save(log: &Log, format: Format) -> bool {
    let (bytes, ending, media_type) = match format {
        Format::Csv => (log.to_csv(), "csv", "text/csv;charset=utf-8"),
        Format::Json => {
            let text = format!("{:#}\n", log.to_json());
            (text.into_bytes(), "json", "application/json")
        }
    };
    let mut file = File::new(media_type);
    let name = ["seatree-changes-", &clock::today(), ".", ending].concat();
    file.push(&bytes) && file.save(&name).is_ok()
}
