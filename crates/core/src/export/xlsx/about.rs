//! The sheet that says where the rows come from.

use super::sheet::Sheet;
use crate::export::Plan;
use crate::export::table::Cell;

/// What a reader of the figures has to know.
const NOTES: [&str; 4] = [
    "An empty cell is a figure that the upstream did not send. It is not 0.",
    "A row holds the figures of the rows below it: add up rows of one kind only.",
    "Available is assigned minus in use, and negative when over the limit.",
    "Utilization is in use divided by assigned.",
];

pub(super) fn sheet(
    plan: &Plan,
    written_at_s: i64,
    scope: &str,
    rows: u64,
    licenses: &Sheet,
) -> String {
    let mut sheet = Sheet::plain(&[26, 40, 40, 20, 18]);
    sheet.begin_row(0);
    sheet.title("Licenses exported from Seatree");
    sheet.end_row();
    let count = i64::try_from(rows).unwrap_or(i64::MAX);
    pair(&mut sheet, "Written at (UTC)", Cell::Time(written_at_s));
    pair(&mut sheet, "Rows", Cell::Count(count));
    pair(&mut sheet, "Which rows", Cell::Text(scope));
    gap(&mut sheet);
    for note in NOTES {
        words(&mut sheet, note);
    }
    if licenses.cut() > 0 {
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
    for source in &plan.sources {
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
