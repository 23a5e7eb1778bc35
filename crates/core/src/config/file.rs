//! The whole of `seatree.json`.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::connection::Connection;
use super::settings::{FieldError, Reader, Settings};
use crate::address::Address;
use crate::http::Secret;
use crate::insight::Thresholds;
use crate::say;
use crate::words::{is_language, tr};

/// Hundreds of connections take a tenth of it.
const MAX_BYTES: usize = 512 * 1024;

/// A file with more mistakes is another kind of file.
const MAX_ERRORS: usize = 50;

/// What `seatree.json` sets.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub connections: Vec<Settings>,
    pub thresholds: Thresholds,
    /// The language for who has not chosen one, as a tag such as `de` or `fr-CH`.
    pub locale: Option<String>,
    /// Sign-in data of a demonstration, by connection id; for upstreams on this machine only.
    pub demo: BTreeMap<String, DemoSignIn>,
}

/// What a demonstration types in for you.
#[derive(Clone, Debug)]
pub enum DemoSignIn {
    Password { username: String, password: Secret },
    Token(Secret),
}

/// Why a `seatree.json` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    NotJson(String),
    /// Larger than any list of connections.
    TooLarge,
    Fields(Vec<FieldError>),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str(&say!(
                "seatree.json is larger than {most} kB: something else may be in its place.",
                most = (MAX_BYTES / 1024).to_string()
            )),
            Self::NotJson(cause) => f.write_str(&say!("seatree.json is not JSON: {cause}.", cause)),
            Self::Fields(errors) => {
                write!(f, "{} ", tr("seatree.json has mistakes:"))?;
                for (at, error) in errors.iter().enumerate() {
                    write!(f, "{}{error}", if at == 0 { "" } else { "; " })?;
                }
                f.write_str(".")
            }
        }
    }
}

impl std::error::Error for FileError {}

impl Config {
    /// Reads and validates the file.
    ///
    /// # Errors
    /// What is wrong, field by field.
    pub fn parse(text: &str) -> Result<Self, FileError> {
        if text.len() > MAX_BYTES {
            return Err(FileError::TooLarge);
        }
        let value: Value =
            serde_json::from_str(text).map_err(|error| FileError::NotJson(error.to_string()))?;
        Self::from_json(&value).map_err(FileError::Fields)
    }

    fn from_json(value: &Value) -> Result<Self, Vec<FieldError>> {
        let mut reader = Reader::new(value, "");
        let mut config = Self::default();
        let mut errors = Vec::new();
        if reader.get("version").and_then(Value::as_u64) != Some(1) {
            reader.complain("version", tr("must be 1"));
        }
        match reader.get("connections") {
            None => {}
            Some(Value::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    if errors.len() >= MAX_ERRORS {
                        break;
                    }
                    let place = format!("connections[{at}]");
                    let read = Settings::from_json(item)
                        .and_then(|settings| Connection::new(&settings).map(|_| settings));
                    match read {
                        Ok(same) if config.connections.iter().any(|other| other.id == same.id) => {
                            let message = say!("{id} is used twice", id = format!("{:?}", same.id));
                            errors.push(FieldError::new(format!("{place}.id"), message));
                        }
                        Ok(settings) => config.connections.push(settings),
                        Err(wrong) => errors.extend(wrong.into_iter().map(|e| e.below(&place))),
                    }
                }
            }
            Some(_) => reader.complain("connections", tr("must be a list [ … ]")),
        }
        if let Some(value) = reader.get("thresholds") {
            match thresholds(value) {
                Ok(thresholds) => config.thresholds = thresholds,
                Err(wrong) => errors.extend(wrong),
            }
        }
        if let Some(value) = reader.get("locale") {
            if let Some(tag) = value.as_str().filter(|tag| is_language(tag)) {
                config.locale = Some(tag.to_owned());
            } else {
                let message = tr(
                    "must be a language, en, de, fr, nl or es, perhaps with a region such as de-CH",
                );
                reader.complain("locale", message);
            }
        }
        if let Some(value) = reader.get("demo") {
            match demo(value, &config.connections) {
                Ok(demo) => config.demo = demo,
                Err(wrong) => errors.extend(wrong),
            }
        }
        errors.extend(reader.finish().err().into_iter().flatten());
        if errors.is_empty() { Ok(config) } else { Err(errors) }
    }
}

fn thresholds(value: &Value) -> Result<Thresholds, Vec<FieldError>> {
    let mut reader = Reader::new(value, "thresholds");
    let mut thresholds = Thresholds::default();
    for (field, into) in
        [("near", &mut thresholds.near_percent), ("over", &mut thresholds.over_percent)]
    {
        if let Some(value) = reader.get(field) {
            match value.as_u64().and_then(|percent| u32::try_from(percent).ok()) {
                Some(percent @ 1..=1000) => *into = percent,
                _ => reader.complain(field, tr("must be whole percent from 1 to 1000")),
            }
        }
    }
    if thresholds.near_percent > thresholds.over_percent {
        reader.complain("near", tr("must not be above over"));
    }
    reader.finish().map(|()| thresholds)
}

fn demo(
    value: &Value,
    connections: &[Settings],
) -> Result<BTreeMap<String, DemoSignIn>, Vec<FieldError>> {
    let Some(object) = value.as_object() else {
        return Err(vec![FieldError::new("demo", tr("must be an object { … }"))]);
    };
    let mut demo = BTreeMap::new();
    let mut errors = Vec::new();
    for (id, sign_in) in object {
        let place = format!("demo.{id}");
        let Some(connection) = connections.iter().find(|connection| &connection.id == id) else {
            errors.push(FieldError::new(place, tr("names no connection of this file")));
            continue;
        };
        // A file that anyone can fetch is no place for a real account.
        if !Address::parse(&connection.address).is_ok_and(|address| address.is_loopback()) {
            let message = tr("sign-in data is for upstreams on this machine only: remove it");
            errors.push(FieldError::new(place, message));
            continue;
        }
        let text = |field: &str| sign_in.get(field).and_then(Value::as_str);
        match (text("username"), text("password"), text("token")) {
            (Some(username), Some(password), None) => {
                let (username, password) = (username.to_owned(), Secret::from(password));
                demo.insert(id.clone(), DemoSignIn::Password { username, password });
            }
            (None, None, Some(token)) => {
                demo.insert(id.clone(), DemoSignIn::Token(Secret::from(token)));
            }
            _ => {
                errors
                    .push(FieldError::new(place, tr("must hold username and password, or token")));
            }
        }
    }
    if errors.is_empty() { Ok(demo) } else { Err(errors) }
}
