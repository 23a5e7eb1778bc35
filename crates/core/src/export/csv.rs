//! Comma-separated values, after RFC 4180.

use super::guard::{is_control, needs_guard, push_char};
use super::plan::Plan;
use super::table::{About, Cell, Cells, Headings, Table, cells, headings};
use super::{ExportError, Writer, number, utc};
use crate::estate::{Estate, NodeRef};

/// Writes comma-separated values, after RFC 4180, in UTF-8.
///
/// - The file begins with a byte order mark: without one, Excel reads it in the code page of the
///   machine, and "Zürich" is garbled.
/// - A text that a spreadsheet might take for a formula gets an apostrophe in front; figures are
///   numbers and stay so, also when negative.
/// - A control sign becomes U+FFFD, since readers stop at it or drop it. [`Json`](super::Json) has
///   every name as it was sent.
/// - Utilization is in percent, to two decimals.
#[derive(Debug)]
pub struct Csv {
    plan: Plan,
    table: CsvTable,
}

/// Any table as comma-separated values.
#[derive(Debug)]
pub(super) struct CsvTable {
    rows: u64,
}

impl Csv {
    /// Begins a file with its headings.
    pub fn begin(plan: Plan, out: &mut Vec<u8>) -> Self {
        let table = CsvTable::begin(&|put| headings(&plan, put), out);
        Self { plan, table }
    }
}

impl CsvTable {
    pub(super) fn begin(headings: Headings<'_>, out: &mut Vec<u8>) -> Self {
        out.extend_from_slice("\u{feff}".as_bytes());
        let mut line = Line::new(out);
        headings(&mut |title, _| line.cell(Cell::Text(title)));
        line.end();
        Self { rows: 0 }
    }
}

impl Table for CsvTable {
    fn row(&mut self, _: usize, cells: Cells<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let mut line = Line::new(out);
        cells(&mut |cell| line.cell(cell))?;
        line.end();
        self.rows += 1;
        Ok(())
    }

    fn end(self: Box<Self>, _: &About<'_>, _: &mut Vec<u8>) -> Result<u64, ExportError> {
        Ok(self.rows)
    }
}

impl Writer for Csv {
    fn row(
        &mut self,
        estate: &Estate,
        node: NodeRef,
        findings: &[&str],
        out: &mut Vec<u8>,
    ) -> Result<(), ExportError> {
        let Self { plan, table } = self;
        table.row(0, &mut |put| cells(plan, estate, node, findings, put), out)
    }

    fn end(self: Box<Self>, _: &mut Vec<u8>) -> Result<u64, ExportError> {
        Ok(self.table.rows)
    }
}

/// One row while it is written.
pub(super) struct Line<'a> {
    out: &'a mut Vec<u8>,
    is_first: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, is_first: true }
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) {
        if !self.is_first {
            self.out.push(b',');
        }
        self.is_first = false;
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => push_text(self.out, text),
            Cell::Findings(words) => push_text(self.out, &words.join("; ")),
            Cell::Uuid(uuid) => self.out.extend_from_slice(uuid.to_string().as_bytes()),
            Cell::Id(id) => number::push(self.out, id),
            Cell::Count(count) => number::push(self.out, count),
            Cell::Share(share) => number::push_decimal(self.out, share, 2),
            Cell::Time(unix_s) => utc::push(self.out, unix_s),
        }
    }

    pub(super) fn end(self) {
        self.out.extend_from_slice(b"\r\n");
    }
}

/// Appends a text as one cell that no spreadsheet runs.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    let guard = needs_guard(text);
    // Some readers trim a space at an end that is not quoted.
    let quote = text.contains(['"', ',', '\r', '\n'])
        || text.starts_with([' ', '\t'])
        || text.ends_with([' ', '\t']);
    if !guard && !quote && !text.contains(is_control) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    if quote {
        out.push(b'"');
    }
    if guard {
        out.push(b'\'');
    }
    for c in text.chars() {
        match c {
            '"' => out.extend_from_slice(b"\"\""),
            c if is_control(c) => push_char(out, char::REPLACEMENT_CHARACTER),
            c => push_char(out, c),
        }
    }
    if quote {
        out.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    fn text(text: &str) -> String {
        let mut out = Vec::new();
        super::push_text(&mut out, text);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        assert_eq!(text("Harbor"), "Harbor");
        assert_eq!(text("Harbor, Ltd"), "\"Harbor, Ltd\"");
        assert_eq!(text("the \"old\" one"), "\"the \"\"old\"\" one\"");
        assert_eq!(text("two\r\nlines"), "\"two\r\nlines\"");
        assert_eq!(text(" apart "), "\" apart \"");
        assert_eq!(text("=1,2"), "\"'=1,2\"");
        assert_eq!(text("-1"), "'-1");
        assert_eq!(text("a\0b"), "a\u{fffd}b");
    }
}
