//! Visitors of an edge: people whom somebody else signed in, and what they may see.
//!
//! A portal gives its visitor a signed [token](Visitors::present) that lasts an hour at most and
//! names a [scope](Scope), such as one reseller. The edge holds the upstream's credentials, which
//! see everything; so each request is [read](Asked) and held against the [members](Members) of the
//! scope, taken from the licensed tree itself. What cannot be read for sure is outside.
//!
//! Pure: signatures are checked by the platform, which says so with [`Presented::verified`].

mod asked;
mod members;
mod scope;
mod token;

pub use asked::{Asked, Site};
pub use members::Members;
pub use scope::Scope;
pub use token::{Algorithm, Key, Permission, Presented, TokenProblem, Visitor, Visitors};
