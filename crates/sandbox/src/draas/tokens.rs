//! Tokens as they look: three parts like a JWT, which a client may look into.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

/// Makes tokens nobody can guess.
#[derive(Debug)]
pub struct Mint {
    issuer: &'static str,
    issued: u64,
    unguessable: RandomState,
}

impl Mint {
    pub fn new(issuer: &'static str) -> Self {
        Self { issuer, issued: 0, unguessable: RandomState::new() }
    }

    /// A token for this user or application.
    pub fn issue(&mut self, user: &str, audience: &str, lives: Duration) -> String {
        self.issued += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let head = json!({ "alg": "RS256", "typ": "JWT" });
        let body = json!({
            "aud": audience,
            "exp": (now + lives).as_secs(),
            "iss": self.issuer,
            "jti": self.issued,
            "sub": user,
        });
        let signature = self.unguessable.hash_one((self.issued, now)).to_be_bytes();
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        format!(
            "{}.{}.{}",
            encode(head.to_string().as_bytes()),
            encode(body.to_string().as_bytes()),
            encode(&signature)
        )
    }
}

/// The token of an `Authorization: Bearer` header.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
