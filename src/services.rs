//! The services of the Live Platforms: licenses per customer, and why each count is what it is.

mod details;
mod export;
mod factors;
mod findings;
mod head;
mod list;
mod page;
mod place;
mod retry;
mod row;
mod store;
mod sums;
mod tools;

pub use store::Services;

use crate::platform::part::{View, part};

part!(
    live_platform,
    /// The page of all services.
    pub fn page() -> View {
        page::page
    }
);

part!(
    live_platform,
    /// Which services to write into a file, and in which format.
    pub fn export() -> View {
        export::content
    }
);

/// What has the focus among the rows, or would have it.
const ROW: &str = "[role=grid] .grid-space [tabindex='0']";
