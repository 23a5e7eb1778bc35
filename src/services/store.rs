//! The services read so far, as the pages share them.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::live_platform::{Customer, ServiceLicense};

/// What is known of a service's licenses.
#[derive(Clone, Debug, PartialEq)]
pub enum Licenses {
    Reading,
    Read(Box<ServiceLicense>),
    Failed(Box<UpstreamError>),
}

/// One service: a customer of a Live Platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    pub connection: String,
    pub customer: Customer,
    pub licenses: Licenses,
}

/// All services, in the order of their connections' lists.
#[derive(Clone, Copy)]
pub struct Services {
    rows: RwSignal<Vec<Service>>,
}

impl Services {
    pub fn new() -> Self {
        Self { rows: RwSignal::new(Vec::new()) }
    }

    pub fn with<T>(&self, look: impl FnOnce(&[Service]) -> T) -> T {
        self.rows.with(|rows| look(rows))
    }

    /// Puts a connection's services in the place of its former ones.
    pub fn replace(&self, connection: &str, services: Vec<Service>) {
        self.rows.update(|rows| {
            rows.retain(|row| row.connection != connection);
            rows.extend(services);
        });
    }

    pub fn remove(&self, connection: &str) {
        self.replace(connection, Vec::new());
    }

    /// The service at a place of its connection's list.
    pub fn find(&self, connection: &str, at: usize) -> Option<Service> {
        self.rows.with_untracked(|rows| {
            rows.iter().filter(|row| row.connection == connection).nth(at).cloned()
        })
    }

    /// Whether this service still is at that place, after its list was perhaps read again.
    pub fn is_at(&self, connection: &str, at: usize, customer: &Customer) -> bool {
        self.find(connection, at).is_some_and(|service| service.customer.guid == customer.guid)
    }

    /// Says of the services still waited for why nothing more will come.
    pub fn give_up(&self, connection: &str, why: &UpstreamError) {
        self.rows.update(|rows| {
            let waiting = |row: &&mut Service| {
                row.connection == connection && row.licenses == Licenses::Reading
            };
            for row in rows.iter_mut().filter(waiting) {
                row.licenses = Licenses::Failed(Box::new(why.clone()));
            }
        });
    }

    pub fn set_licenses(&self, connection: &str, at: usize, licenses: Licenses) {
        self.rows.update(|rows| {
            let mut own = rows.iter_mut().filter(|row| row.connection == connection);
            if let Some(row) = own.nth(at) {
                row.licenses = licenses;
            }
        });
    }
}
