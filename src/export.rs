//! Exports: which rows, in which format, and the dialog that asks.

mod dialog;
mod form;
mod format;
mod outlet;
mod run;
mod source;
mod spreadsheet;
mod which;

pub use form::{Progress, Rows, Write, form};
pub use format::Format;
pub use outlet::{Failure, Outlet, Written};
pub use source::source;

use crate::platform::part::{View, part};

part!(
    tools,
    /// What to write into a file, and in which format.
    pub fn export() -> View {
        dialog::content
    }
);
