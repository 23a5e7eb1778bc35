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
///   sent: addresses end up in the logs of everything on the way, and nothing made of a secret
///   belongs there. The price: only with `sign` does the vendor promise that the refresh token
///   is discarded at once; without, it may last until it expires, but nobody has it any more, as
///   this client forgets it.
/// - The bearer is the access token, as for every call; the refresh token is documented as one
///   for renewing only.
/// - Role: none. Where: every version. A machine token has no session to end.
/// - Errors: those of the way there. A 401 means that the access token had ended before, and is
///   none: there is nothing more to end without a new one.
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
    access: Secret,
}

impl Logout {
    /// None for a machine token: signing out would not end it.
    pub fn new(api: &Api, tokens: &Tokens) -> Option<Self> {
        tokens.refresh.as_ref()?;
        Some(Self { url: api.auth("logout"), access: tokens.access.clone() })
    }
}

impl Operation for Logout {
    type Output = ();

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.access)
    }

    fn decode(&self, reply: &Reply) -> Result<(), UpstreamError> {
        if reply.is_success() || reply.status == 401 {
            return Ok(());
        }
        Err(fault("signing out", None, reply))
    }
}
