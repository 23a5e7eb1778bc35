//! Spreadsheets, as Office Open XML has them.

mod about;
mod book;
mod sheet;
mod xml;
mod zip;

use self::sheet::Sheet;
use self::zip::Zip;
use super::plan::Plan;
use super::table::{About, Cell, Cells, Headings, PATH_COLUMNS, Table, Width, cells, headings};
use super::{ExportError, Writer};
use crate::estate::{Estate, NodeId, NodeRef};

/// The rows a sheet holds, its headings included.
const MOST_ROWS: u64 = 1_048_576;
const MOST_COLUMNS: usize = 16_384;

/// Levels of an outline beside the outermost.
const MOST_LEVELS: usize = 7;

/// Writes a spreadsheet: numbers as numbers, shares as percentages, times as times, and whatever an
/// upstream sent as text, which no spreadsheet runs. The headings stay in sight and filter; rows are
/// grouped below those that hold them; a second sheet says where everything comes from.
///
/// It is written as it goes, unlike by the libraries for it, which keep each cell until the end: a
/// million rows would take a gigabyte, and seconds without a turn for the page.
///
/// A text beyond the 32,767 signs of a cell loses its end; a control sign becomes U+FFFD.
#[derive(Debug)]
pub struct Xlsx {
    plan: Plan,
    written_at_s: i64,
    scope: String,
    table: XlsxTable,
    /// The rows that the last one is grouped below, and where each one's subtree ends.
    above: Vec<(NodeRef, NodeId)>,
}

/// Any table as a spreadsheet.
#[derive(Debug)]
pub(super) struct XlsxTable {
    /// What its rows are, as the name of their sheet.
    name: &'static str,
    columns: usize,
    /// The column of the names, which are set in by their level.
    name_column: usize,
    zip: Zip,
    /// XML that is not compressed yet.
    sheet: Sheet,
}

/// What a reader of licenses has to know.
const NOTES: [&str; 4] = [
    about::EMPTY,
    "A row holds the figures of the rows below it: add up rows of one kind only.",
    "Available is assigned minus in use, and negative when over the limit.",
    "Utilization is in use divided by assigned.",
];

impl Xlsx {
    /// Begins a file of so many rows at most, written at this time in seconds since 1970. `scope`
    /// says in words which rows they are.
    ///
    /// # Errors
    /// What a sheet cannot hold.
    pub fn begin(
        plan: Plan,
        rows: u64,
        written_at_s: i64,
        scope: &str,
        out: &mut Vec<u8>,
    ) -> Result<Self, ExportError> {
        let headings = |put: &mut dyn FnMut(&str, Width)| headings(&plan, put);
        let table = XlsxTable::begin("Licenses", &headings, PATH_COLUMNS, rows, out)?;
        let scope = scope.to_owned();
        Ok(Self { plan, written_at_s, scope, table, above: Vec::new() })
    }

    /// How many of the rows written before a row hold it, one below the other.
    fn outline_level(&mut self, estate: &Estate, at: NodeRef) -> usize {
        let holds = |above: &(NodeRef, NodeId)| {
            above.0.tree == at.tree && above.0.node < at.node && at.node < above.1
        };
        while self.above.last().is_some_and(|above| !holds(above)) {
            self.above.pop();
        }
        let level = self.above.len();
        if let Some(tree) = estate.tree(at.tree) {
            self.above.push((at, tree.end(at.node)));
        }
        level.min(MOST_LEVELS)
    }
}

impl XlsxTable {
    /// Begins a file of so many rows at most.
    pub(super) fn begin(
        name: &'static str,
        headings: Headings<'_>,
        name_column: usize,
        rows: u64,
        out: &mut Vec<u8>,
    ) -> Result<Self, ExportError> {
        let most = MOST_ROWS - 1;
        if rows > most {
            return Err(ExportError::TooManyRows { rows, most });
        }
        let mut widths = Vec::new();
        headings(&mut |_, width| widths.push(width));
        let columns = widths.len();
        if columns > MOST_COLUMNS {
            return Err(ExportError::TooManyColumns { columns, most: MOST_COLUMNS });
        }
        let mut zip = Zip::new();
        zip.file("[Content_Types].xml", book::CONTENT_TYPES, out)?;
        zip.file("_rels/.rels", book::RELATIONS, out)?;
        zip.file("xl/_rels/workbook.xml.rels", book::WORKBOOK_RELATIONS, out)?;
        zip.file("xl/styles.xml", &book::styles(), out)?;
        zip.begin("xl/worksheets/sheet1.xml");
        let mut sheet = Sheet::begin(&widths);
        sheet.begin_row(0);
        headings(&mut |title, _| sheet.heading(title));
        sheet.end_row();
        Ok(Self { name, columns, name_column, zip, sheet })
    }
}

impl Table for XlsxTable {
    fn row(
        &mut self,
        level: usize,
        cells: Cells<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let rows = self.sheet.rows();
        if rows >= MOST_ROWS {
            return Err(ExportError::TooManyRows { rows, most: MOST_ROWS - 1 });
        }
        let Self { sheet, name_column, .. } = self;
        sheet.begin_row(level);
        let mut column = 0;
        cells(&mut |cell| {
            match cell {
                Cell::Text(name) if column == *name_column => sheet.name(name, level),
                cell => sheet.cell(cell),
            }
            column += 1;
        })?;
        self.sheet.end_row();
        self.zip.write(self.sheet.xml(), out)?;
        self.sheet.clear();
        Ok(())
    }

    fn end(mut self: Box<Self>, about: &About<'_>, out: &mut Vec<u8>) -> Result<u64, ExportError> {
        let written = self.sheet.rows();
        let area = self.sheet.end(self.columns);
        self.zip.write(self.sheet.xml(), out)?;
        self.zip.end(out)?;
        let rows = written - 1;
        let about = about::sheet(about, rows, &self.sheet);
        self.zip.file("xl/worksheets/sheet2.xml", &about, out)?;
        self.zip.file("xl/workbook.xml", &book::workbook(self.name, &area), out)?;
        self.zip.finish(out)?;
        Ok(rows)
    }
}

impl Writer for Xlsx {
    fn row(
        &mut self,
        estate: &Estate,
        at: NodeRef,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        if super::plan::tree_of(estate, at).is_none() {
            return Err(ExportError::Changed);
        }
        let level = self.outline_level(estate, at);
        let Self { plan, table, .. } = self;
        table.row(level, &mut |put| cells(plan, estate, at, findings, put), out)
    }

    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError> {
        let Self { plan, written_at_s, scope, table, .. } = *self;
        let about = About {
            title: "Licenses exported from Seatree",
            notes: &NOTES,
            sources: &plan.sources,
            written_at_s,
            scope: &scope,
        };
        Box::new(table).end(&about, out)
    }
}
