//! The CUCM clusters: which user requires which license.

mod page;
mod store;

pub use page::Page;
pub use store::Clusters;
