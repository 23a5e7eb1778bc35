//! The CUCM clusters: which user requires which license, and why.

mod abilities;
mod aside;
mod ask;
mod at;
mod capabilities;
mod devices;
mod list;
mod page;
mod place;
mod reading;
mod smart;
mod store;
mod tabs;
mod totals;
mod usage;
mod usage_sent;
mod users;
mod what_if;
mod why;

pub use store::{Cluster, Clusters, Reading, Resumed};

use crate::platform::part::{View, part};

part!(
    cucm,
    /// The page of all clusters.
    pub fn page() -> View {
        page::page
    }
);
