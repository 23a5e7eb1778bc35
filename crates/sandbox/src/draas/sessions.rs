//! Who is signed in, and until when.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::refusal::Refusal;
use crate::sign_in;

/// Whoever may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    Demo,
    SecondFactor,
    Limited,
}

impl User {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            sign_in::DRAAS_USER => Some(Self::Demo),
            sign_in::DRAAS_SECOND_FACTOR_USER => Some(Self::SecondFactor),
            sign_in::DRAAS_LIMITED_USER => Some(Self::Limited),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Demo => sign_in::DRAAS_USER,
            Self::SecondFactor => sign_in::DRAAS_SECOND_FACTOR_USER,
            Self::Limited => sign_in::DRAAS_LIMITED_USER,
        }
    }
}

/// All tokens that were issued.
pub struct Sessions {
    lifetime: Duration,
    tokens: Mutex<Tokens>,
    unguessable: RandomState,
}

#[derive(Default)]
struct Tokens {
    issued: u64,
    access: HashMap<String, (User, Instant)>,
    refresh: HashMap<String, User>,
    second_factor: HashMap<String, User>,
}

impl Sessions {
    pub fn new(access_seconds: u64) -> Self {
        Self {
            lifetime: Duration::from_secs(access_seconds),
            tokens: Mutex::default(),
            unguessable: RandomState::new(),
        }
    }

    /// Whose access token or machine token the request carries.
    pub fn user(&self, headers: &HeaderMap) -> Result<User, Refusal> {
        let token = bearer(headers).ok_or_else(|| Refusal::signed_out("Missing access token"))?;
        if token == sign_in::DRAAS_MACHINE_TOKEN {
            return Ok(User::Demo);
        }
        match self.tokens().access.get(token) {
            Some((user, until)) if Instant::now() < *until => Ok(*user),
            Some(_) => Err(Refusal::signed_out("Access token expired")),
            None => Err(Refusal::signed_out("Invalid access token")),
        }
    }

    pub fn access_token(&self, user: User) -> String {
        let mut tokens = self.tokens();
        let token = self.issue(&mut tokens, user, "access", self.lifetime);
        tokens.access.insert(token.clone(), (user, Instant::now() + self.lifetime));
        token
    }

    pub fn refresh_token(&self, user: User) -> String {
        let mut tokens = self.tokens();
        let token = self.issue(&mut tokens, user, "refresh", Duration::from_hours(24));
        tokens.refresh.insert(token.clone(), user);
        token
    }

    /// What a user with a second factor gets instead of tokens.
    pub fn second_factor(&self, user: User) -> String {
        let mut tokens = self.tokens();
        let payload = self.issue(&mut tokens, user, "2fa-server", Duration::from_mins(5));
        tokens.second_factor.insert(payload.clone(), user);
        payload
    }

    /// Whom a second factor belongs to; a right code uses it up.
    pub fn take_second_factor(&self, payload: &str, code: &str) -> Option<User> {
        if code != sign_in::DRAAS_SECOND_FACTOR {
            return None;
        }
        self.tokens().second_factor.remove(payload)
    }

    /// Whose refresh token the request carries.
    pub fn refreshing(&self, headers: &HeaderMap) -> Result<User, Refusal> {
        let user = bearer(headers).and_then(|token| self.tokens().refresh.get(token).copied());
        user.ok_or_else(|| Refusal::signed_out("Invalid refresh token"))
    }

    pub fn forget_refresh_tokens(&self, user: User) {
        self.tokens().refresh.retain(|_, of| *of != user);
    }

    pub fn forget_access_tokens(&self) {
        self.tokens().access.clear();
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        // Every change is a single insert or remove, whole even if its thread died after it.
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shaped like the JWT it stands for, so that a client which looks inside finds `exp`.
    fn issue(&self, tokens: &mut Tokens, user: User, audience: &str, lives: Duration) -> String {
        tokens.issued += 1;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let head = json!({ "alg": "RS256", "typ": "JWT" });
        let body = json!({
            "aud": audience,
            "exp": (now + lives).as_secs(),
            "iss": "apio",
            "jti": tokens.issued,
            "sub": user.name(),
        });
        let signature = self.unguessable.hash_one((tokens.issued, now)).to_be_bytes();
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
