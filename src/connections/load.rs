//! Signing in and reading everything a connection has. One file per kind of upstream.

mod arriving_tree;
mod billing;
mod cucm;
mod draas;
mod edge;
mod limits;
mod live_platform;
mod reply;

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::config::{DemoSignIn, Kind, Upstream};
use seatree_core::draas::Trust;
use seatree_core::http::Secret;
use seatree_core::insight::Mark;
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError, axl};

use super::entry::{Entry, Progress, State};
use super::session::{Challenge, ConnectionWay, EdgeSession, Session};
use crate::app::Context;
use crate::platform::clock;
use crate::platform::part::part;
use crate::platform::seldom::Seldom;
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
    /// Whether it goes on with a reading that was cut short.
    goes_on: bool,
    /// Asked right before each request; false keeps it back.
    gate: Option<Gate>,
    telling: Seldom,
    /// How far it is, while that has not been told.
    untold: Rc<Cell<Option<Progress>>>,
}

/// Says whether something may still be sent.
pub type Gate = Rc<dyn Fn() -> bool>;

/// How a load ended: how many of its parts failed while the rest came, and why.
#[derive(Default)]
struct Loaded {
    failed_parts: usize,
    /// The first of the reasons, a sentence or a path each.
    notes: Vec<String>,
}

impl Loaded {
    /// One more part that could not be read.
    fn fail(&mut self, note: String) {
        const MOST: usize = 20;
        self.failed_parts += 1;
        if self.notes.len() < MOST {
            self.notes.push(note);
        }
    }
}

impl Extend<String> for Loaded {
    fn extend<I: IntoIterator<Item = String>>(&mut self, notes: I) {
        for note in notes {
            self.fail(note);
        }
    }
}

/// Errors that whatever is read next would meet as well.
fn ends_all(error: &UpstreamError) -> bool {
    error.wants_sign_in() || error.problem == Problem::Cancelled
}

/// What the first step of a sign-in leads to.
enum Opened {
    Session(Session),
    CodeWanted(Challenge),
}

/// How a load goes on after its sign-in.
enum Outcome {
    Loaded(Loaded),
    CodeWanted(Challenge),
}

impl Load {
    fn new(context: Context, entry: Entry) -> Self {
        let stop = entry.start();
        Self::beside(context, entry, stop)
    }

    /// Something that runs beside what the connection reads, with a switch of its own.
    fn beside(context: Context, entry: Entry, stop: Stop) -> Self {
        let way = ConnectionWay(entry.connection.clone());
        let (telling, untold) = (Seldom::default(), Rc::default());
        Self { context, entry, way, stop, goes_on: false, gate: None, telling, untold }
    }

    fn id(&self) -> &str {
        self.entry.id()
    }

    /// Whether the next request may leave.
    fn may_send(&self) -> bool {
        self.gate.as_ref().is_none_or(|gate| gate())
    }

    /// Tells how far the load is, now and then.
    fn progress(&self, done: usize, of: Option<usize>, unit: &'static str) {
        self.untold.set(Some(Progress { done, of, unit }));
        let (untold, stop, entry) = (self.untold.clone(), self.stop.clone(), self.entry.clone());
        self.telling.ask(move || {
            // A load that was stopped must not speak over the one that came after it.
            if let Some(progress) = untold.take().filter(|_| !stop.is_stopped()) {
                entry.state.set(State::Loading(progress));
            }
        });
    }

    fn finish(&self, outcome: Result<Outcome, UpstreamError>) {
        if self.stop.is_stopped() {
            // Who stopped it has said what there is to say.
            return;
        }
        self.untold.take();
        match outcome {
            Ok(Outcome::Loaded(loaded)) => {
                self.mark(false, false);
                // A DRaaS tree may have been cut short, and adds up to nothing then: its reader knows.
                if self.entry.connection.kind() != Kind::Draas {
                    self.context.estate.complete(self.id());
                }
                self.entry.state.set(State::Ready {
                    at_s: clock::now_s(),
                    failed: loaded.failed_parts,
                    notes: loaded.notes,
                });
            }
            Ok(Outcome::CodeWanted(challenge)) => {
                let by = challenge.by;
                self.entry.set_challenge(Some(challenge));
                self.entry.state.set(State::CodeWanted { by, refused: None });
            }
            Err(error) => self.fail(error),
        }
    }

