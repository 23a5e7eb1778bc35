//! What a cluster requires of each license: as a bar and as a table.

use leptos::prelude::*;
use seatree_core::axl::legacy::{LicenseUnitReport, Units};
use seatree_core::axl::{Capability, LicenseType, Source, UnassignedDevice};
use seatree_core::estate::Figure;
use seatree_core::say;
use seatree_core::words::tr;

use super::aside::{Answer, PagesState};
use super::at::At;
use super::store::Cluster;
use crate::platform::numbers;
use crate::ui::live::live_if;
use crate::ui::{bar, icons};

/// A table of figures. Its first figure is what the bar shows.
#[derive(Clone, Default, PartialEq)]
struct Totals {
    head: Vec<&'static str>,
    lines: Vec<Line>,
    origin: &'static str,
    /// What is not in the figures yet.
    lacks: Option<String>,
}

#[derive(Clone, PartialEq)]
struct Line {
    of: LicenseType,
    figures: Vec<Figure>,
    /// What Smart Licensing counts instead of both together.
    differs: Option<String>,
}

pub(super) fn totals(at: At) -> AnyView {
    let units = Memo::new(move |_| at.with(|cluster| cluster.units.clone()).flatten());
    let required = Memo::new(move |_| required(at));
    live_if(move || {
        if let Some(units) = units.get() {
            return Some(units_table(&units));
        }
        let totals = required.get()?;
        Some(view! { {stacked(&totals)} {table(&totals)} {words(&totals)} }.into_any())
    })
}

fn required(at: At) -> Option<Totals> {
    let (id, source) = at.with(|cluster| (cluster.connection.clone(), cluster.source))?;
    if source == Source::Sql {
        return at.with(by_sql);
    }
    let by_users = at.with(|cluster| cluster.list.users.required())?;
    let asides = at.context().clusters.asides();
    let has_devices = at.can(Capability::UnassignedDevices);
    let devices = asides.devices.with(&id, |pages| {
        let pages = pages.filter(|pages| pages.is_whole())?;
        Some(by_type(&pages.rows))
    });
    let smart = asides.smart.with(&id, |answer| match answer {
        Some(Answer::Told { what, .. }) => {
            let of = what.entitlements.iter();
            Some(of.filter_map(|of| Some((of.license_type.clone()?, of.count))).collect::<Vec<_>>())
        }
        _ => None,
    });
    let (devices, smart) = (devices.as_deref(), smart.as_deref());
    let mut types: Vec<LicenseType> = by_users.iter().map(|(of, _)| of.clone()).collect();
    types.extend(devices.into_iter().chain(smart).flatten().map(|(of, _)| of.clone()));
    types.sort();
    types.dedup();
    let lines = types.into_iter().map(|of| line(of, &by_users, has_devices, devices, smart));
    let mut head = vec![tr("By users")];
    if has_devices {
        head.extend([tr("By devices"), tr("Together")]);
    }
    if smart.is_some() {
        head.push(tr("Smart Licensing"));
    }
    let has_failed = asides
        .devices
        .with(&id, |pages| pages.is_some_and(|pages| matches!(pages.state, PagesState::Failed(_))));
    let lacks = (has_devices && devices.is_none()).then(|| {
        let words = if has_failed {
            tr("Devices without an owner require licenses of their own; their list could not be read. \
                The tab \"Devices without an owner\" says why, and goes on reading.")
        } else {
            tr("Devices without an owner require licenses of their own; they are not read yet.")
        };
        words.to_owned()
    });
    Some(Totals {
        head,
        lines: lines.collect(),
        origin: tr("Required by users for their devices and features, and by devices without an \
                 owner. What is owned is in Cisco's license manager, not in the cluster."),
        lacks,
    })
}

fn line(
    of: LicenseType,
    users: &[(LicenseType, Figure)],
    has_devices: bool,
    devices: Option<&[(LicenseType, Figure)]>,
    smart: Option<&[(LicenseType, Figure)]>,
) -> Line {
    let find = |all: &[(LicenseType, Figure)]| {
        let found = all.iter().find(|(known, _)| *known == of);
        // A list that is whole and has none of a type has nobody who requires it.
        found.map_or(Figure::known(0), |(_, figure)| *figure)
    };
    let by_users = find(users);
    let mut figures = vec![by_users];
    let mut together = by_users;
    if has_devices {
        let by_devices = devices.map_or(Figure::UNKNOWN, find);
        together = by_users.plus(by_devices);
        figures.extend([by_devices, together]);
    }
    let mut differs = None;
    if let Some(smart) = smart {
        let counted = smart
            .iter()
            .find(|(known, _)| *known == of)
            .map_or(Figure::UNKNOWN, |(_, figure)| *figure);
        figures.push(counted);
        if let (Some(here), Some(there)) = (together.get(), counted.get())
            && here != there
        {
            differs = Some(say!(
                "Smart Licensing counts {there}, users and devices make {here}: it was told some time \
                 before, or the list is not whole",
                there = numbers::count(there),
                here = numbers::count(here)
            ));
        }
    }
    Line { of, figures, differs }
}

/// As the database has it.
fn by_sql(cluster: &Cluster) -> Totals {
    let lines = cluster.totals.iter().map(|row| Line {
        of: row.license_type.clone().unwrap_or(LicenseType::Unnamed),
        figures: vec![row.total, row.users, row.devices],
        differs: None,
    });
    Totals {
        head: vec![tr("Required"), tr("By users"), tr("By devices")],
        lines: lines.collect(),
        origin: tr(
            "Read from the cluster's database by SQL, since this release has no operation for \
                 it; Cisco may change its tables with any release. What is owned is in Cisco's \
                 license manager, not in the cluster.",
        ),
        lacks: None,
    }
}

