//! Exports: which rows, in which format, and the dialog that asks.

mod dialog;
mod format;
mod run;
mod source;
mod spreadsheet;
mod which;

use crate::platform::part::{View, part};

part!(
    tools,
    /// What to write into a file, and in which format.
    pub fn export() -> View {
        dialog::content
    }
);
