//! Signing in and reading everything a connection has. One file per kind of upstream.

mod cucm;
mod draas;
mod live_platform;

use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::config::{DemoSignIn, Kind, Upstream};
use seatree_core::http::Secret;
use seatree_core::{Problem, UpstreamError, axl};

use super::entry::{Entry, Progress, State};
use super::session::{ConnectionWay, Session};
use crate::app::Context;
use crate::platform::clock;
use crate::platform::stop::Stop;

/// What a person signs in with.
#[derive(Clone, Debug)]
pub enum SignIn {
    Password { username: String, password: Secret },
    Token(Secret),
}

impl From<DemoSignIn> for SignIn {
    fn from(demo: DemoSignIn) -> Self {
        match demo {
            DemoSignIn::Password { username, password } => Self::Password { username, password },
            DemoSignIn::Token(token) => Self::Token(token),
        }
    }
}

/// What reading gives, some time. Boxed: the code of some readers is fetched when needed.
type Reading<'a> = Pin<Box<dyn Future<Output = Result<Loaded, UpstreamError>> + 'a>>;

/// One load in the course of running.
struct Load {
    context: Context,
    entry: Entry,
    way: ConnectionWay,
    stop: Stop,
}

/// How a load ended: how many of its parts failed while the rest came.
struct Loaded {
    failed_parts: usize,
}

impl Load {
    fn new(context: Context, entry: Entry) -> Self {
        let way = ConnectionWay(entry.connection.clone());
        let stop = entry.start();
        Self { context, entry, way, stop }
    }

    fn id(&self) -> &str {
        self.entry.id()
    }

    fn progress(&self, done: usize, of: Option<usize>, unit: &'static str) {
        // A load that was stopped must not speak over the one that came after it.
        if !self.stop.is_stopped() {
            self.entry.state.set(State::Loading(Progress { done, of, unit }));
        }
    }

    fn finish(&self, outcome: Result<Loaded, UpstreamError>) {
        let superseded = self.stop.is_stopped();
        match outcome {
            Ok(_) | Err(UpstreamError { problem: Problem::Cancelled, .. }) if superseded => {}
            Ok(loaded) => self
                .entry
                .state
                .set(State::Ready { at_s: clock::now_s(), failed: loaded.failed_parts }),
            Err(error) => {
                if error.problem == Problem::SignedOut {
                    self.entry.set_session(None);
                }
                self.entry.state.set(State::Failed(Box::new(error)));
            }
        }
    }
}

/// Signs in and, if that worked, reads everything.
pub fn sign_in(context: Context, entry: Entry, sign_in: SignIn) {
    run(Load::new(context, entry), Some(sign_in));
}

/// Reads everything again with the session there is.
pub fn reload(context: Context, entry: Entry) {
    run(Load::new(context, entry), None);
}

fn run(load: Load, sign_in: Option<SignIn>) {
    load.progress(0, None, "");
    spawn_local(async move {
        let outcome = sign_in_and_read(&load, sign_in).await;
        load.finish(outcome);
    });
}

async fn sign_in_and_read(load: &Load, sign_in: Option<SignIn>) -> Result<Loaded, UpstreamError> {
    let session = if let Some(sign_in) = sign_in {
        let session = open(load, sign_in).await?;
        load.entry.set_session(Some(session.clone()));
        session
    } else {
        let signed_out = || UpstreamError::new("reading", Problem::SignedOut);
        load.entry.session().ok_or_else(signed_out)?
    };
    read(load, session).await
}

/// Fetches the code that reads a kind of upstream, ahead of its use. Should that fail, it is
/// fetched again when it is needed, and told then.
pub fn fetch_reader(kind: Kind) {
    spawn_local(async move {
        let _ = match kind {
            Kind::Draas => draas::reader().await.map(drop),
            Kind::LivePlatform => live_platform::reader().await.map(drop),
            Kind::Cucm => cucm::reader().await.map(drop),
        };
    });
}

/// Stops what a connection reads. What came so far stays.
pub fn cancel(entry: &Entry) {
    entry.stop();
    let stopped = UpstreamError::new("reading", Problem::Cancelled);
    entry.state.set(State::Failed(Box::new(stopped)));
}

/// Reads one service again that could not be read before.
pub use live_platform::retry as retry_service;

async fn open(load: &Load, sign_in: SignIn) -> Result<Session, UpstreamError> {
    match (&load.entry.connection.upstream, sign_in) {
        (Upstream::Draas { api, .. }, with) => {
            let reader = draas::reader().await?;
            (reader.sign_in)(load, api, with).await
        }
        (Upstream::LivePlatform { .. }, SignIn::Token(token)) => Ok(Session::LivePlatform(token)),
        (Upstream::Cucm { .. }, SignIn::Password { username, password }) => {
            Ok(Session::Cucm(axl::Credentials { user: username, password }))
        }
        // The forms offer only what an upstream takes.
        _ => Err(UpstreamError::new("signing in", Problem::SignedOut)),
    }
}

async fn read(load: &Load, session: Session) -> Result<Loaded, UpstreamError> {
    match (&load.entry.connection.upstream, session) {
        (Upstream::Draas { api, entity }, Session::Draas(tokens)) => {
            let reader = draas::reader().await?;
            (reader.read)(load, api, *entity, tokens).await
        }
        (Upstream::LivePlatform { api }, Session::LivePlatform(token)) => {
            let read = live_platform::reader().await?;
            read(load, api, &token).await
        }
        (Upstream::Cucm { api, version }, Session::Cucm(credentials)) => {
            let read = cucm::reader().await?;
            read(load, api, *version, &credentials).await
        }
        _ => Err(UpstreamError::new("reading", Problem::SignedOut)),
    }
}
