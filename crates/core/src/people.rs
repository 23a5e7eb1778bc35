//! The users of a CUCM cluster as a person looks at them: who requires which license, and why.
//!
//! - [`People`] is the list of users that a filter lets through, sorted; it follows a
//!   [`UserTable`](crate::axl::UserTable) that grows, a bounded piece of work at a time.
//! - [`Why`] states the rule that a user's license follows from, what would lower it, and what AXL
//!   does not tell. [`Step`] is one of the changes that take a user to a cheaper license; [`Steps`]
//!   counts for how many users it would.
//! - The rules are those of the chapter "Smart Software Licensing" of Cisco's [Feature
//!   Configuration Guide][guide] for 12.5(1)SU3; release 15 has the same.
//!
//! ```
//! use seatree_core::axl::{LicensedUser, UserTable};
//! use seatree_core::estate::Figure;
//! use seatree_core::people::{People, Wanted};
//!
//! let mut users = UserTable::new();
//! for (user_id, devices) in [("ada", 3), ("grace", 2)] {
//!     let device_count = Figure::known(devices);
//!     users.push(&LicensedUser { user_id: user_id.into(), device_count, ..Default::default() });
//! }
//! let mut people = People::new(Wanted { most_devices: Some(2), ..Wanted::default() });
//! while !people.go_on(&users, 256) {}
//! assert_eq!(people.rows(), [1]);
//! ```
//!
//! [guide]: https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/cucm/admin/12_5_1SU3/cucm_b_feature-configuration-guide-for-cisco1251su3/cucm_m_licensing.html

mod order;
mod rows;
mod rule;
mod step;
mod wanted;
mod why;

pub use order::{By, Sorted};
pub use rows::People;
pub use rule::Rule;
pub use step::{Step, Steps};
pub use wanted::{Flag, Required, Wanted};
pub use why::{NOT_TOLD, Why};
