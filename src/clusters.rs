//! The CUCM clusters: which user requires which license.

mod abilities;
mod page;
mod store;
mod totals;

pub use store::Clusters;

use crate::platform::part::{View, part};

part!(
    cucm,
    /// The page of all clusters.
    pub fn page() -> View {
        page::page
    }
);
