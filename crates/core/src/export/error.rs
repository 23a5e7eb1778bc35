//! Why an export could not be written.

use crate::say;
use crate::words::{number, tr};
use std::fmt;

/// Why an export could not be written; its text says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportError {
    /// A row is gone: its connection was read again or removed meanwhile.
    Changed,
    /// A sheet holds fewer rows.
    TooManyRows { rows: u64, most: u64 },
    /// A sheet holds fewer columns.
    TooManyColumns { columns: usize, most: usize },
    /// A spreadsheet's file holds less than 4 GB.
    TooLarge,
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str(tr(
                "A connection was read again or removed while the export was written: export again",
            )),
            Self::TooManyRows { rows, most } => f.write_str(&say!(
                "A spreadsheet holds {most} rows and these are {rows}: export as CSV, which has \
                 no limit, or filter first",
                most = number(*most),
                rows = number(*rows)
            )),
            Self::TooManyColumns { columns, most } => f.write_str(&say!(
                "A spreadsheet holds {most} columns and these are {columns}: export as CSV, which \
                 has no limit",
                most = number(*most),
                columns = number(*columns)
            )),
            Self::TooLarge => f.write_str(tr(
                "The names are too long for a spreadsheet, which holds 4 GB: export as CSV, which \
                 has no limit",
            )),
        }
    }
}

impl std::error::Error for ExportError {}
