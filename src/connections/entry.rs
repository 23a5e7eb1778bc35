//! One connection with its state and its session.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::config::{Connection, Settings};
use seatree_core::error::SecondFactor;

use super::session::{Challenge, Session};
use crate::platform::stop::Stop;

/// How a connection is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    SignedOut,
    /// The password was right, and a code is wanted after it.
    CodeWanted {
        by: SecondFactor,
        /// What was wrong with the code before.
        refused: Option<Box<UpstreamError>>,
    },
    Loading(Progress),
    Ready {
        at_s: i64,
        failed: usize,
        /// Why parts failed: the first of the reasons.
        notes: Vec<String>,
    },
    Failed(Box<UpstreamError>),
}

/// How far a load is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    pub done: usize,
    /// Where the upstream says how many there are.
    pub of: Option<usize>,
    /// What is counted, in the plural.
    pub unit: &'static str,
}

/// One connection. Cloning it shares it.
#[derive(Clone)]
pub struct Entry {
    pub settings: Settings,
    pub connection: Arc<Connection>,
    pub state: ArcRwSignal<State>,
    held: StoredValue<Held, LocalStorage>,
}

/// What lives in memory only and ends with the page.
#[derive(Default)]
struct Held {
    session: Option<Session>,
    /// A sign-in that waits for its second factor.
    challenge: Option<Challenge>,
    stop: Option<Stop>,
    /// Who signed in last, as it was typed.
    user: String,
    /// By which the upstream knows what was read last, as long as nothing here has changed it.
    tag: Option<String>,
}

impl Entry {
    /// The owner must outlive the entry: the page's own, not a dialog's.
    pub fn new(settings: Settings, connection: Connection, owner: &Owner) -> Self {
        Self {
            settings,
            connection: Arc::new(connection),
            state: ArcRwSignal::new(State::SignedOut),
            held: owner.with(|| StoredValue::new_local(Held::default())),
        }
    }

    pub fn id(&self) -> &str {
        &self.connection.id
    }

    pub fn session(&self) -> Option<Session> {
        self.held.try_with_value(|held| held.session.clone()).flatten()
    }

    pub fn set_session(&self, session: Option<Session>) {
        self.held.try_update_value(|held| held.session = session);
    }

    /// The sign-in that waits for its second factor.
    pub fn challenge(&self) -> Option<Challenge> {
        self.held.try_with_value(|held| held.challenge.clone()).flatten()
    }

    pub fn set_challenge(&self, challenge: Option<Challenge>) {
        self.held.try_update_value(|held| held.challenge = challenge);
    }

    /// Who signed in last, as it was typed; "token" where that says it all.
    pub fn user(&self) -> String {
        self.held.try_with_value(|held| held.user.clone()).unwrap_or_default()
    }

    pub fn set_user(&self, user: String) {
        self.held.try_update_value(|held| held.user = user);
    }

    /// By which the upstream knows what was read last, as long as it is what is shown.
    pub fn tag(&self) -> Option<String> {
        self.held.try_with_value(|held| held.tag.clone()).flatten()
    }

    pub fn set_tag(&self, tag: Option<String>) {
        self.held.try_update_value(|held| held.tag = tag);
    }

    /// Whether the sign-in is one that permits reading only. Follows the state.
    pub fn is_read_only(&self) -> bool {
        self.state.track();
        matches!(self.session(), Some(Session::Edge(session)) if !session.may_change_limits())
    }

    /// One of the parts that had failed came after all.
    pub fn one_failure_less(&self) {
        self.state.update(|state| {
            if let State::Ready { failed, .. } = state {
                *failed = failed.saturating_sub(1);
            }
        });
    }

    /// Stops what runs and gives a new switch for what starts now.
    pub fn start(&self) -> Stop {
        self.stop();
        let stop = Stop::new();
        self.held.try_update_value(|held| held.stop = Some(stop.clone()));
        stop
    }

    /// The switch of what runs, for something that is to end with it; a new one when nothing runs.
    pub fn join(&self) -> Stop {
        let running = self.held.try_with_value(|held| held.stop.clone()).flatten();
        running.filter(|stop| !stop.is_stopped()).unwrap_or_else(|| self.start())
    }

    pub fn stop(&self) {
        self.held.try_update_value(|held| {
            if let Some(stop) = held.stop.take() {
                stop.stop();
            }
        });
    }
}
