//! Connections that were added or changed here, kept in the browser for next time.
//!
//! Never a user name, password or token; a proxy's extra header only with its value when the
//! person asked for that.

use seatree_core::config::{HeaderValue, Settings};
use serde_json::{Value, json};

use crate::platform::storage::Storage;

const KEY: &str = "seatree.connections";

/// What differs from `seatree.json`.
#[derive(Clone, Debug, Default)]
pub struct Remembered {
    /// Added here, or changed.
    pub connections: Vec<Kept>,
    /// Ids from the file that were removed here.
    pub removed: Vec<String>,
}

/// One connection and whether its extra header's value is kept with it.
#[derive(Clone, Debug)]
pub struct Kept {
    pub settings: Settings,
    pub header_value: HeaderValue,
}

impl Remembered {
    /// What was kept; a text that makes no sense any more counts as nothing.
    pub fn read(storage: Storage) -> Self {
        storage.read(KEY).and_then(|text| Self::parse(&text)).unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let connections = value.get("connections")?.as_array()?;
        let removed = value.get("removed")?.as_array()?;
        Some(Self {
            connections: connections
                .iter()
                .filter_map(|item| Settings::from_json(item).ok())
                .map(|settings| {
                    let kept = !settings.route.header.value.is_empty();
                    let header_value = if kept { HeaderValue::Keep } else { HeaderValue::Drop };
                    Kept { settings, header_value }
                })
                .collect(),
            removed: removed.iter().filter_map(|id| id.as_str().map(str::to_owned)).collect(),
        })
    }

    /// Keeps it; `false` where the browser refuses.
    pub fn write(&self, storage: Storage) -> bool {
        let connections: Vec<Value> =
            self.connections.iter().map(|kept| kept.settings.to_json(kept.header_value)).collect();
        storage
            .write(KEY, &json!({ "connections": connections, "removed": self.removed }).to_string())
    }

    pub fn keep(&mut self, settings: Settings, header_value: HeaderValue) {
        self.connections.retain(|kept| kept.settings.id != settings.id);
        self.removed.retain(|id| *id != settings.id);
        self.connections.push(Kept { settings, header_value });
    }

    pub fn remove(&mut self, id: &str) {
        self.connections.retain(|kept| kept.settings.id != id);
        if !self.removed.iter().any(|removed| removed == id) {
            self.removed.push(id.to_owned());
        }
    }

    /// The file's connections with what was changed here.
    pub fn merged(&self, file: &[Settings]) -> Vec<Settings> {
        let kept = |id: &str| self.connections.iter().find(|kept| kept.settings.id == id);
        let from_file = file
            .iter()
            .filter(|settings| !self.removed.contains(&settings.id))
            .map(|settings| kept(&settings.id).map_or(settings, |kept| &kept.settings));
        let added = self
            .connections
            .iter()
            .map(|kept| &kept.settings)
            .filter(|settings| !file.iter().any(|other| other.id == settings.id));
        from_file.chain(added).cloned().collect()
    }
}
