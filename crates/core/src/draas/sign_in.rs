//! Signing in: a password for tokens, and a refresh token for a new access token.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html>

use serde_json::{Value, json};

use super::{Api, fault, is_secret};
use crate::error::{SecondFactor, UpstreamError};
use crate::http::{Reply, Request, Secret};
use crate::words::later;
use crate::{Operation, json as reply_json};

/// What a session holds. The access token lives minutes, the refresh token days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokens {
    pub access: Secret,
    /// None for a machine token, which needs no refresh.
    pub refresh: Option<Secret>,
}

impl Tokens {
    /// A machine-to-machine token: it serves as an access token and lasts until it is replaced.
    pub fn machine(token: Secret) -> Self {
        Self { access: token, refresh: None }
    }
}

/// What a login gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    Done(Tokens),
    /// Still HTTP 200, but no tokens yet.
    SecondFactor {
        by: SecondFactor,
        payload: Secret,
    },
}

/// `POST /api/v01/auth/login`: a user name and a password for tokens.
///
/// - Role: none. Where: every version; second factors where the platform or the account wants one.
/// - The reply may hold the account's machine token, which never expires: it is passed over while
///   reading, and errors quote nothing of the reply.
/// - Errors: [`Problem::SignedOut`](crate::Problem::SignedOut) for a wrong name or password (401).
///   Never repeat a failed login by yourself: accounts lock.
/// - Vendor page: [Authentication][page].
///
/// ```
/// use seatree_core::draas::{Api, Login, SignIn};
/// use seatree_core::{Operation, error::SecondFactor, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let login = Login::new(&api, "ada", &Secret::from("s3cret"));
/// assert_eq!(login.request().url, "https://prov.example.net/api/v01/auth/login");
///
/// let reply = Reply::new(200, r#"{"2fa_payload":"eyJ…","option":"email"}"#);
/// let SignIn::SecondFactor { by, payload } = login.decode(&reply)? else { panic!() };
/// assert_eq!(by, SecondFactor::Email); // next: SecondFactorCode, with the payload
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html
#[derive(Clone, Debug)]
pub struct Login {
    url: String,
    username: String,
    password: Secret,
}

impl Login {
    pub fn new(api: &Api, username: &str, password: &Secret) -> Self {
        Self { url: api.auth("login"), username: username.to_owned(), password: password.clone() }
    }
}

impl Operation for Login {
    type Output = SignIn;

    fn request(&self) -> Request {
        // The vendor refuses any further field.
        let body = json!({ "username": self.username, "password": self.password.expose() });
        Request::post(&self.url, body.to_string())
            .with_header("content-type", "application/json")
            .with_header("accept", "application/json")
    }

    fn decode(&self, reply: &Reply) -> Result<SignIn, UpstreamError> {
        const DOING: &str = later("signing in");
        if !reply.is_success() {
            return Err(fault(DOING, None, reply));
        }
        let body = reply_json::parse_without(DOING, reply, is_secret)?;
        if let Some(payload) = secret(&body, "2fa_payload") {
            let by = match body.get("option").and_then(Value::as_str) {
                Some("email") => SecondFactor::Email,
                Some("totp") => SecondFactor::Totp,
                _ => SecondFactor::Unknown,
            };
            return Ok(SignIn::SecondFactor { by, payload });
        }
        tokens_of(DOING, &body, reply).map(SignIn::Done)
    }
}

/// `GET /api/v01/auth/access_token` with the refresh token: a new access token.
///
/// - Role: none. Where: every version. A new refresh token comes only when the old one is about to
///   end; until then the old one stays.
/// - Errors: [`Problem::SignedOut`](crate::Problem::SignedOut) (401) when the refresh token ended,
///   too: a new login is needed. [`Session`](super::Session) renews once for all requests.
/// - Vendor page: [Authentication][page].
///
/// ```
/// use seatree_core::draas::{Api, Refresh};
/// use seatree_core::{Operation, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let refresh = Refresh::new(&api, &Secret::from("r1"));
/// assert_eq!(refresh.request().url, "https://prov.example.net/api/v01/auth/access_token");
///
/// let tokens = refresh.decode(&Reply::new(200, r#"{"access_token":"a2"}"#))?;
/// assert_eq!(tokens.refresh, Some(Secret::from("r1")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/000_authentication.html
#[derive(Clone, Debug)]
pub struct Refresh {
    url: String,
    refresh: Secret,
}

