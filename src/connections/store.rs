//! All connections, as the pages share them.

use std::collections::BTreeMap;

use leptos::prelude::*;
use seatree_core::config::{Connection, DemoSignIn, FieldError, HeaderValue, Settings};

use super::entry::{Entry, State};
use super::load;
use super::remembered::Remembered;
use crate::app::Context;

/// The connections in their order. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Connections {
    entries: RwSignal<Vec<Entry>>,
    remembered: StoredValue<Remembered>,
    demo: StoredValue<BTreeMap<String, DemoSignIn>>,
    owner: StoredValue<Owner>,
}

impl Connections {
    /// Must be made by the page itself, so that what it holds lasts as long.
    pub fn new() -> Self {
        Self {
            entries: RwSignal::new(Vec::new()),
            remembered: StoredValue::new(Remembered::default()),
            demo: StoredValue::new(BTreeMap::new()),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// Takes the connections of `seatree.json`, with what was changed here.
    pub fn open(&self, context: Context, file: &[Settings], demo: BTreeMap<String, DemoSignIn>) {
        self.demo.set_value(demo);
        self.remembered.set_value(Remembered::read(context.storage));
        for settings in self.remembered.with_value(|remembered| remembered.merged(file)) {
            // What was kept here passed validation when it was typed.
            let _ = self.put(context, settings);
        }
    }

    pub fn list(&self) -> Vec<Entry> {
        self.entries.get()
    }

    pub fn list_untracked(&self) -> Vec<Entry> {
        self.entries.get_untracked()
    }

    pub fn find(&self, id: &str) -> Option<Entry> {
        self.entries.with_untracked(|entries| entries.iter().find(|e| e.id() == id).cloned())
    }

    /// Adds or changes a connection and keeps it for next time.
    ///
    /// # Errors
    /// The fields that cannot be used.
    pub fn save(
        &self,
        context: Context,
        mut settings: Settings,
        header_value: HeaderValue,
    ) -> Result<String, Vec<FieldError>> {
        if settings.id.is_empty() {
            settings.id = self.free_id(&settings);
        }
        self.put(context, settings.clone())?;
        let id = settings.id.clone();
        self.remembered.update_value(|remembered| {
            remembered.keep(settings, header_value);
            remembered.write(context.storage);
        });
        Ok(id)
    }

    pub fn remove(&self, context: Context, id: &str) {
        if let Some(entry) = self.find(id) {
            entry.stop();
            load::sign_out(context, &entry);
        }
        self.entries.update(|entries| entries.retain(|entry| entry.id() != id));
        context.estate.remove(id);
        context.services.remove(id);
        context.clusters.remove(id);
        self.remembered.update_value(|remembered| {
            remembered.remove(id);
            remembered.write(context.storage);
        });
    }

    /// Ends a session and forgets its credentials; what was read stays on the page.
    pub fn sign_out(&self, context: Context, id: &str) {
        if let Some(entry) = self.find(id) {
            entry.stop();
            load::sign_out(context, &entry);
            entry.set_session(None);
            entry.set_challenge(None);
            entry.state.set(State::SignedOut);
        }
    }

    /// Whether a connection's extra header is kept with its value.
    pub fn keeps_header_value(&self, id: &str) -> bool {
        self.remembered.with_value(|remembered| {
            let kept = remembered.connections.iter().find(|kept| kept.settings.id == id);
            kept.is_some_and(|kept| kept.header_value == HeaderValue::Keep)
        })
    }

    /// The demonstration's sign-in data for a connection.
    pub fn demo(&self, id: &str) -> Option<DemoSignIn> {
        self.demo.with_value(|demo| demo.get(id).cloned())
    }

    /// Signs in to every connection that the demonstration has data for.
    pub fn sign_in_to_demo(&self, context: Context) {
        for entry in self.list_untracked() {
            if let Some(sign_in) = self.demo(entry.id()) {
                load::sign_in(context, entry, sign_in.into());
            }
        }
    }

    /// Stops whatever is read.
    pub fn stop_all(&self) {
        self.entries.try_with_untracked(|entries| entries.iter().for_each(Entry::stop));
    }

    /// Reads all connections again that somebody is signed in to.
    pub fn read_again(&self, context: Context) {
        for entry in self.list_untracked() {
            if entry.session().is_some() {
                load::reload(context, entry);
            }
        }
    }

    /// Adds or changes a connection for as long as the page lives.
    ///
    /// # Errors
    /// The fields that cannot be used.
    pub fn put(&self, context: Context, settings: Settings) -> Result<(), Vec<FieldError>> {
        let connection = Connection::new(&settings)?;
        load::fetch_reader(connection.kind());
        let (id, name) = (connection.id.clone(), connection.name.clone());
        let entry = self.owner.with_value(|owner| Entry::new(settings, connection, owner));
        if let Some(former) = self.find(&id) {
            former.stop();
            load::sign_out(context, &former);
            context.estate.remove(&id);
            context.services.remove(&id);
            context.clusters.remove(&id);
        }
        // A changed connection reads anew, so it moves to the end with its tree.
        self.entries.update(|entries| {
            entries.retain(|entry| entry.id() != id);
            entries.push(entry);
        });
        context.estate.add(&id, &name);
        Ok(())
    }

    fn free_id(&self, settings: &Settings) -> String {
        let word = settings.kind.word();
        let taken = |id: &str| self.find(id).is_some();
        let mut number = 1_u32;
        loop {
            let id = format!("{word}-{number}");
            if !taken(&id) {
                return id;
            }
            number += 1;
        }
    }
}
