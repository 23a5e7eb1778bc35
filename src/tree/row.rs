//! One row of the tree.

use leptos::prelude::*;
use seatree_core::estate::{Figure, Kind, Meter, Reading, Tree};
use seatree_core::insight::{Band, band};

use crate::app::context::Context;
use crate::connections::State;
use crate::platform::numbers;
use crate::ui::live::{live_if, press};
use crate::ui::{bar, icons};

/// Everything a row shows; a row is drawn again only when this changes.
#[derive(Clone, Debug, PartialEq)]
pub struct RowData {
    name: String,
    kind: Kind,
    note: String,
    depth: u8,
    /// None for a leaf.
    open: Option<bool>,
    users: Reading,
    sip: Figure,
    band: Option<Band>,
    sum_is_off: bool,
}

impl RowData {
    /// The row at a place; none when the rows just became fewer.
    pub fn at(context: Context, index: usize) -> Option<Self> {
        let thresholds = context.thresholds.get();
        context.estate.with(|forest| {
            let at = forest.rows.get(index)?;
            let tree = forest.estate.tree(at.tree)?;
            let kind = tree.kind(at.node);
            let users = tree.reading(at.node, meter(kind));
            let note = match kind {
                Kind::Connection => state_note(context, forest.connection(at.tree)?),
                Kind::Subscription => {
                    tree.subscription_id(at.node).map(|id| format!("#{id}")).unwrap_or_default()
                }
                Kind::LicenseType => "required".to_owned(),
                Kind::Reseller | Kind::Tenant => direct_note(tree, at.node),
                _ => String::new(),
            };
            Some(Self {
                name: tree.name(at.node).to_owned(),
                kind,
                note,
                depth: tree.depth(at.node),
                open: tree.has_children(at.node).then(|| forest.rows.is_open(&forest.estate, at)),
                users,
                sip: tree.figure(
                    at.node,
                    Meter::SIP_CHANNELS,
                    seatree_core::estate::Measure::Assigned,
                ),
                band: band(&users, thresholds),
                sum_is_off: forest.sum_is_off(at),
            })
        })
    }
}

/// The users' meter of a kind of node.
fn meter(kind: Kind) -> Meter {
    match kind {
        Kind::Service => Meter::LIVE_USERS,
        Kind::LicenseType => Meter::REQUIRED,
        _ => Meter::TEAMS_USERS,
    }
}

fn state_note(context: Context, id: &str) -> String {
    let Some(entry) = context.connections.find(id) else { return String::new() };
    match entry.state.get() {
        State::SignedOut => "sign in to read".to_owned(),
        State::CodeWanted { .. } => "enter the code to read".to_owned(),
        State::Loading(_) => "reading…".to_owned(),
        State::Ready { failed: 0, .. } => entry.connection.kind().name().to_owned(),
        State::Ready { .. } => "partly read".to_owned(),
        State::Failed(_) => "failed: see Connections".to_owned(),
    }
}

/// A reseller or tenant that skips a level of the usual hierarchy.
fn direct_note(tree: &Tree, node: u32) -> String {
    let above = tree.parent(node).map(|parent| tree.kind(parent));
    let usual = match tree.kind(node) {
        Kind::Reseller => above == Some(Kind::Distributor),
        Kind::Tenant => above == Some(Kind::Reseller),
        _ => true,
    };
    if usual || above == Some(Kind::Connection) { String::new() } else { "direct".to_owned() }
}

fn letter(kind: Kind) -> &'static str {
    match kind {
        Kind::Connection => "●",
        Kind::Group => "G",
        Kind::Distributor => "D",
        Kind::Reseller => "R",
        Kind::Tenant => "T",
        Kind::Subscription => "S",
        Kind::Service => "C",
        Kind::LicenseType => "L",
    }
}

