//! The services of the Live Platforms: licenses per customer.

mod page;
mod store;

pub use page::page;
pub use store::{Licenses, Service, Services};
