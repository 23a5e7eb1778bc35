//! Ending a session at the platform.
//!
//! Vendor page: <https://github.com/netaxis-solutions/apio-core-docs/blob/master/openapi/openapi.yaml>

use super::{Api, Tokens, fault};
use crate::Operation;
use crate::error::UpstreamError;
use crate::http::{Reply, Request, Secret};

/// `GET /api/v01/auth/logout`: the platform forgets the session.
///
/// - `sign`, the SHA-1 of the refresh token, names the refresh token to discard: without it the
///   vendor does not promise that it ends before its days are over. Nobody can sign in with the
///   digest, nor find the token by it.
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
/// let sign = "4dc7c9ec434ed06502767136789763ec11d2c4b7";
/// let url = format!("https://prov.example.net/api/v01/auth/logout?sign={sign}");
/// assert_eq!(logout.request().url, url);
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
        let sign = sha1_smol::Sha1::from(tokens.refresh.as_ref()?.expose()).digest();
        Some(Self { url: api.auth(&format!("logout?sign={sign}")), access: tokens.access.clone() })
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