/// How many devices require each license.
fn by_type(devices: &[UnassignedDevice]) -> Vec<(LicenseType, Figure)> {
    let mut counts: Vec<(LicenseType, Figure)> = Vec::new();
    for device in devices {
        let of = LicenseType::of(&device.license_type).unwrap_or(LicenseType::Unnamed);
        match counts.iter_mut().find(|(known, _)| *known == of) {
            Some((_, count)) => *count = count.plus(Figure::known(1)),
            None => counts.push((of, Figure::known(1))),
        }
    }
    counts
}

/// The class that colors a license.
pub(super) fn tier(of: &LicenseType) -> &'static str {
    match of {
        LicenseType::Essential => "tier-1",
        LicenseType::Basic => "tier-2",
        LicenseType::Enhanced => "tier-3",
        LicenseType::EnhancedPlus => "tier-4",
        LicenseType::Cuwl => "tier-5",
        LicenseType::TelePresenceRoom => "tier-6",
        LicenseType::Other(_) | LicenseType::Unnamed => "tier-7",
    }
}

/// Which figure of a line is all that is required.
fn whole_column(totals: &Totals) -> usize {
    let together = totals.head.iter().position(|head| *head == tr("Together"));
    let is_known = |column: usize| totals.lines.iter().all(|line| line.figures[column].is_known());
    together.filter(|column| is_known(*column)).unwrap_or(0)
}

/// The shares of the types. The table beside it has them in words.
fn stacked(totals: &Totals) -> AnyView {
    let column = whole_column(totals);
    let counts: Option<Vec<i64>> =
        totals.lines.iter().map(|line| line.figures[column].get()).collect();
    let sum: i64 = counts.iter().flatten().sum();
    let Some(counts) = counts.filter(|_| sum > 0) else { return ().into_any() };
    #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
    let share = |count: i64| count as f64 / sum as f64;
    let part = |(line, count): (&Line, i64)| {
        let title = format!(
            "{}: {}, {}",
            line.of,
            numbers::count(count),
            numbers::percent(Some(share(count)))
        );
        view! { <i class=tier(&line.of) style:inline-size=bar::width(share(count)) title=title></i> }
            .into_any()
    };
    let parts: Vec<AnyView> =
        totals.lines.iter().zip(counts).filter(|(_, count)| *count > 0).map(part).collect();
    view! {
        <p class="required-sum">
            <b class="num">{numbers::count(sum)}</b>
            " "
            {if column == 0 && totals.lacks.is_some() {
                tr("licenses required by users")
            } else {
                tr("licenses required")
            }}
        </p>
        <div class="stacked" aria-hidden="true">
            {parts}
        </div>
    }
    .into_any()
}

fn table(totals: &Totals) -> AnyView {
    let whole = whole_column(totals);
    let row = |line: &Line| {
        let cells: Vec<AnyView> =
            line.figures.iter().enumerate().map(|(at, of)| cell(*of, at == whole)).collect();
        let warning = line.differs.clone().map(|words| {
            view! {
                <span class="near" role="img" aria-label=words.clone() title=words.clone()>
                    {icons::sum()}
                </span>
            }
            .into_any()
        });
        view! {
            <div role="row">
                <span role="rowheader" class=tier(&line.of)>
                    <bdi>{line.of.name().to_owned()}</bdi>
                </span>
                {cells}
                {warning}
            </div>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = totals.lines.iter().map(row).collect();
    figures(tr("Licenses required per type"), tr("License type"), &totals.head, rows)
}

fn cell(figure: Figure, is_whole: bool) -> AnyView {
    let class = match (figure.is_known(), is_whole) {
        (false, _) => "num dim",
        (true, true) => "num whole",
        (true, false) => "num",
    };
    let why = (!figure.is_known()).then_some(tr("Not read, or not in the cluster's reply"));
    view! { <span role="cell" class=class title=why>{numbers::figure(figure)}</span> }.into_any()
}

/// A table of figures, each row with its name.
fn figures(
    label: &'static str,
    first: &'static str,
    head: &[&'static str],
    rows: Vec<AnyView>,
) -> AnyView {
    let heads: Vec<AnyView> = head
        .iter()
        .map(|&name| view! { <span role="columnheader" class="num">{name}</span> }.into_any())
        .collect();
    view! {
        <div role="table" aria-label=label class="totals-table">
            <div role="rowgroup">
                <div role="row" class="dim">
                    <span role="columnheader">{first}</span>
                    {heads}
                </div>
            </div>
            <div role="rowgroup">{rows}</div>
        </div>
    }
    .into_any()
}

/// What is owned and used, in the units of the oldest releases.
fn units_table(report: &LicenseUnitReport) -> AnyView {
    let row = |name: &'static str, units: &Units| {
        let figures = [units.authorized, units.used, units.remaining, units.pending];
        let cells: Vec<AnyView> = figures.into_iter().map(|figure| cell(figure, false)).collect();
        view! {
            <div role="row">
                <span role="rowheader">{name}</span>
                {cells}
            </div>
        }
        .into_any()
    };
    let rows = vec![row(tr("Phones"), &report.phones), row(tr("Servers"), &report.nodes)];
    let head = [tr("Authorized"), tr("Used"), tr("Remaining"), tr("Pending")];
    view! {
        {figures(tr("Device license units"), tr("Units"), &head, rows)}
        <p class="dim">{tr("Owned and used, as the cluster's own license report has it.")}</p>
    }
    .into_any()
}

fn words(totals: &Totals) -> AnyView {
    let lacks =
        totals.lacks.clone().map(|words| view! { <p class="warning">{words}</p> }.into_any());
    view! {
        {lacks}
        <p class="dim">{totals.origin}</p>
    }
    .into_any()
}
