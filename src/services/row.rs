//! One row: a service with its figures, or why it has none.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::estate::Figure;
use seatree_core::insight::{Band, Mark, Marks, band};
use seatree_core::live_platform::ServiceLicense;
use seatree_core::say;
use seatree_core::services::{Licenses, Service};
use seatree_core::view::Needle;
use seatree_core::words::tr;

use super::list::{Shown, outlook};
use super::{factors, findings, retry};
use crate::app::context::Context;
use crate::platform::{clock, numbers};
use crate::tree::finding_sign;
use crate::ui::grid::Key;
use crate::ui::live::{live_if, press};
use crate::ui::{bar, icons, marked, name};

/// Everything a row shows; it is drawn again only when this changes.
#[derive(Clone, PartialEq)]
struct RowData {
    key: Key,
    service: Service,
    /// The parts of the name that the filter found.
    found: Vec<Range<usize>>,
    /// Where there are several platforms.
    platform: Option<String>,
    marks: Marks,
    band: Option<Band>,
    age: String,
}

/// The cells of the row at an index.
pub(super) fn cells(context: Context, shown: Memo<Arc<Shown>>, index: Signal<usize>) -> AnyView {
    let data = Memo::new(move |_| data(context, shown, index.get()));
    live_if(move || Some(draw(context, &data.get()?)))
}

fn data(context: Context, shown: Memo<Arc<Shown>>, index: usize) -> Option<RowData> {
    let at = shown.with(|shown| shown.rows.get(index).copied())?;
    let outlook = outlook(context);
    let (key, service) =
        context.services.with_keys(|all, keys| Some((*keys.get(at)?, all.get(at)?.clone())))?;
    let needle = Needle::new(&context.services.filter.with(|filter| filter.text.clone()));
    let license = service.license();
    Some(RowData {
        key,
        found: needle.ranges(&service.customer.display_name()),
        platform: platform(context, &service),
        marks: service.marks(outlook),
        band: license.and_then(|license| band(&license.reading(), outlook.thresholds)),
        age: license.map(age).unwrap_or_default(),
        service,
    })
}

/// The name of a service's platform, where there are several.
fn platform(context: Context, service: &Service) -> Option<String> {
    let others = |all: &[Service]| all.iter().any(|other| other.connection != service.connection);
    let entry = context.connections.find(&service.connection)?;
    context.services.with(others).then(|| entry.connection.name.clone())
}

/// How long ago the platform counted; a time that cannot be read as it was sent.
pub(super) fn age(license: &ServiceLicense) -> String {
    match (license.age_s(clock::now_s()), &license.last_update) {
        (Some(age_s), _) => clock::age(age_s),
        (None, Some(sent)) => sent.clone(),
        (None, None) => numbers::UNKNOWN.to_owned(),
    }
}

fn draw(context: Context, row: &RowData) -> AnyView {
    let name = row.service.customer.display_name();
    let license_type = row.service.customer.license_type.label();
    let platform = row
        .platform
        .as_ref()
        .map(|name| view! { <bdi class="note">{name.clone()}</bdi> }.into_any());
    // On a phone, where the columns of the figures have no room.
    let brief = row.service.license().map(|license| {
        let (licensed, acquired) =
            (numbers::figure(license.licensed), numbers::figure(license.acquired));
        let words = say!("{licensed} of {acquired} licensed", licensed, acquired);
        let words = [&words, " · ", &row.age].concat();
        view! { <span class="brief">{words}</span> }.into_any()
    });
    let head = view! {
        <span role="rowheader" class="name">
            <span class="names">
                <bdi class="label" title=name.clone()>
                    {marked::marked(&name, &row.found)}
                </bdi>
                {platform}
            </span>
            {brief}
        </span>
        <span role="gridcell" class="text type" title=license_type.clone()>
            {license_type.clone()}
        </span>
    };
    let rest = match &row.service.licenses {
        Licenses::Reading => state(tr("reading…")),
        Licenses::NoneYet => state(tr("no license applied yet")),
        Licenses::Failed(error) => failed(context, row, error),
        Licenses::Read(license) => figures(row, license),
    };
    view! { {head} {rest} }.into_any()
}

fn state(words: &'static str) -> AnyView {
    view! { <span role="gridcell" class="state dim" aria-colspan="8">{words}</span> }.into_any()
}

fn figures(row: &RowData, license: &ServiceLicense) -> AnyView {
    let available = license.available();
    let negative = available.get().is_some_and(|count| count < 0);
    let stale = row
        .marks
        .contains(Mark::Stale)
        .then(|| view! { <span class="stale">{tr("stale")}</span> " " }.into_any());
    let why = license.last_update.clone().unwrap_or_else(|| findings::no_time().to_owned());
    view! {
        {count(license.acquired, "num")}
        {count(license.licensed, "num")}
        {count(available, if negative { "num negative" } else { "num" })}
        <span role="gridcell" class="util">
            {bar::utilization(license.utilization(), row.band)}
        </span>
        <span role="gridcell" class="factors">
            {factors::bar(license, false)}
            {factors::not_counted(license)}
        </span>
        {count(license.monitored, "num monitored")}
        <span role="gridcell" class="age" title=why>
            {stale} {row.age.clone()}
        </span>
        {signs(row)}
    }
    .into_any()
}

fn signs(row: &RowData) -> AnyView {
    let signs: Vec<AnyView> = row.marks.iter().map(finding_sign).collect();
    view! { <span role="gridcell" class="finding">{signs}</span> }.into_any()
}

fn count(figure: Figure, class: &'static str) -> AnyView {
    let why = (!figure.is_known()).then_some(findings::no_figure());
    let class = if figure.is_known() { class.to_owned() } else { format!("{class} dim") };
    view! {
        <span role="gridcell" class=class title=why aria-description=why>
            {numbers::figure(figure)}
        </span>
    }
    .into_any()
}

fn failed(context: Context, row: &RowData, error: &UpstreamError) -> AnyView {
    let key = row.key;
    let label = say!("Read {name} again", name = row.service.customer.display_name());
    let label = name::full(tr("Again"), &label);
    let title = format!("{} {}", error.next_step(), error.details());
    view! {
        <span role="gridcell" class="state failed" aria-colspan="7" title=title>
            <span class="over">{icons::triangle()}</span>
            <span class="label">{error.what()}</span>
            <button
                class="button small"
                aria-label=label
                on:click=press(move || retry::one(context, key))
            >
                {tr("Again")}
            </button>
        </span>
        {signs(row)}
    }
    .into_any()
}
