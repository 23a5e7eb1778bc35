//! The columns of the tree: which there are, what they are called, and which are shown.

mod head;
mod resize;
pub mod words;

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::config::Kind as UpstreamKind;
use seatree_core::estate::{Estate, Kind, NodeId, Tree};
use seatree_core::view::{Column, Layout, Placed, Shows};

use crate::app::context::Context;
use crate::platform::storage::Storage;
pub use head::head;
pub use words::{group, label, short, within};

/// Where the browser keeps the chosen columns.
const KEY: &str = "seatree.columns";

/// The gap between two columns and the edge of a row, as the stylesheet has them.
const GAP_PX: u32 = 12;
const GUTTER_PX: u32 = 16;
/// The narrowest the name gets by itself.
const NAME_PX: u16 = 330;
const FINDINGS_PX: u16 = 52;

/// What the person chose in this browser, if anything.
pub fn remembered(storage: Storage) -> Option<Layout> {
    Layout::from_text(&storage.read(KEY)?)
}

/// Shows these columns and keeps them for next time; none for the usual ones.
pub fn choose(context: Context, layout: Option<Layout>) {
    context.storage.write(KEY, &layout.as_ref().map(Layout::to_text).unwrap_or_default());
    context.tree.layout.set(layout);
}

/// The columns shown, worked out once for all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub layout: Layout,
    /// In the order shown, with how far from the edge a pinned one stays.
    pub placed: Vec<(Column, Option<u32>)>,
}

/// Follows the columns shown: those chosen, or those that the connections have figures for.
pub fn follow(context: Context) -> Memo<Arc<Shown>> {
    Memo::new(move |_| {
        let layout = shown(context);
        let columns = layout.in_order().map(|placed| placed.column.clone());
        let placed = columns.zip(pinned_at(&layout)).collect();
        Arc::new(Shown { layout, placed })
    })
}

/// The columns shown: those chosen, or those that the connections have figures for.
pub fn shown(context: Context) -> Layout {
    context.tree.layout.get().unwrap_or_else(|| usual(context))
}

/// As [`shown`], for an event.
pub fn shown_untracked(context: Context) -> Layout {
    untrack(|| shown(context))
}

fn usual(context: Context) -> Layout {
    let kinds: Vec<UpstreamKind> =
        context.connections.list().iter().map(|e| e.connection.kind().of_licenses()).collect();
    let known = USUAL.iter().filter(|(kind, ..)| kinds.is_empty() || kinds.contains(kind));
    let known = known.flat_map(|(_, meter, shows)| shows.iter().map(|s| Column::new(meter, *s)));
    let others = context.others.get();
    let others = others
        .iter()
        .flat_map(|meter| [Shows::Assigned, Shows::InUse].map(|shows| Column::new(meter, shows)));
    Layout::of(known.chain(others))
}

/// The usual columns of each kind of upstream.
const USUAL: [(UpstreamKind, &str, &[Shows]); 4] = [
    (
        UpstreamKind::Draas,
        words::TEAMS,
        &[Shows::Assigned, Shows::InUse, Shows::Available, Shows::Utilization],
    ),
    (UpstreamKind::Draas, words::SIP, &[Shows::Assigned]),
    (UpstreamKind::LivePlatform, words::LIVE, &[Shows::Assigned, Shows::InUse, Shows::Available]),
    (UpstreamKind::Cucm, words::REQUIRED, &[Shows::InUse]),
];

/// Every column there can be, by meter.
pub fn all(context: Context) -> Vec<(String, Vec<Column>)> {
    let known = [
        (words::TEAMS, &Shows::ALL[..]),
        (words::SIP, &[Shows::Assigned]),
        (words::LIVE, &[Shows::Assigned, Shows::InUse, Shows::Available, Shows::Utilization]),
        (words::REQUIRED, &[Shows::InUse]),
    ];
    let known = known.map(|(meter, shows)| (meter.to_owned(), shows));
    let others = context.others.get().into_iter().map(|meter| (meter, &Shows::ALL[..]));
    let columns = |meter: &str, shows: &[Shows]| {
        shows.iter().map(|shows| Column::new(meter, *shows)).collect::<Vec<_>>()
    };
    known
        .into_iter()
        .chain(others)
        .map(|(meter, shows)| {
            let columns = columns(&meter, shows);
            (meter, columns)
        })
        .collect()
}

/// The upstream keys of the meters that trees know beside those with a name here.
pub fn unknown_meters(estate: &Estate) -> Vec<String> {
    let mut unknown: Vec<String> = Vec::new();
    for (_, key) in estate.trees().iter().flat_map(Tree::meters) {
        if !words::is_known(key) && !unknown.iter().any(|known| known == key) {
            unknown.push(key.to_owned());
        }
    }
    unknown
}

/// The one column that a phone has room for: how much of the users' licenses a node uses, and what
/// it requires where that is all there is.
pub fn essential(tree: &Tree, node: NodeId) -> Column {
    let part = if tree.kind(node) == Kind::Connection { tree.children(node).next() } else { None };
    match tree.kind(part.unwrap_or(node)) {
        Kind::LicenseType => Column::new(words::REQUIRED, Shows::InUse),
        Kind::Service => Column::new(words::LIVE, Shows::Utilization),
        _ => Column::new(words::TEAMS, Shows::Utilization),
    }
}

/// How wide a column is, in CSS pixels.
pub fn width(placed: &Placed) -> u16 {
    placed.width.unwrap_or(match placed.column.shows {
        Shows::Utilization => 156,
        Shows::InUse => 76,
        Shows::Assigned | Shows::Available | Shows::Users => 84,
        Shows::ResourceAccounts => 128,
    })
}

/// The columns' widths as the stylesheet takes them.
pub fn template(layout: &Layout) -> String {
    let name = match layout.name_width {
        Some(width) => format!("{width}px"),
        None => format!("minmax({NAME_PX}px,1fr)"),
    };
    let columns = layout.in_order().map(|placed| format!("{}px", width(placed)));
    let findings = format!("{FINDINGS_PX}px");
    // Where the name does not take what is left, nothing does.
    let rest = layout.name_width.map(|_| "1fr".to_owned());
    let all = std::iter::once(name).chain(columns).chain([findings]).chain(rest);
    all.collect::<Vec<_>>().join(" ")
}

/// The least width at which no column has to give way, in CSS pixels.
pub fn least_width(layout: &Layout) -> usize {
    let name = u32::from(layout.name_width.unwrap_or(NAME_PX));
    let columns = layout.in_order().map(|placed| u32::from(width(placed)) + GAP_PX).sum::<u32>();
    let width = 2 * GUTTER_PX + name + columns + GAP_PX + u32::from(FINDINGS_PX);
    usize::try_from(width).unwrap_or(usize::MAX)
}

/// How far from the edge each pinned column stays, in the order shown.
pub fn pinned_at(layout: &Layout) -> Vec<Option<u32>> {
    let mut at = GUTTER_PX + u32::from(layout.name_width.unwrap_or(NAME_PX)) + GAP_PX;
    let place = |placed: &Placed| {
        let here = placed.is_pinned.then_some(at);
        at += u32::from(width(placed)) + GAP_PX;
        here
    };
    layout.in_order().map(place).collect()
}
