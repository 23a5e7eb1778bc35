//! The code of spreadsheets, which few exports need.

use seatree_core::export::{ExportError, Plan, Writer, Xlsx};

use crate::platform::part::part;

/// Begins a spreadsheet of a plan, of so many rows, written at a time, with a scope in words.
pub(super) type Begin =
    fn(Plan, u64, i64, &str, &mut Vec<u8>) -> Result<Box<dyn Writer>, ExportError>;

part!(
    xlsx,
    /// How a spreadsheet begins.
    pub(super) fn begin() -> Begin {
        |plan, rows, written_at_s, scope, out| {
            Ok(Box::new(Xlsx::begin(plan, rows, written_at_s, scope, out)?))
        }
    }
);