/// The cells of the row at `index`. While a tree streams in, most changes are not this row's: it is
/// drawn anew only when what it shows has changed.
pub fn cells(context: Context, index: usize) -> AnyView {
    let data = Memo::new(move |_| RowData::at(context, index));
    live_if(move || Some(draw(context, index, &data.get()?)))
}

fn draw(context: Context, index: usize, row: &RowData) -> AnyView {
    let label = if row.name.is_empty() { "(no name)".to_owned() } else { row.name.clone() };
    let indents: Vec<AnyView> =
        (0..row.depth).map(|_| view! { <i class="indent"></i> }.into_any()).collect();
    let caret = row.open.map(|open| {
        let class = if open { "caret open" } else { "caret" };
        view! {
            <span
                class=class
                aria-hidden="true"
                on:click=press(move || context.estate.toggle(index))
            >
                {icons::caret()}
            </span>
        }
        .into_any()
    });
    let available = row.users.available();
    let negative = available.get().is_some_and(|count| count < 0);
    let kind = if row.kind == Kind::Connection { "kind source" } else { "kind" };
    let utilization = if row.kind == Kind::LicenseType {
        view! { <span></span> <span class="num dim">{numbers::UNKNOWN}</span> }.into_any()
    } else {
        bar::utilization(row.users.utilization(), row.band)
    };
    view! {
        <span role="gridcell" class="name">
            {indents} <span class="caret-place">{caret}</span>
            <span class=kind title=row.kind.word()>
                <span aria-hidden="true">{letter(row.kind)}</span>
                <span class="sr-only">{row.kind.word()}</span>
            </span>
            <bdi class="label" title=label.clone()>
                {label.clone()}
            </bdi>
            <span class="note">{row.note.clone()}</span>
        </span>
        {count(row.users.assigned, "num", why_unknown(row, Column::Assigned))}
        {count(row.users.in_use, "num", why_unknown(row, Column::InUse))}
        {count(
            available,
            if negative { "num negative" } else { "num" },
            why_unknown(row, Column::Available),
        )}
        <span role="gridcell" class="util">
            {utilization}
        </span>
        {count(row.sip, "num", why_unknown(row, Column::Sip))}
        <span role="gridcell" class="finding">
            {findings(row)}
        </span>
    }
    .into_any()
}

fn count(figure: Figure, class: &'static str, why: &'static str) -> AnyView {
    let (class, why) = if figure.is_known() { (class, None) } else { ("num dim", Some(why)) };
    view! {
        <span role="gridcell" class=class title=why>
            {numbers::figure(figure)}
        </span>
    }
    .into_any()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Assigned,
    InUse,
    Available,
    Sip,
}

/// Why a figure is unknown, for those who wonder.
fn why_unknown(row: &RowData, column: Column) -> &'static str {
    match (row.kind, column) {
        (Kind::Connection, _) => "A connection has no figures of its own",
        (Kind::LicenseType, Column::Assigned | Column::Available) => {
            "CUCM reports what its users require; what is owned lives elsewhere"
        }
        (Kind::Service | Kind::LicenseType, Column::Sip) => {
            "SIP channels are counted in DRaaS only"
        }
        (Kind::Service, _) => "Not read yet, or the platform sent no figure",
        _ => "The upstream sent no figure",
    }
}

fn findings(row: &RowData) -> AnyView {
    let mark = |class: &'static str, words: &'static str, icon: AnyView| {
        view! {
            <span class=class title=words>
                {icon} <span class="sr-only">{words}</span>
            </span>
        }
        .into_any()
    };
    let off = row.sum_is_off.then(|| mark("near", "sums do not add up", icons::sum()));
    let band = match row.band {
        Some(Band::Over) => Some(mark("over", "over limit", icons::triangle())),
        Some(Band::Near) => Some(mark("near", "near limit", icons::circle())),
        Some(Band::Idle) => Some(mark("idle", "idle", icons::sleep())),
        Some(Band::Fine) | None => None,
    };
    view! { {off} {band} }.into_any()
}
