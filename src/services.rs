//! The services of the Live Platforms: licenses per customer.

mod page;
mod store;

pub use store::{Licenses, Service, Services};

use crate::platform::part::{View, part};

part!(
    live_platform,
    /// The page of all services.
    pub fn page() -> View {
        page::page
    }
);
