//! The formats of an export.

use seatree_core::words::tr;

/// In which format rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
    /// Tab-separated text in the clipboard.
    Copied,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::Json, Self::Copied];

    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Xlsx => tr("Spreadsheet (XLSX)"),
            Self::Json => "JSON",
            Self::Copied => tr("Copy, to paste into a spreadsheet"),
        }
    }

    /// For whom it is.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Csv => tr("for other programs; any number of rows"),
            Self::Xlsx => tr("grouped by level, with filters; up to 1,048,575 rows"),
            Self::Json => tr("for programs: every name exactly as it was sent"),
            Self::Copied => tr("up to 100,000 rows"),
        }
    }

    /// The format of files that end so.
    pub fn of_ending(ending: &str) -> Option<Self> {
        [Self::Xlsx, Self::Csv, Self::Json].into_iter().find(|format| format.ending() == ending)
    }

    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
            Self::Copied => "txt",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
            Self::Copied => "text/plain;charset=utf-8",
        }
    }
}
