//! Telling others what a reading of an upstream found: what is news to a [`Receiver`], what its
//! [`Event`] says, how it is signed, and when it is sent again. `docs/webhooks.md` is for those who
//! receive.
//!
//! Pure: whoever reads upstreams keeps what a receiver was told ([`Standing`], by [`Place`]) and
//! the events that wait, writes both down together with the reading, and sends. So nothing is told
//! twice or forgotten, whenever it is stopped.
//!
//! # What is news
//! Each place has one [`Level`] at a time, or none when nothing is amiss. News is a level other
//! than the one that the receiver was told last. Figures that are unknown change nothing: what
//! stood before still stands. So does what is muted: it is news later, if it is still so then. And so
//! does what has fallen only just now: a level that rises and falls around a threshold is news once,
//! when it rises, and not again before it has been lower for a while.

mod counts;
mod event;
mod failure;
mod mute;
mod news;
mod place;
mod receiver;
mod schedule;
mod seen;
mod signing;

pub use counts::{Deliveries, Kept, Outcome, line};
pub use event::{Event, test_event, utc};
pub use failure::Failure;
pub use mute::Mute;
pub use news::{Moment, News, Node, Standing};
pub use place::{Level, Place, Topic};
pub use receiver::{Receiver, Webhooks};
pub use schedule::{Heard, MOST_DAYS, Patience, Verdict};
pub use seen::Seen;
pub use signing::{Key, Signing};
