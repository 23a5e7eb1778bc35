//! What an estate was: its nodes and their figures at moments, kept as changes.
//!
//! A [`Row`] is what is kept of one node; a [`Comparison`] tells what is different between the rows
//! that are kept and an estate as it is now, a piece at a time; a [`History`] tells of one node what
//! it was at each [`Moment`], as far as it lay in the scope of who asks. [`Plan`] says when the next
//! snapshot is due and which are kept.
//!
//! Pure: whoever keeps the rows runs the clock and the store. A version of a row holds from the
//! snapshot that first saw it until the one that saw another:
//!
//! - a [`Change`] ends the version of `before` and begins one of `after`;
//! - a snapshot's estate is all versions with `since <= id` that have not ended by then. A snapshot
//!   that is still being written has a higher id than all that are whole, so that nothing of it is
//!   seen by who asks for those;
//! - what ended by the oldest snapshot that is kept was in none of them, and can go.

mod comparison;
mod figures;
mod history;
mod key;
mod listing;
mod moment;
mod plan;
mod question;
mod row;
mod told;
mod trouble;

pub use comparison::{Change, Comparison};
pub use history::{Access, History, Opened, Point, Version};
pub use key::Key;
pub use moment::{Moment, Range};
pub use plan::{Plan, Standing};
pub use question::{About, Question};
pub use row::Row;
pub use told::{Account, Failure, Taking};
pub use trouble::Trouble;
