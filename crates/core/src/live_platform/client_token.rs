//! A token for a program that holds a client secret.
//!
//! Vendor page: <https://techdocs.audiocodes.com/>, "Authenticating Connection Using Postman".

use serde_json::Value;

use super::fault;
use crate::error::UpstreamError;
use crate::http::{Reply, Request, Secret};
use crate::words::later;
use crate::{Operation, address, json};

/// What a token endpoint gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientToken {
    pub access: Secret,
    /// Seconds from its issue; none where the reply does not say.
    pub expires_in_s: Option<u64>,
}

/// `POST {token endpoint}`: the client-credentials flow of Microsoft Entra (OAuth 2.0).
///
/// - Never from a page: the endpoint refuses requests with an `Origin`, and a page cannot keep the
///   secret. An edge can.
/// - Errors: [`Problem::SignedOut`](crate::Problem::SignedOut) for a wrong secret (401),
///   [`Problem::Rejected`](crate::Problem::Rejected) with the endpoint's words for the rest. There
///   is no refresh token: ask again before the token ends.
///
/// ```
/// use seatree_core::live_platform::ClientCredentials;
/// use seatree_core::{Operation, http::{Reply, Secret}};
///
/// let ask = ClientCredentials {
///     endpoint: "https://login.example/tenant/oauth2/v2.0/token".to_owned(),
///     client_id: "edge".to_owned(),
///     client_secret: Secret::from("s3cret"),
///     scope: "api://app/.default".to_owned(),
/// };
/// assert!(!format!("{ask:?} {:?}", ask.request()).contains("s3cret"));
/// let token = ask.decode(&Reply::new(200, r#"{"access_token":"t","expires_in":3599}"#))?;
/// assert_eq!(token.expires_in_s, Some(3599));
/// # Ok::<(), seatree_core::UpstreamError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCredentials {
    /// The identity provider's address for tokens, with the tenant in it.
    pub endpoint: String,
    pub client_id: String,
    pub client_secret: Secret,
    pub scope: String,
}

impl Operation for ClientCredentials {
    type Output = ClientToken;

    fn request(&self) -> Request {
        let body = [
            ("grant_type", "client_credentials"),
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose()),
            ("scope", self.scope.as_str()),
        ]
        .map(|(name, value)| format!("{name}={}", address::encode(value)))
        .join("&");
        Request::post(&self.endpoint, body)
            .with_header("content-type", "application/x-www-form-urlencoded")
            .with_header("accept", "application/json")
    }

    fn decode(&self, reply: &Reply) -> Result<ClientToken, UpstreamError> {
        const DOING: &str = later("asking for a token");
        if !reply.is_success() {
            return Err(fault(DOING, reply));
        }
        let body = json::parse_without(DOING, reply, |_| false)?;
        let access = body.get("access_token").and_then(Value::as_str).unwrap_or_default();
        if access.is_empty() {
            return Err(json::misshapen(DOING, "access_token", later("a token"), reply));
        }
        // Some providers send the number as a text.
        let expires = body.get("expires_in");
        let expires_in_s =
            expires.and_then(|e| e.as_u64().or_else(|| e.as_str()?.trim().parse().ok()));
        Ok(ClientToken { access: Secret::from(access), expires_in_s })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    fn ask() -> ClientCredentials {
        ClientCredentials {
            endpoint: "https://login.example/t/oauth2/v2.0/token".to_owned(),
            client_id: "id".to_owned(),
            client_secret: Secret::from("a&b=c+ü"),
            scope: "api://app/.default".to_owned(),
        }
    }

    #[test]
    fn the_form_is_encoded() {
        let request = ask().request();
        assert_eq!(
            request.body.as_deref(),
            Some(
                "grant_type=client_credentials&client_id=id&client_secret=a%26b%3Dc%2B%C3%BC&scope=api%3A%2F%2Fapp%2F.default"
            )
        );
        assert_eq!(request.header("origin"), None);
    }

    #[test]
    fn errors_say_what_the_endpoint_says_and_never_a_token() {
        let wrong = r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid."}"#;
        let error = ask().decode(&Reply::new(401, wrong)).unwrap_err();
        assert_eq!(error.problem, Problem::SignedOut);
        assert!(error.details().contains("AADSTS7000215"), "{}", error.details());
        let odd = ask().decode(&Reply::new(200, r#"{"id_token":"hunter2-hunter2-hunter2"}"#));
        let error = odd.unwrap_err();
        assert!(!format!("{error:?} {}", error.details()).contains("hunter2"));
    }

    #[test]
    fn how_long_it_lives_may_be_a_text_or_missing() {
        let seconds = |body: &str| ask().decode(&Reply::new(200, body)).unwrap().expires_in_s;
        assert_eq!(seconds(r#"{"access_token":"t","expires_in":"3599"}"#), Some(3599));
        assert_eq!(seconds(r#"{"access_token":"t"}"#), None);
        assert_eq!(seconds(r#"{"access_token":"t","expires_in":-1}"#), None);
    }
}
