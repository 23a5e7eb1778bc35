//! Exports: which rows, in which format, and the dialog that asks.

mod dialog;
mod form;
mod format;
mod outlet;
mod run;
mod source;
mod spreadsheet;
mod which;

pub use form::{Progress, Rows, Write, Writing, form};
pub use format::Format;
pub use outlet::{Failure, Outlet, Written};
pub use source::source;

use crate::app::Context;
use crate::platform::part::{View, part};

part!(
    tools,
    /// What to write into a file, and in which format.
    pub fn export() -> View {
        dialog::content
    }
);

part!(
    tools,
    /// What writes all rows of the tree, without asking.
    pub fn all() -> fn(Context, Format) -> Writing {
        dialog::all
    }
);
