//! The XML of a sheet.

use super::{MOST_LEVELS, xml};
use crate::export::number;
use crate::export::table::{Cell, Width};

/// Styles by their place in `book::styles`; those of names follow, one for each level of an outline.
#[derive(Clone, Copy)]
#[repr(usize)]
pub(super) enum Style {
    Plain,
    Heading,
    Count,
    Share,
    Time,
    Title,
    Name,
}

/// Days from the one that spreadsheets count from to 1970.
const DAYS_BEFORE_1970: i128 = 25_569;
const DAY_S: i128 = 86_400;

/// Counts that a spreadsheet shows with all their digits.
const MOST_EXACT: u64 = 999_999_999_999_999;

#[derive(Debug, Default)]
pub(super) struct Sheet {
    xml: Vec<u8>,
    rows: u64,
    column: usize,
    /// Texts that lost their end.
    cut: u64,
}

impl Sheet {
    /// Begins the sheet of the rows: headings that stay in sight, a row's details below it.
    pub(super) fn begin(widths: &[Width]) -> Self {
        let mut sheet = Self::default();
        sheet.push(super::book::SHEET_HEAD);
        sheet.push(
            "<sheetPr><outlinePr summaryBelow=\"0\"/></sheetPr><sheetViews>\
             <sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"1\" \
             topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection \
             pane=\"bottomLeft\"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\" outlineLevelRow=\"7\"/>",
        );
        sheet.columns(widths.iter().map(|width| match width {
            Width::Name => 26,
            Width::Word => 14,
            Width::Id => 38,
            Width::Figure => 13,
            Width::Time => 20,
            Width::Address => 34,
        }));
        sheet
    }

    /// Begins a sheet of words.
    pub(super) fn plain(widths: &[u32]) -> Self {
        let mut sheet = Self::default();
        sheet.push(super::book::SHEET_HEAD);
        sheet.columns(widths.iter().copied());
        sheet
    }

    fn columns(&mut self, widths: impl Iterator<Item = u32>) {
        self.push("<cols>");
        for (column, width) in (1_u32..).zip(widths) {
            self.push("<col min=\"");
            self.number(column);
            self.push("\" max=\"");
            self.number(column);
            self.push("\" width=\"");
            self.number(width);
            self.push("\" customWidth=\"1\"/>");
        }
        self.push("</cols><sheetData>");
    }

    pub(super) fn begin_row(&mut self, level: usize) {
        self.rows += 1;
        self.column = 0;
        self.push("<row r=\"");
        self.number(self.rows);
        if level > 0 {
            self.push("\" outlineLevel=\"");
            self.number(level);
        }
        self.push("\">");
    }

    pub(super) fn end_row(&mut self) {
        self.push("</row>");
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.text(text, Style::Heading as usize);
    }

    pub(super) fn title(&mut self, text: &str) {
        self.text(text, Style::Title as usize);
    }

    /// A node's name, set in by its level.
    pub(super) fn name(&mut self, name: &str, level: usize) {
        self.text(name, Style::Name as usize + level.min(MOST_LEVELS));
    }

    pub(super) fn cell(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Empty => self.column += 1,
            Cell::Text(text) => self.text(text, Style::Plain as usize),
            Cell::Findings(words) => self.text(&words.join("; "), Style::Plain as usize),
            Cell::Uuid(uuid) => self.text(&uuid.to_string(), Style::Plain as usize),
            Cell::Id(id) => self.text(&id.to_string(), Style::Plain as usize),
            // A spreadsheet would round it: so many digits are a text.
            Cell::Count(count) if count.unsigned_abs() > MOST_EXACT => {
                self.text(&count.to_string(), Style::Plain as usize);
            }
            Cell::Count(count) => self.decimal(count.into(), 0, Style::Count),
            Cell::Share(share) => self.decimal(share, 4, Style::Share),
            Cell::Time(unix_s) => {
                let seconds = i128::from(unix_s) + DAYS_BEFORE_1970 * DAY_S;
                // Ten decimals tell the milliseconds of a day apart.
                let days = (seconds * 10_000_000_000 + DAY_S / 2).div_euclid(DAY_S);
                self.decimal(days, 10, Style::Time);
            }
        }
    }

    fn text(&mut self, text: &str, style: usize) {
        if text.is_empty() {
            self.column += 1;
            return;
        }
        self.begin_cell(style);
        self.push("\" t=\"inlineStr\"><is><t");
        if text.starts_with(' ') || text.ends_with(' ') || text.contains(['\t', '\n']) {
            self.push(" xml:space=\"preserve\"");
        }
        self.push(">");
        if !xml::push_text(&mut self.xml, text) {
            self.cut += 1;
        }
        self.push("</t></is></c>");
    }

    fn decimal(&mut self, units: i128, places: u32, style: Style) {
        self.begin_cell(style as usize);
        self.push("\"><v>");
        number::push_decimal(&mut self.xml, units, places);
        self.push("</v></c>");
    }

    fn begin_cell(&mut self, style: usize) {
        self.column += 1;
        self.push("<c r=\"");
        push_letters(&mut self.xml, self.column);
        self.number(self.rows);
        if style > 0 {
            self.push("\" s=\"");
            self.number(style);
        }
    }

    /// Ends the sheet of the rows; gives the cells that it filters.
    pub(super) fn end(&mut self, columns: usize) -> String {
        let mut area = b"$A$1:$".to_vec();
        push_letters(&mut area, columns);
        area.push(b'$');
        number::push(&mut area, self.rows);
        let area: String = area.into_iter().map(char::from).collect();
        self.push("</sheetData><autoFilter ref=\"");
        self.push(&area.replace('$', ""));
        self.push("\"/></worksheet>");
        area
    }

    pub(super) fn end_plain(mut self) -> String {
        self.push("</sheetData></worksheet>");
        String::from_utf8(self.xml).unwrap_or_default()
    }

    /// What was made of it since the last [`clear`](Self::clear).
    pub(super) fn xml(&self) -> &[u8] {
        &self.xml
    }

    pub(super) fn clear(&mut self) {
        self.xml.clear();
    }

    /// Rows so far, headings included.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Texts that lost their end.
    pub(super) fn cut(&self) -> u64 {
        self.cut
    }

    fn push(&mut self, xml: &str) {
        self.xml.extend_from_slice(xml.as_bytes());
    }

    fn number(&mut self, number: impl itoa::Integer) {
        number::push(&mut self.xml, number);
    }
}

/// Appends the letters of a column, counted from 1: A to Z, AA to ZZ, AAA to XFD.
fn push_letters(out: &mut Vec<u8>, column: usize) {
    let rest = (column - 1) / 26;
    if rest > 0 {
        push_letters(out, rest);
    }
    out.push(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(column - 1) % 26]);
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_have_letters() {
        let letters = |column| {
            let mut out = Vec::new();
            super::push_letters(&mut out, column);
            String::from_utf8(out).unwrap()
        };
        let expected =
            [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")];
        for (column, text) in expected {
            assert_eq!(letters(column), text);
        }
    }
}
