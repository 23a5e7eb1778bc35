//! Which upstreams there are, how each is doing, and what it takes to read it.

mod card;
mod code;
mod editor;
mod entry;
mod load;
mod new_token;
pub mod panel;
pub mod pill;
mod probe;
mod remembered;
mod session;
mod sign_in;
mod store;
mod whom;

pub use entry::{Entry, State};
pub use load::{
    Ask, Asked, Asking, Gate, Listed, SignIn, SourceReply, Subscription, cancel, go_on, limits,
    read_billing_ids, reload, retry_services, sign_in, source_reply,
};
pub use new_token::new_token;
pub use pill::wants_token;
pub use store::Connections;
pub use whom::whom;
