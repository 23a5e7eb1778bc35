//! Who is signed in, and until when.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

use super::client::Client;
use super::lockout::Lockout;
use super::refusal::Refusal;
use super::tokens::{Mint, bearer};
use super::user::{Factor, User};
use crate::options::Options;
use crate::sign_in;

/// All tokens that were issued, and whom they were refused.
pub struct Sessions {
    access_lives: Duration,
    refresh_lives: Duration,
    second_factor_lives: Duration,
    state: Mutex<State>,
}

struct State {
    mint: Mint,
    lockout: Lockout,
    access: HashMap<String, Issued>,
    refresh: HashMap<String, Issued>,
    second_factor: HashMap<String, Issued>,
    trusted: HashSet<(&'static str, Client)>,
}

#[derive(Clone, Copy)]
struct Issued {
    to: &'static User,
    until: Instant,
}

impl Issued {
    fn is_over(&self) -> bool {
        Instant::now() >= self.until
    }
}

/// Whether a client that gave the second factor is asked for it again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    Once,
    Remembered,
}

/// What a right password leads to.
pub enum Welcome {
    SignedIn(&'static User),
    /// With the payload to send back along with the code.
    SecondFactor(&'static User, String),
}

impl Sessions {
    pub fn new(options: &Options) -> Self {
        Self {
            access_lives: Duration::from_secs(options.access_ttl),
            refresh_lives: Duration::from_secs(options.refresh_ttl),
            second_factor_lives: Duration::from_secs(options.second_factor_ttl),
            state: Mutex::new(State {
                mint: Mint::new("apio"),
                lockout: Lockout::new(options.lockout_threshold, options.lockout_seconds),
                access: HashMap::new(),
                refresh: HashMap::new(),
                second_factor: HashMap::new(),
                trusted: HashSet::new(),
            }),
        }
    }

    /// A locked account, a wrong password and an unknown name are told alike.
    pub fn log_in(&self, name: &str, password: &str, client: Client) -> Result<Welcome, Refusal> {
        let refused = || Refusal::signed_out("Invalid username or password");
        let user = User::named(name).ok_or_else(refused)?;
        let mut state = self.state();
        if state.lockout.is_locked(user.name) {
            return Err(refused());
        }
        if password != sign_in::PASSWORD {
            state.lockout.failed(user.name);
            return Err(refused());
        }
        state.lockout.succeeded(user.name);
        if user.second_factor.is_none() || state.trusted.contains(&(user.name, client)) {
            return Ok(Welcome::SignedIn(user));
        }
        let payload = state.mint.issue(user.name, "2fa-server", self.second_factor_lives);
        let issued = Issued { to: user, until: Instant::now() + self.second_factor_lives };
        state.second_factor.insert(payload.clone(), issued);
        Ok(Welcome::SecondFactor(user, payload))
    }

    /// Whom a second factor belongs to; a right code uses it up. Wrong ones are 400, not 401;
    /// what a payload that is over gets is not documented.
    pub fn second_factor(
        &self,
        by: Factor,
        payload: &str,
        code: &str,
        trust: Trust,
        client: Client,
    ) -> Result<&'static User, Refusal> {
        let mut state = self.state();
        let issued = state.second_factor.get(payload).copied();
        let issued = issued.ok_or_else(|| Refusal::malformed("Invalid 2FA payload"))?;
        if issued.is_over() {
            return Err(Refusal::malformed("2FA payload expired"));
        }
        let wanted = issued.to.second_factor.as_ref().map(|factor| factor.by);
        if wanted != Some(by) || code != by.code() {
            return Err(Refusal::malformed("Invalid code"));
        }
        state.second_factor.remove(payload);
        if trust == Trust::Remembered {
            state.trusted.insert((issued.to.name, client));
        }
        Ok(issued.to)
    }

    /// Whose access token or machine token the request carries.
    pub fn user(&self, headers: &HeaderMap) -> Result<&'static User, Refusal> {
        let token = bearer(headers).ok_or_else(|| Refusal::signed_out("Missing access token"))?;
        if let Some(user) = User::of_machine_token(token) {
            return Ok(user);
        }
        match self.state().access.get(token) {
            Some(issued) if !issued.is_over() => Ok(issued.to),
            Some(_) => Err(Refusal::signed_out("Access token expired")),
            None => Err(Refusal::signed_out("Invalid access token")),
        }
    }

    pub fn access_token(&self, user: &'static User) -> String {
        let mut state = self.state();
        let token = state.mint.issue(user.name, "access", self.access_lives);
        let until = Instant::now() + self.access_lives;
        state.access.insert(token.clone(), Issued { to: user, until });
        token
    }

    pub fn refresh_token(&self, user: &'static User) -> String {
        let mut state = self.state();
        let token = state.mint.issue(user.name, "refresh", self.refresh_lives);
        let until = Instant::now() + self.refresh_lives;
        state.refresh.insert(token.clone(), Issued { to: user, until });
        token
    }

    /// Whose refresh token the request carries, and another one if this one is near its end.
    /// What "near" is the vendor does not say: here, sooner than two access tokens live.
    pub fn refreshing(
        &self,
        headers: &HeaderMap,
    ) -> Result<(&'static User, Option<String>), Refusal> {
        let token = bearer(headers).unwrap_or_default();
        let issued = self.state().refresh.get(token).copied();
        let issued = issued.filter(|issued| !issued.is_over());
        let issued = issued.ok_or_else(|| Refusal::signed_out("Invalid refresh token"))?;
        let left = issued.until.saturating_duration_since(Instant::now());
        let another = (left < self.access_lives * 2).then(|| self.refresh_token(issued.to));
        Ok((issued.to, another))
    }

    /// Ends the refresh token that the request carries or names by its SHA-1 in hexadecimal,
    /// or all of the user whose access token it carries.
    pub fn log_out(&self, headers: &HeaderMap, sign: Option<&str>) -> Result<(), Refusal> {
        if let Some(token) = bearer(headers)
            && self.state().refresh.remove(token).is_some()
        {
            return Ok(());
        }
        let user = self.user(headers)?;
        self.state().refresh.retain(|token, issued| {
            let meant = sign.is_none_or(|sign| sign.eq_ignore_ascii_case(&sha1(token)));
            issued.to.name != user.name || !meant
        });
        Ok(())
    }

    pub fn forget_access_tokens(&self) {
        self.state().access.clear();
    }

    pub fn forget_all_refresh_tokens(&self) {
        self.state().refresh.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is a single insert or remove, whole even if its thread died after it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn sha1(text: &str) -> String {
    use std::fmt::Write as _;
    let sum = digest(&SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
    sum.as_ref().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