    /// Marks the connection in the tree. What was read before a failure is there, but may be old.
    fn mark(&self, is_failed: bool, is_stale: bool) {
        let estate = self.context.estate;
        estate.mark(self.id(), 0, Mark::Failed, is_failed);
        estate.mark(self.id(), 0, Mark::Stale, is_stale);
    }

    fn fail(&self, error: UpstreamError) {
        let holds_data = self.context.estate.holds_data(self.id());
        self.mark(!holds_data, holds_data);
        // A wrong code can be mended while the sign-in waits; so can a network that was away.
        if let Some(challenge) = self.entry.challenge()
            && !error.wants_sign_in()
        {
            let by = challenge.by;
            self.entry.state.set(State::CodeWanted { by, refused: Some(Box::new(error)) });
            return;
        }
        if error.wants_sign_in() {
            self.entry.set_session(None);
            self.entry.set_challenge(None);
        }
        self.entry.state.set(State::Failed(Box::new(error)));
    }
}

/// What opens the way to reading.
enum Key {
    SignIn(SignIn),
    Code(String, Trust),
    /// The session there is.
    Session,
}

/// Signs in and, if that worked, reads everything.
pub fn sign_in(context: Context, entry: Entry, sign_in: SignIn) {
    entry.set_challenge(None);
    entry.set_user(match &sign_in {
        SignIn::Password { username, .. } => username.clone(),
        SignIn::Token(_) => "token".to_owned(),
    });
    run(Load::new(context, entry), Key::SignIn(sign_in));
}

/// Sends the code that a sign-in waits for and, if it was right, reads everything.
pub fn send_code(context: Context, entry: Entry, code: &str, trust: Trust) {
    run(Load::new(context, entry), Key::Code(code.to_owned(), trust));
}

/// Reads everything again with the session there is.
pub fn reload(context: Context, entry: Entry) {
    run(Load::new(context, entry), Key::Session);
}

/// Reads on where a reading was cut short, keeping what came; all, where there was none.
pub fn go_on(context: Context, entry: Entry) {
    run(Load { goes_on: true, ..Load::new(context, entry) }, Key::Session);
}

/// Tells an upstream that keeps sessions that this one is over.
pub fn sign_out(context: Context, entry: &Entry) {
    let (Some(Session::Draas(session)), Upstream::Draas { api, .. }) =
        (entry.session(), entry.connection.upstream.clone())
    else {
        return;
    };
    // What is read next with this connection must not stop it.
    let load = Load::beside(context, entry.clone(), Stop::new());
    spawn_local(async move {
        if let Ok(reader) = draas::reader().await {
            (reader.sign_out)(&load, &api, session).await;
        }
    });
}

fn run(load: Load, key: Key) {
    load.entry.state.set(State::Loading(Progress::default()));
    spawn_local(async move {
        match runner().await {
            Ok(run) => run(&load, key).await,
            Err(missing) if !load.stop.is_stopped() => load.fail(missing.into()),
            Err(_) => {}
        }
    });
}

/// Signs in, reads, and tells what came of it, some time.
type Running<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

part!(
    load,
    /// What all readers have in common. Nothing is read before somebody signs in.
    fn runner() -> for<'a> fn(&'a Load, Key) -> Running<'a> {
        |load, key| {
            Box::pin(async move {
                let outcome = sign_in_and_read(load, key).await;
                load.finish(outcome);
            })
        }
    }
);

async fn sign_in_and_read(load: &Load, key: Key) -> Result<Outcome, UpstreamError> {
    let signed_out = || UpstreamError::new(later("reading"), Problem::SignedOut);
    let opened = match key {
        Key::SignIn(sign_in) => open(load, sign_in).await?,
        Key::Code(code, trust) => enter(load, &code, trust).await?,
        Key::Session => Opened::Session(load.entry.session().ok_or_else(signed_out)?),
    };
    match opened {
        Opened::CodeWanted(challenge) => Ok(Outcome::CodeWanted(challenge)),
        Opened::Session(session) => {
            load.entry.set_challenge(None);
            load.entry.set_session(Some(session.clone()));
            read(load, session).await.map(Outcome::Loaded)
        }
    }
}

