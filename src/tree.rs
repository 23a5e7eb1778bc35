//! The license tree: every connection's nodes and meters in one grid.

mod cell;
mod columns;
mod details;
pub mod dialogs;
mod findings;
mod keys;
mod page;
mod place;
mod press;
mod row;
mod rows;
mod store;
mod tools;

pub use columns::{group as meter_name, unknown_meters, within as column_words};
pub use findings::{
    class as finding_class, english as finding_in_english, icon as finding_icon,
    short as finding_short, sign as finding_sign, words as finding_words,
};
pub use page::page;
pub use place::follow as follow_place;
pub use store::TreeStore;
pub use tools::FILTER_ID;

/// What has the focus among the rows, or would have it.
const ROW: &str = "[role=treegrid] .grid-space [tabindex='0']";
