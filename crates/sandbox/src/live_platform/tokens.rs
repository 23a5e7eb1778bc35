//! The tokens that Live Platform takes: those of Microsoft Entra, while they last.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};

use super::LivePlatform;
use crate::draas::tokens::Mint;
use crate::sign_in;

/// All tokens that were issued, and the one that everybody knows.
pub struct Tokens {
    lives: Duration,
    state: Mutex<Issued>,
}

struct Issued {
    mint: Mint,
    until: HashMap<String, Instant>,
    /// Whether [`sign_in::LIVE_TOKEN`] is taken.
    known_is_over: bool,
}

/// Why a request is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    NoToken,
    Unknown,
    Expired,
}

impl Refused {
    /// As the handler of ASP.NET words it.
    pub fn challenge(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::NoToken => "Bearer",
            Self::Unknown => "Bearer error=\"invalid_token\"",
            Self::Expired => {
                "Bearer error=\"invalid_token\", error_description=\"The token is expired\""
            }
        })
    }
}

impl Tokens {
    pub fn new(seconds: u64) -> Self {
        let issued = Issued {
            mint: Mint::new("https://sts.windows.net/sandbox/"),
            until: HashMap::new(),
            known_is_over: false,
        };
        Self { lives: Duration::from_secs(seconds), state: Mutex::new(issued) }
    }

    /// # Errors
    /// Why the token is not taken.
    pub fn check(&self, token: &str) -> Result<(), Refused> {
        let issued = self.issued();
        match issued.until.get(token) {
            _ if token.is_empty() => Err(Refused::NoToken),
            _ if token == sign_in::LIVE_TOKEN && issued.known_is_over => Err(Refused::Expired),
            _ if token == sign_in::LIVE_TOKEN => Ok(()),
            Some(until) if Instant::now() < *until => Ok(()),
            Some(_) => Err(Refused::Expired),
            None => Err(Refused::Unknown),
        }
    }

    /// A token and the seconds it lives.
    pub fn issue(&self) -> (String, u64) {
        let mut issued = self.issued();
        let token = issued.mint.issue(sign_in::LIVE_CLIENT_ID, sign_in::LIVE_SCOPE, self.lives);
        issued.until.insert(token.clone(), Instant::now() + self.lives);
        (token, self.lives.as_secs())
    }

    fn issued(&self) -> MutexGuard<'_, Issued> {
        // Every change is a single insert, whole even if its thread died after it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `POST /_sandbox/expire-tokens`: all tokens end, also the one that everybody knows.
pub async fn expire(State(live): State<Arc<LivePlatform>>) -> StatusCode {
    let mut issued = live.tokens.issued();
    let now = Instant::now();
    issued.until.values_mut().for_each(|until| *until = now);
    issued.known_is_over = true;
    StatusCode::NO_CONTENT
}

/// `POST /_sandbox/renew-tokens`: the one that everybody knows is taken again.
pub async fn renew(State(live): State<Arc<LivePlatform>>) -> StatusCode {
    live.tokens.issued().known_is_over = false;
    StatusCode::NO_CONTENT
}
