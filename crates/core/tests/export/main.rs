//! Exports, read back by other people's readers and held against the plainest way to make them.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod formats;
mod model;
mod services;
mod spreadsheet;

use seatree_core::estate::NodeRef;
use seatree_core::export::{ExportError, Plan, Writer};

use model::Model;

/// 2026-11-22T20:41:33Z.
const WRITTEN_AT_S: i64 = 1_795_380_093;

/// Writes rows of a model; the file comes in pieces, as a page takes it.
fn write(
    model: &Model,
    rows: &[NodeRef],
    begin: impl FnOnce(Plan, &mut Vec<u8>) -> Result<Box<dyn Writer>, ExportError>,
) -> Result<(Vec<u8>, u64), ExportError> {
    let (estate, sources) = (model.estate(), model.sources());
    let (mut file, mut piece) = (Vec::new(), Vec::new());
    let mut writer = begin(Plan::new(&estate, sources), &mut piece)?;
    for &row in rows {
        let findings = model.findings(row);
        writer.row(&estate, row, &findings, &mut piece)?;
        if piece.len() > 1_000 {
            file.append(&mut piece);
        }
    }
    let written = writer.end(&mut piece)?;
    file.append(&mut piece);
    Ok((file, written))
}
