//! The services read so far, and what a person chose to see of them, as the pages share them.

use leptos::prelude::*;
use seatree_core::UpstreamError;
use seatree_core::live_platform::Customer;
use seatree_core::services::{Filter, Licenses, Service, Sort};

use crate::platform::seldom::Seldom;
use crate::ui::grid::{GoTo, Key};

/// All services, in the order of their connections' lists. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Services {
    rows: RwSignal<Rows>,
    telling: StoredValue<Seldom, LocalStorage>,
    pub filter: RwSignal<Filter>,
    pub sort: RwSignal<Option<Sort>>,
    /// The focused service.
    pub current: RwSignal<Option<Key>>,
    /// A service that is to be shown and focused.
    pub go_to: RwSignal<Option<GoTo>>,
    /// Whether the details of the focused service are open.
    pub details: RwSignal<bool>,
}

/// The services, and by what a grid knows each, also after its list was read again.
#[derive(Default)]
struct Rows {
    services: Vec<Service>,
    keys: Vec<Key>,
    next: Key,
}

impl Services {
    pub fn new() -> Self {
        Self {
            rows: RwSignal::new(Rows::default()),
            telling: StoredValue::new_local(Seldom::default()),
            filter: RwSignal::new(Filter::default()),
            sort: RwSignal::new(None),
            current: RwSignal::new(None),
            go_to: RwSignal::new(None),
            details: RwSignal::new(false),
        }
    }

    pub fn with<T>(&self, look: impl FnOnce(&[Service]) -> T) -> T {
        self.rows.with(|rows| look(&rows.services))
    }

    pub fn with_untracked<T>(&self, look: impl FnOnce(&[Service]) -> T) -> T {
        self.rows.with_untracked(|rows| look(&rows.services))
    }

    /// The services with their keys.
    pub fn with_keys<T>(&self, look: impl FnOnce(&[Service], &[Key]) -> T) -> T {
        self.rows.with(|rows| look(&rows.services, &rows.keys))
    }

    /// Looks at the service with a key, if it is still there.
    pub fn at_key<T>(&self, key: Key, look: impl FnOnce(&Service) -> T) -> Option<T> {
        self.rows.with(|rows| {
            let at = rows.keys.iter().position(|known| *known == key)?;
            rows.services.get(at).map(look)
        })
    }

    /// The place of a service in its own connection's list.
    pub fn place_of(&self, key: Key) -> Option<(String, usize)> {
        self.rows.with_untracked(|rows| {
            let at = rows.keys.iter().position(|known| *known == key)?;
            let connection = &rows.services.get(at)?.connection;
            let before = rows.services.iter().take(at);
            let place = before.filter(|other| other.connection == *connection).count();
            Some((connection.clone(), place))
        })
    }

    /// Puts a connection's services in the place of its former ones.
    pub fn replace(&self, connection: &str, services: Vec<Service>) {
        self.rows.update(|rows| rows.replace(connection, services));
    }

    pub fn remove(&self, connection: &str) {
        self.replace(connection, Vec::new());
    }

    /// The service at a place of its connection's list.
    pub fn find(&self, connection: &str, at: usize) -> Option<Service> {
        self.with_untracked(|all| {
            all.iter().filter(|service| service.connection == connection).nth(at).cloned()
        })
    }

    /// Whether this service still is at that place, after its list was perhaps read again.
    pub fn is_at(&self, connection: &str, at: usize, customer: &Customer) -> bool {
        self.find(connection, at).is_some_and(|service| service.customer.guid == customer.guid)
    }

    /// Says of the services still waited for why nothing more will come.
    pub fn give_up(&self, connection: &str, why: &UpstreamError) {
        self.rows.update(|rows| {
            let waiting =
                |service: &&mut Service| service.connection == connection && service.is_reading();
            for service in rows.services.iter_mut().filter(waiting) {
                service.licenses = Licenses::Failed(Box::new(why.clone()));
            }
        });
    }

    /// Shows what became of a service, soon: many come between two frames.
    pub fn set_licenses(&self, connection: &str, at: usize, licenses: Licenses) {
        self.rows.try_maybe_update(|rows| {
            let mut own = rows.services.iter_mut().filter(|row| row.connection == connection);
            if let Some(row) = own.nth(at) {
                row.licenses = licenses;
            }
            (false, ())
        });
        let rows = self.rows;
        let tell = move || {
            // A page that is gone has nobody to tell.
            rows.try_update(|_| ());
        };
        self.telling.try_with_value(|telling| telling.ask(tell));
    }

    pub fn change_filter(&self, change: impl FnOnce(&mut Filter)) {
        self.filter.update(change);
    }

    pub fn clear_filter(&self) {
        self.filter.set(Filter::default());
    }
}

impl Rows {
    fn replace(&mut self, connection: &str, services: Vec<Service>) {
        let all = std::mem::take(&mut self.services).into_iter();
        let (own, others): (Vec<_>, Vec<_>) = all
            .zip(std::mem::take(&mut self.keys))
            .partition(|(service, _)| service.connection == connection);
        (self.services, self.keys) = others.into_iter().unzip();
        for (at, service) in services.into_iter().enumerate() {
            // Mostly it is where it was.
            let guid = service.customer.guid;
            let same = |former: &&(Service, Key)| guid.is_some() && former.0.customer.guid == guid;
            let former = own.get(at).filter(same).or_else(|| own.iter().find(same));
            let key = former.map_or_else(|| self.free_key(), |(_, key)| *key);
            self.services.push(service);
            self.keys.push(key);
        }
    }

    fn free_key(&mut self) -> Key {
        self.next += 1;
        self.next
    }
}