impl Refresh {
    pub fn new(api: &Api, refresh: &Secret) -> Self {
        Self { url: api.auth("access_token"), refresh: refresh.clone() }
    }
}

impl Operation for Refresh {
    type Output = Tokens;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.refresh)
    }

    fn decode(&self, reply: &Reply) -> Result<Tokens, UpstreamError> {
        const DOING: &str = later("renewing the session");
        if !reply.is_success() {
            return Err(fault(DOING, None, reply));
        }
        let tokens = tokens(DOING, reply)?;
        Ok(Tokens { refresh: tokens.refresh.or_else(|| Some(self.refresh.clone())), ..tokens })
    }
}

/// The tokens of a success.
pub(super) fn tokens(doing: &'static str, reply: &Reply) -> Result<Tokens, UpstreamError> {
    tokens_of(doing, &reply_json::parse_without(doing, reply, is_secret)?, reply)
}

fn tokens_of(doing: &'static str, body: &Value, reply: &Reply) -> Result<Tokens, UpstreamError> {
    let no_token = || reply_json::misshapen(doing, "access_token", later("a token"), reply);
    let access = secret(body, "access_token").ok_or_else(no_token)?;
    Ok(Tokens { access, refresh: secret(body, "refresh_token") })
}

fn secret(body: &Value, name: &str) -> Option<Secret> {
    body.get(name)?.as_str().filter(|text| !text.is_empty()).map(Secret::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;

    fn api() -> Api {
        Api::new("https://prov.example.net/", "draas", "draas_v1").unwrap()
    }

    fn login() -> Login {
        Login::new(&api(), "ada", &Secret::from("p\"w"))
    }

    #[test]
    fn login_sends_the_documented_fields_and_nothing_else() {
        let request = login().request();
        assert_eq!(request.url, "https://prov.example.net/api/v01/auth/login");
        let body: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        assert_eq!(body, json!({"username": "ada", "password": "p\"w"}));
        assert_eq!(request.header("authorization"), None);
    }

    #[test]
    fn login_gives_tokens() {
        let reply = Reply::new(200, r#"{"access_token":"a","refresh_token":"r","token":null}"#);
        let tokens = Tokens { access: Secret::from("a"), refresh: Some(Secret::from("r")) };
        assert_eq!(login().decode(&reply), Ok(SignIn::Done(tokens)));
    }

    #[test]
    fn a_second_factor_comes_under_200() {
        let reply = Reply::new(200, r#"{"2fa_payload":"jwt","option":"totp"}"#);
        let expected =
            SignIn::SecondFactor { by: SecondFactor::Totp, payload: Secret::from("jwt") };
        assert_eq!(login().decode(&reply), Ok(expected));
    }

    #[test]
    fn a_wrong_password_is_signed_out_and_a_page_is_no_token() {
        let wrong = Reply::new(401, r#"{"error":"invalid credentials"}"#);
        assert_eq!(login().decode(&wrong).unwrap_err().problem, Problem::SignedOut);
        let page = Reply::new(200, "<!doctype html><title>Portal</title>");
        let error = login().decode(&page).unwrap_err();
        assert!(error.what().contains("a page for people"), "{error}");
    }

    #[test]
    fn an_error_never_quotes_a_login_reply() {
        let reply = Reply::new(200, r#"{"token":"long-lived-machine-token"}"#);
        let error = login().decode(&reply).unwrap_err();
        assert!(!format!("{error:?} {error} {}", error.details()).contains("machine"));
    }

    #[test]
    fn refresh_asks_with_the_refresh_token_and_keeps_it() {
        let refresh = Refresh::new(&api(), &Secret::from("r1"));
        let request = refresh.request();
        assert_eq!(request.method, crate::http::Method::Get);
        assert_eq!(request.url, "https://prov.example.net/api/v01/auth/access_token");
        assert_eq!(request.header("authorization"), Some("Bearer r1"));

        let kept = refresh.decode(&Reply::new(200, r#"{"access_token":"a2"}"#)).unwrap();
        assert_eq!(kept.refresh, Some(Secret::from("r1")));
        let reply = Reply::new(200, r#"{"access_token":"a2","refresh_token":"r2"}"#);
        assert_eq!(refresh.decode(&reply).unwrap().refresh, Some(Secret::from("r2")));
    }
}
