//! Tab-separated text, to paste into a spreadsheet.

use super::guard::{is_control, needs_guard, push_char};
use super::plan::Plan;
use super::table::{About, Cell, Cells, Headings, Table, cells, headings};
use super::{ExportError, Writer, number, utc};
use crate::estate::{Estate, NodeRef};

/// Writes tab-separated text, to paste into a spreadsheet.
///
/// - A cell cannot hold a tab or a line break: each becomes a space.
/// - What might be taken for a formula gets an apostrophe in front, as in [`Csv`](super::Csv).
/// - Utilization is a whole percentage with its sign, such as `93%`: a decimal point would make it
///   a date where a comma is written for it.
#[derive(Debug)]
pub struct Tsv {
    plan: Plan,
    table: TsvTable,
}

/// Any table as tab-separated text.
#[derive(Debug)]
pub(super) struct TsvTable {
    rows: u64,
}

impl Tsv {
    /// Begins a text with its headings.
    pub fn begin(plan: Plan, out: &mut Vec<u8>) -> Self {
        let table = TsvTable::begin(&|put| headings(&plan, put), out);
        Self { plan, table }
    }
}

impl TsvTable {
    pub(super) fn begin(headings: Headings<'_>, out: &mut Vec<u8>) -> Self {
        let mut is_first = true;
        headings(&mut |title, _| push(out, &mut is_first, Cell::Text(title)));
        out.push(b'\n');
        Self { rows: 0 }
    }
}

impl Table for TsvTable {
    fn row(&mut self, _: usize, cells: Cells<'_>, out: &mut Vec<u8>) -> Result<(), ExportError> {
        let mut is_first = true;
        cells(&mut |cell| push(out, &mut is_first, cell))?;
        out.push(b'\n');
        self.rows += 1;
        Ok(())
    }

    fn end(self: Box<Self>, _: &About<'_>, _: &mut Vec<u8>) -> Result<u64, ExportError> {
        Ok(self.rows)
    }
}

impl Writer for Tsv {
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

fn push(out: &mut Vec<u8>, is_first: &mut bool, cell: Cell<'_>) {
    if !*is_first {
        out.push(b'\t');
    }
    *is_first = false;
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => push_text(out, text),
        Cell::Findings(words) => push_text(out, &words.join("; ")),
        Cell::Uuid(uuid) => out.extend_from_slice(uuid.to_string().as_bytes()),
        Cell::Id(id) => number::push(out, id),
        Cell::Count(count) => number::push(out, count),
        Cell::Share(share) => {
            number::push(out, (share + 50).div_euclid(100));
            out.push(b'%');
        }
        Cell::Time(unix_s) => utc::push(out, unix_s),
    }
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    let guard = needs_guard(text);
    // A quote at the beginning opens a quoted cell, which would take in all that follows.
    let quote = !guard && text.starts_with('"');
    if quote {
        out.push(b'"');
    }
    if guard {
        out.push(b'\'');
    }
    for c in text.chars() {
        match c {
            '"' if quote => out.extend_from_slice(b"\"\""),
            '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                out.push(b' ');
            }
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
    fn a_cell_stays_a_cell() {
        assert_eq!(text("two\r\nlines\tand a tab"), "two  lines and a tab");
        assert_eq!(text("\"quoted\" name"), "\"\"\"quoted\"\" name\"");
        assert_eq!(text("a \"quoted\" name"), "a \"quoted\" name");
        assert_eq!(text("=1"), "'=1");
        assert_eq!(text("a\0b"), "a\u{fffd}b");
    }
}
