//! Ending a session at the platform.
//!
//! Vendor page: <https://github.com/netaxis-solutions/apio-core-docs/blob/master/openapi/openapi.yaml>

use super::{Api, Tokens, fault};
use crate::Operation;
use crate::error::UpstreamError;
use crate::http::{Reply, Request, Secret};

/// `GET /api/v01/auth/logout`: the platform forgets the session.
///
/// - The vendor also knows `?sign=` with the SHA-1 of the refresh token. It is optional and not
///   sent: addresses end up in the logs of everything on the way, and whoever reads such a value
///   there can end the session. The refresh token itself goes as the bearer instead, in a header
///   that is not logged, so that the platform knows which one is meant. Only with `sign` does
///   the vendor promise that the token is discarded at once; otherwise it lasts until it expires,
///   and this client forgets it.
/// - Role: none. Where: every version. A machine token has no session to end.
/// - Errors: those of the way there. A 401 means that there is no session left, which is what was
///   wanted.
/// - Vendor page: [the API of the platform's core][page].
///
/// ```
/// use seatree_core::{Operation, draas::{Api, Logout, Tokens}, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let tokens = Tokens { access: Secret::from("a"), refresh: Some(Secret::from("r")) };
/// let logout = Logout::new(&api, &tokens).unwrap();
/// assert_eq!(logout.request().url, "https://prov.example.net/api/v01/auth/logout");
/// assert_eq!(logout.decode(&Reply::new(200, "")), Ok(()));
/// assert!(Logout::new(&api, &Tokens::machine(Secret::from("m"))).is_none());
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [page]: https://github.com/netaxis-solutions/apio-core-docs/blob/master/openapi/openapi.yaml
#[derive(Clone, Debug)]
pub struct Logout {
    url: String,
    refresh: Secret,
}

impl Logout {
    /// None for a machine token: signing out would not end it.
    pub fn new(api: &Api, tokens: &Tokens) -> Option<Self> {
        let refresh = tokens.refresh.clone()?;
        Some(Self { url: api.auth("logout"), refresh })
    }
}

impl Operation for Logout {
    type Output = ();

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.refresh)
    }

    fn decode(&self, reply: &Reply) -> Result<(), UpstreamError> {
        if reply.is_success() || reply.status == 401 {
            return Ok(());
        }
        Err(fault("signing out", None, reply))
    }
}
