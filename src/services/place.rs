//! The list's part of the address bar: filter, order and the focused service, so that a link shows a
//! colleague the same. Never a secret: only what was typed into the filter, and ids.

use std::sync::Arc;

use leptos::prelude::*;
use seatree_core::estate::Uuid;
use seatree_core::services::{Filter, Service, Sort};

use super::list::Shown;
use crate::app::Page;
use crate::app::context::Context;
use crate::platform::place;
use crate::ui::grid::{GoTo, Key};

/// A service: its connection's id, and its own.
type At = (String, Uuid);

/// What the address bar says of the list.
#[derive(Clone, Debug, Default, PartialEq)]
struct Place {
    filter: Filter,
    sort: Option<Sort>,
    at: Option<At>,
    details: bool,
}

/// Keeps the address bar and the list alike for as long as the list is shown.
pub(super) fn follow(context: Context, list: Memo<Arc<Shown>>) {
    let address = context.place.follow();
    let services = context.services;
    let shown = StoredValue::new(None::<Place>);
    let wanted = RwSignal::new(None::<At>);
    // What the address bar says: at the start, by a link, or when the person goes back.
    Effect::new(move |is_again: Option<()>| {
        let address = address.get();
        let query = address.split_once('?').map(|(_, query)| query);
        if Page::at(&address) != Page::Services || (query.is_none() && is_again.is_none()) {
            // Another page, or this one without anything said: the list stays as it was.
            return;
        }
        let place = Place::read(query.unwrap_or_default());
        if shown.with_value(|shown| shown.as_ref() != Some(&place)) {
            services.filter.set(place.filter.clone());
            services.sort.set(place.sort);
            services.details.set(place.details);
            wanted.set(place.at.clone());
            shown.set_value(Some(place));
        }
    });
    // A service of a link can only be shown once its list has been read, and focused once the filter
    // of the link finds it, which may take its licenses.
    let found = StoredValue::new(None::<Key>);
    Effect::new(move |_| {
        let Some((connection, id)) = wanted.get() else { return };
        let is_it = |service: &Service| {
            service.connection == connection && service.customer.guid == Some(id)
        };
        let service = services.with_keys(|all, keys| {
            let at = all.iter().position(is_it)?;
            Some((*keys.get(at)?, all.get(at)?.is_reading()))
        });
        let Some((key, is_reading)) = service else { return };
        if found.get_value() != Some(key) {
            found.set_value(Some(key));
            services.current.set(Some(key));
        }
        let is_shown = list.with(|shown| shown.has(key));
        if is_shown {
            services.go_to.set(Some(GoTo::Focus(key)));
        }
        if is_shown || !is_reading {
            wanted.set(None);
        }
    });
    // Who goes elsewhere is not waiting for it any more.
    Effect::new(move |_| {
        let current = services.current.get();
        if current.is_some()
            && wanted.with_untracked(Option::is_some)
            && current != found.get_value()
        {
            wanted.set(None);
        }
    });
    // What the list shows.
    Effect::new(move |_| {
        let place = Place::of(context, wanted.get());
        if Page::at(&context.place.here()) != Page::Services {
            return;
        }
        let before = shown.get_value();
        if before.as_ref() == Some(&place) {
            return;
        }
        let is_step = before.is_some_and(|before| before.steps() != place.steps());
        let address = place.write();
        shown.set_value(Some(place));
        if is_step {
            context.place.go_to(&address);
        } else {
            context.place.put(address);
        }
    });
}

impl Place {
    fn of(context: Context, wanted: Option<At>) -> Self {
        let services = context.services;
        let at = services.current.get().and_then(|key| {
            services
                .at_key(key, |service| Some((service.connection.clone(), service.customer.guid?)))?
        });
        Self {
            filter: services.filter.get(),
            sort: services.sort.get(),
            at: wanted.or(at),
            details: services.details.get(),
        }
    }

    /// What is worth a step back: not typing, and not moving about.
    fn steps(&self) -> Self {
        let filter = Filter { text: String::new(), ..self.filter.clone() };
        Self { filter, at: None, details: false, ..self.clone() }
    }

    fn write(&self) -> String {
        let mut parts = Vec::new();
        let filter = self.filter.to_query();
        if !filter.is_empty() {
            parts.push(filter);
        }
        if let Some(sort) = &self.sort {
            parts.push(format!("sort={sort}"));
        }
        if let Some((connection, id)) = &self.at {
            parts.push(format!("at={}/{id}", place::encode(connection)));
        }
        if self.details {
            parts.push("details".to_owned());
        }
        let page = Page::Services.href();
        if parts.is_empty() { page.to_owned() } else { format!("{page}?{}", parts.join("&")) }
    }

    /// What cannot be read is left out.
    fn read(query: &str) -> Self {
        let mut place = Self { filter: Filter::from_query(query), ..Self::default() };
        for part in query.split('&') {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key {
                "sort" => place.sort = value.parse().ok(),
                "details" => place.details = true,
                "at" => {
                    place.at = value.split_once('/').and_then(|(connection, id)| {
                        Some((place::decode(connection)?, Uuid::parse(id)?))
                    });
                }
                _ => {}
            }
        }
        place
    }
}
