//! Changing limits without fear: drafted, reviewed, sent once, compared with what then is there.
//!
//! # Concepts
//! - A [`Draft`] holds new limits beside those that were seen when they were drafted. It names
//!   subscriptions by the vendor's ids, so that it outlasts its connection being read again.
//! - [`effects`] and [`of_limit`] say what a draft does: to every sum above, and what speaks against it.
//! - [`bulk`], [`reclaim`] and [`import`] make many changes at once.
//! - A [`Job`] is the change of one subscription on its way: read, compared, sent once, read again.
//!   A [`Batch`] is many of them.
//! - The [`Log`] keeps what was sent; [`undo()`] is the draft that takes it back.
//!
//! ```
//! use seatree_core::draas::Limit;
//! use seatree_core::edit::{Action, Change, Draft, Job, LimitId, Names};
//! use seatree_core::estate::{Figure, Uuid};
//!
//! let id = LimitId {
//!     connection: "netaxis".into(),
//!     tenant: Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap(),
//!     subscription: 118,
//!     meter: "msTeamsUsers".into(),
//! };
//! let mut draft = Draft::default();
//! let names = Names { tenant: "PACI".into(), subscription: "idal test 1".into() };
//! draft.put(id, Change { old: Figure::known(12), new: Limit::new(20)?, names });
//!
//! let mut job = Job::all(&draft).remove(0);
//! assert!(matches!(job.go_on(), Action::Read), "what is there now is read before anything is sent");
//! # Ok::<(), seatree_core::draas::LimitError>(())
//! ```
//!
//! # Assumptions
//! - Only subscriptions of DRaaS have limits that can be changed; one `PUT` changes all of one.
//! - A limit that is unknown is never taken for 0, nor computed with.

mod apply;
mod batch;
pub mod bulk;
mod csv;
mod draft;
mod effect;
pub mod import;
mod log;
mod place;
pub mod reclaim;
mod undo;
mod warning;

pub use apply::{Action, Ended, Job, Outcome, Wanted};
pub use batch::{Batch, Progress};
pub use draft::{Change, Draft, LimitId, Names};
pub use effect::{Effect, Planned, effects};
pub use log::{Log, Logged, Sent};
pub use place::{Places, Standing, limit_id, subscriptions};
pub use undo::{Undo, undo};
pub use warning::{Held, Warning, of_limit};
