//! What a person sees of the services of Live Platforms: a list that is sorted and filtered, why each
//! count is what it is, and sums that say of how many services they are.
//!
//! The contract with the platform is [`live_platform`](crate::live_platform); this looks at what came.
//!
//! ```
//! use seatree_core::live_platform::{Customer, ServiceLicense};
//! use seatree_core::estate::Figure;
//! use seatree_core::services::{Column, Filter, Licenses, Outlook, Service, Sort, arrange};
//!
//! let service = |name: &str, licensed| Service {
//!     connection: "live".to_owned(),
//!     customer: Customer { full_name: name.to_owned(), ..Customer::default() },
//!     licenses: Licenses::Read(Box::new(ServiceLicense {
//!         licensed: Figure::from(licensed),
//!         ..ServiceLicense::default()
//!     })),
//! };
//! let services = [service("Harbor", Some(3)), service("Lake", None), service("Hill", Some(9))];
//! let most_first = Sort { by: Column::Licensed, descending: true };
//! let rows = arrange(&services, &Filter::default(), Some(most_first), Outlook::default());
//! assert_eq!(rows, [2, 0, 1], "what is unknown comes last");
//! ```

mod arrange;
mod census;
mod column;
mod filter;
mod finding;
mod reason;
mod service;
mod totals;

pub use arrange::arrange;
pub use census::Census;
pub use column::{Column, NoColumn, Sort};
pub use filter::Filter;
pub use finding::{Outlook, STALE_AFTER_S};
pub use reason::{Reason, reasons};
pub use service::{Licenses, Service};
pub use totals::Totals;
