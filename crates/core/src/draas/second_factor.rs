//! The second half of a sign-in: a code for tokens.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html>

use serde_json::json;

use super::sign_in::{Tokens, tokens};
use super::{Api, fault};
use crate::Operation;
use crate::error::{Problem, SecondFactor, UpstreamError};
use crate::http::{Reply, Request, Secret};
use crate::words::later;

const DOING: &str = later("signing in with a code");

/// Whether the platform asks for a code again at the next sign-in from here.
///
/// It remembers a host by user agent and IP address. Behind a proxy or an edge that is the
/// proxy's address: trust given there holds for everyone who comes that way with the same browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    #[default]
    Once,
    ThisHost,
}

/// `POST /api/v01/auth/2fa` for a code sent by e-mail, `…/2fa_totp` for one of an app.
///
/// - Role: none; the payload of a [`Login`](super::Login) says who it is.
/// - Where: platforms with a second factor. Older ones do not say which one they want
///   ([`SecondFactor::Unknown`]) and know the e-mail route only, so that is the one taken then.
/// - Errors: [`Problem::WrongCode`] for a refused code (400); the same payload can be sent again
///   with another code. Nothing is tried twice by itself, on either route: accounts lock.
/// - Vendor page: [Authentication][page].
///
/// ```
/// use seatree_core::draas::{Api, SecondFactorCode, Trust};
/// use seatree_core::{Operation, Problem, error::SecondFactor, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let payload = Secret::from("eyJ…");
/// let code = SecondFactorCode::new(&api, SecondFactor::Totp, &payload, "123456", Trust::Once);
/// assert_eq!(code.request().url, "https://prov.example.net/api/v01/auth/2fa_totp");
///
/// let wrong = code.decode(&Reply::new(400, r#"{"error":"invalid code"}"#)).unwrap_err();
/// assert_eq!(wrong.problem, Problem::WrongCode { said: "invalid code.".into() });
/// let tokens = code.decode(&Reply::new(200, r#"{"access_token":"a","refresh_token":"r"}"#))?;
/// assert_eq!(tokens.access, Secret::from("a"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html
#[derive(Clone, Debug)]
pub struct SecondFactorCode {
    url: String,
    payload: Secret,
    code: Secret,
    trust: Trust,
}

impl SecondFactorCode {
    /// `by` and `payload` come from [`SignIn::SecondFactor`](super::SignIn::SecondFactor).
    pub fn new(api: &Api, by: SecondFactor, payload: &Secret, code: &str, trust: Trust) -> Self {
        let route = match by {
            SecondFactor::Totp => "2fa_totp",
            SecondFactor::Email | SecondFactor::Unknown => "2fa",
        };
        // People copy codes with the spaces that mails and apps show them with.
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        Self { url: api.auth(route), payload: payload.clone(), code: code.into(), trust }
    }
}

impl Operation for SecondFactorCode {
    type Output = Tokens;

    fn request(&self) -> Request {
        let mut body = json!({ "2fa_payload": self.payload.expose(), "code": self.code.expose() });
        if self.trust == Trust::ThisHost {
            body["trust"] = json!(true);
        }
        Request::post(&self.url, body.to_string())
            .with_header("content-type", "application/json")
            .with_header("accept", "application/json")
    }

    fn decode(&self, reply: &Reply) -> Result<Tokens, UpstreamError> {
        if reply.is_success() {
            return tokens(DOING, reply);
        }
        let mut error = fault(DOING, None, reply);
        if let Problem::Rejected { status: 400, message, .. } = error.problem {
            error.problem = Problem::WrongCode { said: message };
        }
        Err(error)
    }
}