/// Fetches the code that reads a kind of upstream, ahead of its use. Should that fail, it is
/// fetched again when it is needed, and told then.
pub fn fetch_reader(kind: Kind) {
    spawn_local(async move {
        let _ = runner().await;
        let _ = match kind {
            Kind::Draas => draas::reader().await.map(drop),
            Kind::LivePlatform => live_platform::reader().await.map(drop),
            Kind::Cucm => cucm::reader().await.map(drop),
            Kind::Edge => edge::reader().await.map(drop),
        };
    });
}

/// Stops what a connection reads. What came so far stays.
pub fn cancel(entry: &Entry) {
    entry.stop();
    let stopped = UpstreamError::new(later("reading"), Problem::Cancelled);
    entry.state.set(State::Failed(Box::new(stopped)));
}

/// Reads services again that could not be read before.
pub use live_platform::retry as retry_services;

/// What a cluster is asked beside its users.
pub use cucm::Asking;

/// What an upstream says of one node alone.
pub use reply::{Asked, SourceReply, source_reply};

/// What partners bill nodes under.
pub use billing::{Listed, read_billing_ids};

/// The limits of one subscription, read and changed.
pub use limits::{Ask, Subscription, limits};

async fn open(load: &Load, sign_in: SignIn) -> Result<Opened, UpstreamError> {
    if let SignIn::Token(token) = &sign_in
        && !token.is_token()
    {
        let why = "the token holds something that no token has";
        return Err(UpstreamError::new(later("signing in"), Problem::SignedOut).because(why));
    }
    match (&load.entry.connection.upstream, sign_in) {
        (Upstream::Draas { api, .. }, with) => {
            let reader = draas::reader().await?;
            (reader.sign_in)(load, api, with).await
        }
        (Upstream::LivePlatform { .. }, SignIn::Token(token)) => {
            Ok(Opened::Session(Session::LivePlatform(token)))
        }
        (Upstream::Cucm { .. }, SignIn::Token(token)) => {
            Ok(Opened::Session(Session::Cucm(axl::Credentials::visitor(token))))
        }
        (Upstream::Cucm { .. }, SignIn::Password { username, password }) => {
            let credentials = axl::Credentials { user: username, password };
            Ok(Opened::Session(Session::Cucm(credentials)))
        }
        (Upstream::Edge { .. }, SignIn::Token(token)) => {
            Ok(Opened::Session(Session::Edge(EdgeSession::new(token))))
        }
        // The forms offer only what an upstream takes.
        _ => Err(UpstreamError::new(later("signing in"), Problem::SignedOut)),
    }
}

/// Enters the code that the sign-in waits for.
async fn enter(load: &Load, code: &str, trust: Trust) -> Result<Opened, UpstreamError> {
    let signed_out = || UpstreamError::new(later("signing in"), Problem::SignedOut);
    let challenge = load.entry.challenge().ok_or_else(signed_out)?;
    let Upstream::Draas { api, .. } = &load.entry.connection.upstream else {
        return Err(signed_out());
    };
    let reader = draas::reader().await?;
    (reader.send_code)(load, api, &challenge, code, trust).await
}

async fn read(load: &Load, session: Session) -> Result<Loaded, UpstreamError> {
    match (&load.entry.connection.upstream, session) {
        (Upstream::Draas { api, entity }, Session::Draas(session)) => {
            let reader = draas::reader().await?;
            (reader.read)(load, api, *entity, session).await
        }
        (Upstream::LivePlatform { api }, Session::LivePlatform(token)) => {
            let reader = live_platform::reader().await?;
            (reader.read)(load, api, &token).await
        }
        (Upstream::Cucm { api, version }, Session::Cucm(credentials)) => {
            let read = cucm::reader().await?;
            read(load, api, *version, &credentials).await
        }
        (Upstream::Edge { api }, Session::Edge(session)) => {
            let reader = edge::reader().await?;
            (reader.read)(load, api, session).await
        }
        _ => Err(UpstreamError::new(later("reading"), Problem::SignedOut)),
    }
}
