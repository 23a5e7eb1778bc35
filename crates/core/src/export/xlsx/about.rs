//! The sheet that says where the rows come from.

use super::sheet::Sheet;
use crate::export::table::{About, Cell};

/// What a reader of any figures has to know.
pub(in crate::export) const EMPTY: &str =
    "An empty cell is a figure that the upstream did not send. It is not 0.";

pub(super) fn sheet(about: &About<'_>, rows: u64, table: &Sheet) -> String {
    let mut sheet = Sheet::plain(&[26, 40, 40, 20, 18]);
    sheet.begin_row(0);
    sheet.title(about.title);
    sheet.end_row();
    let count = i64::try_from(rows).unwrap_or(i64::MAX);
    pair(&mut sheet, "Written at (UTC)", Cell::Time(about.written_at_s));
    pair(&mut sheet, "Rows", Cell::Count(count));
    pair(&mut sheet, "Which rows", Cell::Text(about.scope));
    gap(&mut sheet);
    for note in about.notes {
        words(&mut sheet, note);
    }
    if table.cut() > 0 {
        words(
            &mut sheet,
            "Names beyond the 32,767 signs of a cell lost their end, marked by …; a CSV has them.",
        );
    }
    gap(&mut sheet);
    sheet.begin_row(0);
    for title in ["Connection", "Source", "Source address", "Read at (UTC)", "Source state"] {
        sheet.heading(title);
    }
    sheet.end_row();
    for source in about.sources {
        sheet.begin_row(0);
        sheet.cell(Cell::Text(&source.name));
        sheet.cell(Cell::Text(source.kind.name()));
        sheet.cell(Cell::Text(source.address.as_str()));
        sheet.cell(source.read_at_s.map_or(Cell::Empty, Cell::Time));
        sheet.cell(Cell::Text(source.extent.words()));
        sheet.end_row();
    }
    sheet.end_plain()
}

fn pair(sheet: &mut Sheet, what: &str, value: Cell<'_>) {
    sheet.begin_row(0);
    sheet.cell(Cell::Text(what));
    sheet.cell(value);
    sheet.end_row();
}

fn words(sheet: &mut Sheet, words: &str) {
    sheet.begin_row(0);
    sheet.cell(Cell::Text(words));
    sheet.end_row();
}

fn gap(sheet: &mut Sheet) {
    sheet.begin_row(0);
    sheet.end_row();
}
