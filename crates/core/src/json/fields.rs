//! The fields of one object, read one by one; what cannot be read is noted, the rest is kept.

use serde_json::Value;

use super::{field, figure};
use crate::error::excerpt;
use crate::estate::{Figure, Uuid};
use crate::words::later;

/// More than a person would look through; a reply that is all wrong says so with fewer.
const MAX_UNREAD: usize = 100;

/// A field that was sent but could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Such as `tenants[3].billingId`.
    pub place: String,
    pub expected: &'static str,
}

/// Notes what could not be read; the first hundred places are kept.
pub fn note(unread: &mut Vec<Unread>, place: String, expected: &'static str) {
    if unread.len() < MAX_UNREAD {
        unread.push(Unread { place, expected });
    }
}

/// Reads the fields of one object. A missing field and `null` are no complaint.
pub struct Fields<'a> {
    object: &'a Value,
    /// What precedes a field's name in its place: `[3].`
    path: String,
    unread: &'a mut Vec<Unread>,
}

impl<'a> Fields<'a> {
    pub fn new(object: &'a Value, path: String, unread: &'a mut Vec<Unread>) -> Self {
        Self { object, path, unread }
    }

    /// Notes a field of this object. The name may come from the reply: it is shortened.
    pub fn complain(&mut self, name: &str, expected: &'static str) {
        note(self.unread, format!("{}{}", self.path, excerpt(name)), expected);
    }

    /// A field under any of several names, unless it is `null`.
    pub fn get(&self, names: &[&str]) -> Option<&'a Value> {
        field(self.object, names).filter(|value| !value.is_null())
    }

    pub fn figure(&mut self, names: &[&str]) -> Figure {
        figure(self.get(names)).unwrap_or_else(|| {
            self.complain(names[0], "a count");
            Figure::UNKNOWN
        })
    }

    /// A text without the spaces around it; numbers are taken as written.
    pub fn text(&mut self, names: &[&str]) -> Option<String> {
        match self.get(names)? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                self.complain(names[0], "text");
                None
            }
        }
    }

    /// A text that says something.
    pub fn word(&mut self, names: &[&str]) -> Option<String> {
        self.text(names).filter(|text| !text.is_empty())
    }

    /// An id; the null UUID, by which .NET says that there is none, is none.
    pub fn uuid(&mut self, names: &[&str]) -> Option<Uuid> {
        let text = self.word(names)?;
        let uuid = Uuid::parse(&text);
        if uuid.is_none() {
            self.complain(names[0], "a uuid");
        }
        uuid.filter(|uuid| uuid.as_u128() != 0)
    }

    /// An object within this one.
    pub fn object<T>(&mut self, name: &str, read: impl FnOnce(Fields<'_>) -> T) -> Option<T> {
        let value = self.get(&[name])?;
        if !value.is_object() {
            self.complain(name, later("an object"));
            return None;
        }
        let path = format!("{}{}.", self.path, excerpt(name));
        Some(read(Fields::new(value, path, self.unread)))
    }

    /// The names of all fields that were sent.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.object.as_object().into_iter().flatten().map(|(name, _)| name.as_str())
    }
}
