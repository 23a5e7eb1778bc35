//! Tokens of one upstream: fetched once for all requests, and renewed before they end.

use super::{super::Why, Credentials};
use crate::{
    Operation, Problem, UpstreamError,
    draas::{Login, Refresh, SignIn, Tokens},
    http::{Reply, Request, Secret},
};

/// Whoever fetches tokens has reported by then, or was cut off.
const FETCHING_MS: u64 = 30_000;
/// Accounts lock when a password is wrong too often: a refused one is not tried again so soon.
const REFUSED_MS: u64 = 600_000;
/// After a failure on the way.
const FAILED_MS: u64 = 5_000;
/// When the token after a refused one is refused so soon, too, another would not help.
const AGAIN_MS: u64 = 10_000;
/// Tokens are renewed that long before they end, or after four fifths of a shorter life.
const EARLY_S: u64 = 300;
/// How long a token is used whose end is not known. Those who find it ended renew it.
const UNKNOWN_MS: u64 = 24 * 3_600_000;

const SECOND_FACTOR: Why = Why::new(
    "the account asks for a second factor, which an edge cannot give: use a machine token",
);
const ONE_AFTER_THE_OTHER: Why = Why::new("the upstream refuses one new token after the other");

/// What a request does next.
#[derive(Clone, Debug)]
pub enum Step {
    /// Send it with this `Authorization`, and tell [`Keeper::refused`] when that gets 401.
    Use { authorization: Secret, generation: u64 },
    /// Send this, and report by [`Keeper::heard`] whatever comes of it; then ask again.
    Fetch(Errand),
    /// Another request fetches tokens: ask again soon.
    Wait,
    /// There is no signing in for now: why, for the edge's log.
    Fail(Why),
}

/// A request for tokens.
#[derive(Clone, Debug)]
pub struct Errand {
    pub request: Request,
    number: u64,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Login,
    Refresh,
    Client,
}

/// The tokens of one upstream. Nothing here sends or waits: the caller does.
#[derive(Debug, Default)]
pub struct Keeper {
    tokens: Option<Tokens>,
    /// Counts the tokens there have been.
    generation: u64,
    refused_ms: Option<u64>,
    /// From when on they are renewed.
    until_ms: u64,
    errands: u64,
    fetching_until_ms: u64,
    failure: Option<(u64, Why)>,
}

impl Keeper {
    pub fn step(&mut self, credentials: &Credentials, now_ms: u64) -> Step {
        let operation = match credentials {
            Credentials::Basic(basic) => {
                return Step::Use { authorization: basic.basic().into(), generation: 0 };
            }
            Credentials::Token(token) => return bearer(token, 0),
            Credentials::Login { .. } => Kind::Login,
            Credentials::Client(_) => Kind::Client,
        };
        if let Some(tokens) = &self.tokens
            && now_ms < self.until_ms
        {
            return bearer(&tokens.access, self.generation);
        }
        if let Some((until, why)) = &self.failure
            && now_ms < *until
        {
            return Step::Fail(why.clone());
        }
        if now_ms < self.fetching_until_ms {
            return Step::Wait;
        }
        self.fetching_until_ms = now_ms + FETCHING_MS;
        self.errands += 1;
        Step::Fetch(self.errand(credentials, operation))
    }

    fn errand(&self, credentials: &Credentials, kind: Kind) -> Errand {
        let refresh = self.tokens.as_ref().and_then(|tokens| tokens.refresh.as_ref());
        let (request, kind) = match (credentials, refresh) {
            (Credentials::Login { api, .. }, Some(refresh)) => {
                (Refresh::new(api, refresh).request(), Kind::Refresh)
            }
            (Credentials::Login { api, username, password }, None) => {
                (Login::new(api, username, password).request(), kind)
            }
            (Credentials::Client(client), _) => (client.request(), kind),
            // Neither fetches anything.
            (Credentials::Basic(_) | Credentials::Token(_), _) => (Request::get(""), kind),
        };
        Errand { request, number: self.errands, kind }
    }

