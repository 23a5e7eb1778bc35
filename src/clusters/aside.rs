//! What is asked of clusters beside their users: kept while the page is left, by connection.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::axl::legacy::LicenseCapabilities;
use seatree_core::axl::{Criteria, Listing, SmartLicenseStatus, UnassignedDevice};

use super::list::List;
use super::usage::Usage;
use crate::platform::stop::Stop;

/// What was asked for.
#[derive(Clone, Debug)]
pub enum Answer<T> {
    Asking,
    Told { at_s: i64, what: T },
    Failed(Box<UpstreamError>),
}

/// A list that is read page by page, and where it goes on when that failed.
pub struct Pages<T> {
    pub rows: Vec<T>,
    pub listing: Listing,
    pub state: PagesState,
    /// Paths of fields that could not be read, and why the list was cut.
    pub notes: Vec<String>,
    pub stop: Stop,
}

/// How far a list is.
#[derive(Clone, Debug, PartialEq)]
pub enum PagesState {
    Reading,
    /// Seconds since 1970.
    Whole {
        at_s: i64,
    },
    Failed(Box<UpstreamError>),
}

impl<T> Pages<T> {
    pub fn is_whole(&self) -> bool {
        matches!(self.state, PagesState::Whole { .. })
    }
}

/// What a cluster found when it was asked.
pub struct Found {
    pub criteria: Criteria,
    pub list: List,
    pub state: PagesState,
    /// Where the search goes on when it failed.
    pub listing: Listing,
    pub stop: Stop,
}

/// Something by connection. Copying it shares it.
pub struct ByConnection<T: 'static>(RwSignal<Vec<(String, T)>, LocalStorage>);

impl<T> Clone for ByConnection<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ByConnection<T> {}

impl<T> ByConnection<T> {
    fn new() -> Self {
        Self(RwSignal::new_local(Vec::new()))
    }

    pub fn with<U>(&self, connection: &str, look: impl FnOnce(Option<&T>) -> U) -> U {
        self.0.with(|all| look(all.iter().find(|(id, _)| id == connection).map(|(_, of)| of)))
    }

    pub fn with_untracked<U>(&self, connection: &str, look: impl FnOnce(Option<&T>) -> U) -> U {
        let find = |all: &Vec<(String, T)>| {
            look(all.iter().find(|(id, _)| id == connection).map(|(_, of)| of))
        };
        self.0.with_untracked(find)
    }

    pub fn set(&self, connection: &str, to: T) {
        self.0.update(|all| {
            all.retain(|(id, _)| id != connection);
            all.push((connection.to_owned(), to));
        });
    }

    /// None where there is nothing to change.
    pub fn change<U>(&self, connection: &str, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_update(|all| {
            all.iter_mut().find(|(id, _)| id == connection).map(|(_, of)| change(of))
        })?
    }

    /// The same, without telling anybody.
    pub fn quietly<U>(&self, connection: &str, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_maybe_update(|all| {
            let found = all.iter_mut().find(|(id, _)| id == connection);
            (false, found.map(|(_, of)| change(of)))
        })?
    }

    pub fn remove(&self, connection: &str) {
        self.0.update(|all| all.retain(|(id, _)| id != connection));
    }
}

/// Everything that is asked beside the users. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Asides {
    pub smart: ByConnection<Answer<SmartLicenseStatus>>,
    pub devices: ByConnection<Pages<UnassignedDevice>>,
    pub capabilities: ByConnection<Pages<LicenseCapabilities>>,
    pub found: ByConnection<Found>,
    pub usage: ByConnection<Usage>,
}

impl Asides {
    pub fn new() -> Self {
        Self {
            smart: ByConnection::new(),
            devices: ByConnection::new(),
            capabilities: ByConnection::new(),
            found: ByConnection::new(),
            usage: ByConnection::new(),
        }
    }

    /// Forgets everything of a connection, and stops what is still asked for.
    pub fn remove(&self, connection: &str) {
        self.forget_what_ages(connection);
        self.capabilities.quietly(connection, |pages| pages.stop.stop());
        self.capabilities.remove(connection);
        self.found.quietly(connection, |found| found.stop.stop());
        self.found.remove(connection);
        self.usage.quietly(connection, Usage::stop);
        self.usage.remove(connection);
    }

    /// Forgets what belongs to one reading of the users: it is asked for again with the next.
    pub fn forget_what_ages(&self, connection: &str) {
        self.smart.remove(connection);
        self.devices.quietly(connection, |pages| pages.stop.stop());
        self.devices.remove(connection);
    }
}
