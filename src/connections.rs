//! Which upstreams there are, how each is doing, and what it takes to read it.

mod card;
mod code;
mod editor;
mod entry;
mod load;
pub mod panel;
pub mod pill;
mod probe;
mod remembered;
mod session;
mod sign_in;
mod store;

pub use entry::{Entry, State};
pub use load::retry_service;
pub use store::Connections;
