//! Whether a DRaaS platform answers at all, without an account.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html>

use super::{Api, fault};
use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::words::later;
use crate::{Operation, json};

/// `GET /api/v01/health`: reaches the platform and its CORS rules, and needs no sign-in.
///
/// - Role: none. Where: every version.
/// - Errors: [`Problem::Malformed`](crate::Problem::Malformed) when something else answers.
/// - Vendor page: [Authentication][page].
///
/// ```
/// use seatree_core::{Operation, draas::{Api, Health}, http::Reply};
///
/// let health = Health::new(&Api::new("https://prov.example.net", "draas", "draas_v1")?);
/// assert_eq!(health.request().url, "https://prov.example.net/api/v01/health");
/// assert_eq!(health.decode(&Reply::new(200, r#"{"status":"ok"}"#)), Ok(()));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html
#[derive(Clone, Debug)]
pub struct Health {
    url: String,
}

impl Health {
    pub fn new(api: &Api) -> Self {
        Self { url: api.open("health") }
    }
}

impl Operation for Health {
    type Output = ();

    fn request(&self) -> Request {
        // The header makes the browser ask for permission first, as the real requests will.
        Request::get(&self.url).with_header("authorization", "Bearer none")
    }

    fn decode(&self, reply: &Reply) -> Result<(), UpstreamError> {
        const DOING: &str = later("asking whether the platform answers");
        if matches!(reply.status, 401 | 403) {
            // Health needs no sign-in. The platform may still refuse the made-up token, in its own
            // words; another product's refusal proves nothing.
            let words = json::of_error(reply).unwrap_or_default();
            return match json::field(&words, &["error"]) {
                Some(_) => Ok(()),
                None => Err(UpstreamError::malformed(DOING, "", later("a health reply"), reply)),
            };
        }
        if !reply.is_success() {
            return Err(fault(DOING, None, reply));
        }
        match json::parse(DOING, reply)?.get("status") {
            Some(_) => Ok(()),
            None => Err(UpstreamError::malformed(DOING, "status", later("a health reply"), reply)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_health_reply_counts_as_an_answer() {
        let api = Api::new("https://prov.example.net", "draas", "draas_v1").unwrap();
        let health = Health::new(&api);
        assert_eq!(health.request().url, "https://prov.example.net/api/v01/health");
        assert_eq!(health.decode(&Reply::new(200, r#"{"status":"ok"}"#)), Ok(()));
        let refused = Reply::new(401, r#"{"error":"invalid token"}"#);
        assert_eq!(health.decode(&refused), Ok(()), "the platform's own words");
        for elsewhere in ["", "<html>", r#"{"message":"Unauthorized"}"#] {
            let error = health.decode(&Reply::new(401, elsewhere)).unwrap_err();
            assert!(error.what().contains("not a health reply"), "{elsewhere}: {error}");
        }
        for other in ["{}", "<html>", ""] {
            assert!(health.decode(&Reply::new(200, other)).is_err(), "{other}");
        }
    }
}
