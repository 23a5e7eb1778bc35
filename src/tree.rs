//! The license tree: every connection with what stands below it.

mod page;
mod row;

pub use page::page;
