//! The CUCM clusters: which user requires which license.

mod page;
mod store;

pub use page::page;
pub use store::Clusters;
