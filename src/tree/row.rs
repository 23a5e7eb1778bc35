//! One row of the tree.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::config::Kind as UpstreamKind;
use seatree_core::estate::{Kind, NodeRef, Tree};
use seatree_core::insight::Mark;
use seatree_core::words::tr;

use super::cell::Cell;
use super::columns::Shown;
use super::findings;
use crate::app::context::Context;
use crate::connections::{State, wants_token};
use crate::estate::Forest;
use crate::platform::storage::Storage;
use crate::ui::live::live_if;
use crate::ui::marked;

/// Everything a row shows; a row is drawn again only when this changes.
#[derive(Clone, Debug, PartialEq)]
struct RowData {
    name: String,
    /// The parts of the name that the filter found.
    found: Vec<Range<usize>>,
    kind: Kind,
    note: String,
    depth: u8,
    /// None for a leaf.
    open: Option<bool>,
    cells: Vec<Cell>,
    marks: Vec<Mark>,
}

/// The cells of a row. While a tree streams in, most changes are not this row's: it is drawn anew
/// only when what it shows has changed.
pub fn cells(
    context: Context,
    index: Signal<usize>,
    shown: Memo<Arc<Shown>>,
    is_narrow: Signal<bool>,
) -> AnyView {
    let data = Memo::new(move |_| {
        let shown = (!is_narrow.get()).then(|| shown.get());
        data(context, index.get(), shown.as_deref())
    });
    live_if(move || Some(draw(&data.get()?)))
}

/// The row at a place; none when the rows just became fewer.
/// Without columns there is room for one.
fn data(context: Context, index: usize, shown: Option<&Shown>) -> Option<RowData> {
    let thresholds = context.thresholds.get();
    context.estate.with(|forest| {
        let at = forest.rows.get(index)?;
        let tree = forest.estate.tree(at.tree)?;
        let kind = tree.kind(at.node);
        let cells = if let Some(shown) = shown {
            let cell = |(column, place): &(_, Option<u32>)| {
                Cell::of(tree, at.node, column, thresholds, *place)
            };
            shown.placed.iter().map(cell).collect()
        } else {
            vec![Cell::alone(tree, at.node, thresholds)]
        };
        let level = forest.rows.level(&forest.estate, index);
        Some(RowData {
            name: tree.name(at.node).to_owned(),
            found: forest.found_in(tree.name(at.node)),
            kind,
            note: if forest.rows.is_flat() {
                listed_note(tree, at.node)
            } else {
                note(context, forest, at, tree)
            },
            depth: level.saturating_sub(1),
            open: forest
                .rows
                .can_open(&forest.estate, at)
                .then(|| forest.rows.is_open(&forest.estate, at)),
            cells,
            marks: forest.marks(at),
        })
    })
}

fn note(context: Context, forest: &Forest, at: NodeRef, tree: &Tree) -> String {
    match tree.kind(at.node) {
        Kind::Connection => {
            forest.connection(at.tree).map(|id| state_note(context, id)).unwrap_or_default()
        }
        Kind::Subscription => {
            tree.subscription_id(at.node).map(|id| format!("#{id}")).unwrap_or_default()
        }
        Kind::LicenseType => tr("required").to_owned(),
        Kind::Reseller | Kind::Tenant => direct_note(tree, at.node),
        _ => String::new(),
    }
}

/// Without the hierarchy around it, a node says whose it is.
fn listed_note(tree: &Tree, node: u32) -> String {
    let id = tree.subscription_id(node).map(|id| format!("#{id}"));
    let above = tree.parent(node).map(|above| tree.name(above).to_owned());
    [id, above].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn state_note(context: Context, id: &str) -> String {
    // On another page there are no connections to a reader's knowledge.
    if context.storage == Storage::Nowhere {
        return String::new();
    }
    let Some(entry) = context.connections.find(id) else { return String::new() };
    match entry.state.get() {
        State::SignedOut if entry.connection.kind() == UpstreamKind::Edge => {
            tr("enter a token to read").to_owned()
        }
        State::SignedOut => tr("sign in to read").to_owned(),
        State::CodeWanted { .. } => tr("enter the code to read").to_owned(),
        State::Loading(_) => tr("reading…").to_owned(),
        State::Ready { failed: 0, .. } => entry.connection.kind().name().to_owned(),
        State::Ready { .. } => tr("partly read").to_owned(),
        State::Failed(error) if wants_token(&error) => {
            tr("enter a new token to read on").to_owned()
        }
        State::Failed(_) => tr("failed: see Connections").to_owned(),
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
    if usual || above == Some(Kind::Connection) { String::new() } else { tr("direct").to_owned() }
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

/// As few elements as say it all: most of a frame goes to laying them out.
fn draw(row: &RowData) -> AnyView {
    let caret = match row.open {
        Some(true) => "caret open",
        Some(false) => "caret",
        None => "caret none",
    };
    let kind = if row.kind == Kind::Connection { "kind source" } else { "kind" };
    let note = (!row.note.is_empty())
        .then(|| view! { <span class="note">{row.note.clone()}</span> }.into_any());
    let cells: Vec<AnyView> = row.cells.iter().map(Cell::draw).collect();
    view! {
        <span role="gridcell" class="name pinned">
            <i class="tick" aria-hidden="true"></i>
            <i class="indents" style:--depth=row.depth.to_string()></i>
            <i class=caret aria-hidden="true"></i>
            <span class=kind role="img" aria-label=row.kind.name() title=row.kind.name()>
                {letter(row.kind)}
            </span>
            {name(row)}
            {note}
        </span>
        {cells}
        <span role="gridcell" class="finding">
            {row.marks.iter().map(|mark| findings::sign(*mark)).collect::<Vec<_>>()}
        </span>
    }
    .into_any()
}

/// The name as text, whatever is in it, with what the filter found in it marked.
fn name(row: &RowData) -> AnyView {
    let label = if row.name.is_empty() { tr("(no name)").to_owned() } else { row.name.clone() };
    let content = marked::marked(&label, &row.found);
    view! {
        <bdi class="label" title=label>
            {content}
        </bdi>
    }
    .into_any()
}