    /// What came of an errand; no reply at all as an error of the way.
    pub fn heard(
        &mut self,
        credentials: &Credentials,
        errand: &Errand,
        reply: Result<&Reply, Why>,
        now_ms: u64,
    ) {
        // One who was given up may report late.
        if errand.number != self.errands {
            return;
        }
        self.fetching_until_ms = 0;
        let reply = match reply {
            Ok(reply) => reply,
            Err(why) => return self.fail(now_ms + FAILED_MS, why),
        };
        match read(credentials, errand.kind, reply, self.tokens.as_ref()) {
            Ok((tokens, expires_in_s)) => {
                let lives_s = expires_in_s.or_else(|| lives_s(&tokens.access, now_ms));
                self.tokens = Some(tokens);
                self.generation += 1;
                self.until_ms = now_ms + lives_s.map_or(UNKNOWN_MS, used_ms);
                self.failure = None;
            }
            // The refresh token ended, too: the next who asks logs in.
            Err(Failure::Upstream(error))
                if errand.kind == Kind::Refresh && error.problem == Problem::SignedOut =>
            {
                self.tokens = None;
            }
            Err(Failure::SecondFactor) => self.fail(now_ms + REFUSED_MS, SECOND_FACTOR),
            Err(Failure::Upstream(error)) => {
                let pause = match error.problem {
                    Problem::Throttled { retry_after_s: Some(seconds), .. } => {
                        u64::from(seconds).saturating_mul(1_000).clamp(FAILED_MS, REFUSED_MS)
                    }
                    Problem::Throttled { .. }
                    | Problem::Malformed { .. }
                    | Problem::Rejected { status: 500.., .. } => FAILED_MS,
                    _ => REFUSED_MS,
                };
                self.fail(now_ms + pause, Why::of(&error, reply.status));
            }
        }
    }

    /// The upstream refused (401) what this generation of tokens was sent with.
    pub fn refused(&mut self, generation: u64, now_ms: u64) {
        if generation != self.generation || self.until_ms == 0 {
            return;
        }
        self.until_ms = 0;
        if self.refused_ms.is_some_and(|before| now_ms < before + AGAIN_MS) {
            self.fail(now_ms + AGAIN_MS, ONE_AFTER_THE_OTHER);
        }
        self.refused_ms = Some(now_ms);
    }

    fn fail(&mut self, until_ms: u64, why: Why) {
        self.failure = Some((until_ms, why));
    }
}

/// Why a reply has no tokens.
enum Failure {
    Upstream(UpstreamError),
    SecondFactor,
}

impl From<UpstreamError> for Failure {
    fn from(error: UpstreamError) -> Self {
        Self::Upstream(error)
    }
}

fn bearer(token: &Secret, generation: u64) -> Step {
    Step::Use { authorization: format!("Bearer {}", token.expose()).into(), generation }
}

fn read(
    credentials: &Credentials,
    kind: Kind,
    reply: &Reply,
    held: Option<&Tokens>,
) -> Result<(Tokens, Option<u64>), Failure> {
    match credentials {
        Credentials::Login { api, username, password } => {
            let refresh = held.and_then(|tokens| tokens.refresh.as_ref());
            if let (Kind::Refresh, Some(refresh)) = (kind, refresh) {
                return Ok((Refresh::new(api, refresh).decode(reply)?, None));
            }
            match Login::new(api, username, password).decode(reply)? {
                SignIn::Done(tokens) => Ok((tokens, None)),
                SignIn::SecondFactor { .. } => Err(Failure::SecondFactor),
            }
        }
        Credentials::Client(client) => {
            let token = client.decode(reply)?;
            Ok((Tokens::machine(token.access), token.expires_in_s))
        }
        Credentials::Basic(_) | Credentials::Token(_) => {
            Err(UpstreamError::new("signing in", Problem::Cancelled).into())
        }
    }
}

/// Milliseconds for which a token that lives so many seconds is used.
fn used_ms(lives_s: u64) -> u64 {
    let early = EARLY_S.min(lives_s / 5);
    lives_s.saturating_sub(early).min(UNKNOWN_MS / 1_000) * 1_000
}

/// How long a token lives that is a JWT and says so. It is not ours to verify, only to renew.
fn lives_s(token: &Secret, now_ms: u64) -> Option<u64> {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    let claims = URL_SAFE_NO_PAD.decode(token.expose().split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&claims).ok()?;
    Some(claims.get("exp")?.as_u64()?.saturating_sub(now_ms / 1_000))
}

#[cfg(test)]
mod tests;
