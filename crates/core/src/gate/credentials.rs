//! Credentials that the edge holds itself, so that those who use it need none of the upstream's.

mod keeper;

pub use keeper::{Errand, Keeper, Step};

use crate::{axl, draas, http::Secret, live_platform::ClientCredentials};

/// How the edge signs in at an upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// Name and password along with each request: AXL.
    Basic(axl::Credentials),
    /// A token that lasts until it is replaced: `DRaaS`' machine token.
    Token(Secret),
    /// `DRaaS`: a login for tokens, which are renewed.
    Login { api: draas::Api, username: String, password: Secret },
    /// Live Platform: the identity provider gives tokens for a client secret.
    Client(ClientCredentials),
}

impl Credentials {
    /// Whether the upstream, refusing them, might take other tokens for the same credentials.
    pub fn can_be_renewed(&self) -> bool {
        matches!(self, Self::Login { .. } | Self::Client(_))
    }
}
