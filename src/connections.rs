//! Which upstreams there are, how each is doing, and what it takes to read it.

mod card;
mod editor;
mod entry;
mod load;
mod panel;
mod pill;
mod probe;
mod remembered;
mod session;
mod sign_in;
mod store;

pub use entry::{Entry, State};
pub use load::retry_service;
pub use panel::Panel;
pub use pill::Pill;
pub use store::Connections;
