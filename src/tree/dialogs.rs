//! What the dialog shows of the tree: filters and columns. Fetched when first asked for.

mod columns;
mod filter;
mod ranges;
mod sorting;

use crate::platform::part::{View, part};

part!(
    tools,
    /// What to show by kind and by figures.
    pub fn filter() -> View {
        filter::content
    }
);

part!(
    tools,
    /// Which columns to show, in which order and how wide.
    pub fn columns() -> View {
        columns::content
    }
);
