//! The cells of a row, for the formats that are tables.

use super::plan::{Plan, path, tree_of};
use super::{ExportError, Source, number};
use crate::estate::{Estate, NodeRef, Uuid};
use crate::view::Shows;

/// Gives the headings of a table, one after the other.
pub(super) type Headings<'a> = &'a dyn Fn(&mut dyn FnMut(&str, Width));

/// Gives the cells of a row, one after the other.
pub(super) type Cells<'a> = &'a mut dyn FnMut(&mut dyn FnMut(Cell<'_>)) -> Result<(), ExportError>;

/// A table in one format, whatever its rows are. It has its headings already.
pub(super) trait Table: std::fmt::Debug {
    /// Appends a row, so many levels below the rows before it that hold it.
    fn row(&mut self, level: usize, cells: Cells<'_>, out: &mut Vec<u8>)
    -> Result<(), ExportError>;

    /// Appends what comes after the rows, and tells how many there were.
    fn end(self: Box<Self>, about: &About<'_>, out: &mut Vec<u8>) -> Result<u64, ExportError>;
}

/// What a file says of itself, in the formats that have a place for it.
#[cfg_attr(
    not(feature = "xlsx"),
    expect(dead_code, reason = "of the formats that are tables only a spreadsheet says this")
)]
#[derive(Debug)]
pub(super) struct About<'a> {
    pub(super) title: &'static str,
    /// What a reader of the figures has to know.
    pub(super) notes: &'static [&'static str],
    pub(super) sources: &'a [Source],
    /// In seconds since 1970.
    pub(super) written_at_s: i64,
    /// Which rows these are, in words.
    pub(super) scope: &'a str,
}

/// What one cell holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    /// Nothing there, or not known.
    Empty,
    /// Words, perhaps an upstream's.
    Text(&'a str),
    Uuid(Uuid),
    /// A number that names something.
    Id(u64),
    Count(i64),
    /// A share in ten-thousandths.
    Share(i128),
    /// What a person should look at, in words.
    Findings(&'a [&'a str]),
    /// Seconds since 1970.
    Time(i64),
}

/// What a column is for, which says how wide it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Name,
    Word,
    Id,
    Figure,
    Time,
    Address,
}

/// Gives each column's heading.
pub(super) fn headings(plan: &Plan, put: &mut dyn FnMut(&str, Width)) {
    for title in ["Connection", "Group", "Distributor", "Reseller", "Tenant", "Name"] {
        put(title, Width::Name);
    }
    put("Kind", Width::Word);
    put("Id", Width::Id);
    put("Billing id", Width::Word);
    for columns in &plan.meters {
        for shows in &columns.shows {
            put(&columns.heading(*shows), Width::Figure);
        }
    }
    put("Findings", Width::Name);
    source_headings(put);
}

/// Gives the headings of where a row comes from.
pub(super) fn source_headings(put: &mut dyn FnMut(&str, Width)) {
    put("Source", Width::Word);
    put("Source address", Width::Address);
    put("Read at (UTC)", Width::Time);
    put("Source state", Width::Word);
}

/// Gives the cells of where a row comes from.
pub(super) fn source_cells(source: Option<&Source>, put: &mut dyn FnMut(Cell<'_>)) {
    match source {
        Some(source) => {
            put(Cell::Text(source.kind.name()));
            put(Cell::Text(source.address.as_str()));
            put(source.read_at_s.map_or(Cell::Empty, Cell::Time));
            put(Cell::Text(source.extent.words()));
        }
        None => (0..4).for_each(|_| put(Cell::Empty)),
    }
}

/// Gives each cell of a node's row.
pub(super) fn cells(
    plan: &Plan,
    estate: &Estate,
    at: NodeRef,
    findings: &[&str],
    put: &mut dyn FnMut(Cell<'_>),
) -> Result<(), ExportError> {
    let tree = tree_of(estate, at).ok_or(ExportError::Changed)?;
    for name in path(tree, at) {
        put(name.map_or(Cell::Empty, Cell::Text));
    }
    put(Cell::Text(tree.name(at.node)));
    put(Cell::Text(tree.kind(at.node).word()));
    put(match (tree.uuid(at.node), tree.subscription_id(at.node)) {
        (Some(uuid), _) => Cell::Uuid(uuid),
        (None, Some(id)) => Cell::Id(id),
        (None, None) => Cell::Empty,
    });
    put(tree.billing_id(at.node).map_or(Cell::Empty, Cell::Text));
    for columns in &plan.meters {
        let reading = columns.reading(tree, at);
        for shows in &columns.shows {
            let figure = match shows {
                Shows::Assigned => reading.assigned,
                Shows::InUse => reading.in_use,
                Shows::Available => reading.available(),
                Shows::Users => reading.users,
                Shows::ResourceAccounts => reading.resource_accounts,
                Shows::Utilization => {
                    put(number::utilization(&reading).map_or(Cell::Empty, Cell::Share));
                    continue;
                }
            };
            put(figure.get().map_or(Cell::Empty, Cell::Count));
        }
    }
    put(if findings.is_empty() { Cell::Empty } else { Cell::Findings(findings) });
    source_cells(plan.sources.get(usize::from(at.tree)), put);
    Ok(())
}

/// How many columns come before the node's own name.
#[cfg(feature = "xlsx")]
pub(super) const PATH_COLUMNS: usize = super::plan::LEVELS.len();
