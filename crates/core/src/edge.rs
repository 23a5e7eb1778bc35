//! The API of an edge, as the page asks it: the licensed tree that a visitor's token opens.
//!
//! The other side of [`crate::api`]. One file per call: `estate` (with its `decoder`), `node`,
//! `limits`, `token`; `fault` is what its refusals mean. `docs/api.md` is the contract of both.

mod decoder;
mod estate;
mod fault;
mod limits;
mod node;
mod token;

pub use decoder::EstateDecoder;
pub use estate::{Estate, ReadEstate};
pub use fault::fault;
pub(crate) use fault::{Refused, refused};
pub use limits::{BelowUse, ChangeLimits, ReadLimits};
pub use node::ReadNode;
pub use token::{AskToken, Permitted};

use crate::address::{self, Address, AddressError};
use crate::draas::Entity;

/// An edge, and which platform of those that it knows is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    address: Address,
    /// The edge's name for the platform; empty where it knows one only.
    upstream: String,
    scope: Option<Entity>,
}

impl Api {
    /// `scope` is the part that is read of what a token opens; none for all of it.
    ///
    /// # Errors
    /// When the address cannot be used.
    pub fn new(address: &str, upstream: &str, scope: Option<Entity>) -> Result<Self, AddressError> {
        let (address, upstream) = (Address::parse(address)?, upstream.to_owned());
        Ok(Self { address, upstream, scope })
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The address of a call.
    fn of(&self, call: &str) -> String {
        self.with(call, None)
    }

    /// The address of a call about all that is to be read.
    fn of_scope(&self, call: &str) -> String {
        self.with(call, self.scope)
    }

    fn with(&self, call: &str, scope: Option<Entity>) -> String {
        let upstream = Some(&self.upstream).filter(|name| !name.is_empty());
        let upstream = upstream.map(|name| format!("upstream={}", address::encode(name)));
        let scope = scope.map(|Entity { level, uuid }| format!("scope={}:{uuid}", level.word()));
        let query: Vec<String> = upstream.into_iter().chain(scope).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        self.address.join(&format!("/api/v1/{call}{mark}{}", query.join("&")))
    }
}
