//! Spreadsheets, as Office Open XML has them.

mod about;
mod book;
mod sheet;
mod xml;
mod zip;

use self::sheet::Sheet;
use self::zip::Zip;
use super::plan::Plan;
use super::table::{Cell, PATH_COLUMNS, cells, headings};
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
    columns: usize,
    written_at_s: i64,
    scope: String,
    zip: Zip,
    /// XML that is not compressed yet.
    sheet: Sheet,
    /// The rows that the last one is grouped below, and where each one's subtree ends.
    above: Vec<(NodeRef, NodeId)>,
}

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
        let most = MOST_ROWS - 1;
        if rows > most {
            return Err(ExportError::TooManyRows { rows, most });
        }
        let mut widths = Vec::new();
        headings(&plan, |_, width| widths.push(width));
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
        headings(&plan, |title, _| sheet.heading(title));
        sheet.end_row();
        let scope = scope.to_owned();
        Ok(Self { plan, columns, written_at_s, scope, zip, sheet, above: Vec::new() })
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

impl Writer for Xlsx {
    fn row(
        &mut self,
        estate: &Estate,
        at: NodeRef,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let rows = self.sheet.rows();
        if rows >= MOST_ROWS {
            return Err(ExportError::TooManyRows { rows, most: MOST_ROWS - 1 });
        }
        if super::plan::tree_of(estate, at).is_none() {
            return Err(ExportError::Changed);
        }
        let level = self.outline_level(estate, at);
        self.sheet.begin_row(level);
        let sheet = &mut self.sheet;
        let mut column = 0;
        cells(&self.plan, estate, at, findings, &mut |cell| {
            match cell {
                Cell::Text(name) if column == PATH_COLUMNS => sheet.name(name, level),
                cell => sheet.cell(cell),
            }
            column += 1;
        })?;
        self.sheet.end_row();
        self.zip.write(self.sheet.xml(), out)?;
        self.sheet.clear();
        Ok(())
    }

    fn end(mut self: Box<Self>, out: &mut Vec<u8>) -> Result<u64, ExportError> {
        let written = self.sheet.rows();
        let area = self.sheet.end(self.columns);
        self.zip.write(self.sheet.xml(), out)?;
        self.zip.end(out)?;
        let rows = written - 1;
        let about = about::sheet(&self.plan, self.written_at_s, &self.scope, rows, &self.sheet);
        self.zip.file("xl/worksheets/sheet2.xml", &about, out)?;
        self.zip.file("xl/workbook.xml", &book::workbook(&area), out)?;
        self.zip.finish(out)?;
        Ok(rows)
    }
}
