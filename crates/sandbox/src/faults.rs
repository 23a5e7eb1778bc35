//! The fault panel: what goes wrong, on request.
//!
//! Each upstream's listener is wrapped in a [`Faulty`](service::Faulty), outside of everything
//! the vendor does, where a proxy or a cable would fail. It answers `/_sandbox` itself (see
//! [`panel`]) and asks the [`Faults`] whether a [`Rule`] wants the request; if none does, nothing
//! is touched.
//!
//! One panel serves all three upstreams, so that a rule for CUCM can be set without speaking
//! TLS. It listens where they do, on 127.0.0.1 only, and takes nothing from pages of others.

pub mod body;
pub mod form;
pub mod page;
pub mod panel;
pub mod reply;
pub mod rule;
pub mod service;
pub mod usual;

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::request::Parts;
use serde::{Deserialize, Serialize};

use rule::{Effect, Rule, Rules};

/// A vendor whose server is stood in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Upstream {
    Draas,
    LivePlatform,
    Cucm,
}

impl Upstream {
    pub const ALL: [Self; 3] = [Self::Draas, Self::LivePlatform, Self::Cucm];

    /// As in a rule and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draas => "draas",
            Self::LivePlatform => "live-platform",
            Self::Cucm => "cucm",
        }
    }
}

impl fmt::Display for Upstream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The rules in force, of all upstreams.
#[derive(Debug, Default)]
pub struct Faults(Mutex<Rules>);

impl Faults {
    /// What is to go wrong with this request. The rule that was set first wins, and counts it.
    pub fn wanted(&self, upstream: Upstream, request: &Parts) -> Option<Effect> {
        self.rules().wanted(upstream, request)
    }

    /// Sets a rule, and gives it back with its number.
    pub fn set(&self, rule: Rule) -> Rule {
        self.rules().set(rule)
    }

    pub fn all(&self) -> Vec<Rule> {
        self.rules().all().to_vec()
    }

    /// Ends one rule; false if there is none with this number.
    pub fn clear(&self, id: u64) -> bool {
        self.rules().clear(id)
    }

    pub fn clear_all(&self) {
        self.rules().clear_all();
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        // Every change is whole, even if its thread died after it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
