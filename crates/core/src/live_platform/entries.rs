//! The objects of a successful reply, in whatever wrapping they came.

use serde_json::Value;

use crate::error::{Problem, UpstreamError};
use crate::estate::{Figure, Uuid};
use crate::http::Reply;
use crate::json;

use super::fault::{fault, told};

/// The objects of a success: the elements of an array, or the one object sent instead.
///
/// `known` are fields by which an object is recognized as data; one that has none of them but a
/// `Message` is an error, whatever its status.
pub(super) fn entries(
    doing: &'static str,
    reply: &Reply,
    known: &[&str],
    expected: &'static str,
) -> Result<Vec<Value>, UpstreamError> {
    if !reply.is_success() {
        return Err(fault(doing, reply));
    }
    let entries = match json::parse(doing, reply).map_err(|error| discreet(error, reply))? {
        Value::Array(entries) => entries,
        object @ Value::Object(_) => {
            if let Some(message) = message(&object) {
                return Err(told(doing, reply.status, message));
            }
            vec![object]
        }
        _ => return Err(misshapen(doing, String::new(), expected, reply)),
    };
    for (at, entry) in entries.iter().enumerate() {
        if known.iter().any(|name| json::field(entry, &[name]).is_some()) {
            continue;
        }
        return Err(match message(entry) {
            Some(message) => told(doing, reply.status, message),
            None => misshapen(doing, format!("[{at}]"), expected, reply),
        });
    }
    Ok(entries)
}

fn message(object: &Value) -> Option<&str> {
    match json::field(object, &["Message"])? {
        Value::Null => None,
        Value::String(text) => Some(text),
        _ => Some("a message that is no text"),
    }
}

/// JSON of another shape than documented.
pub(super) fn misshapen(
    doing: &'static str,
    place: String,
    expected: &'static str,
    reply: &Reply,
) -> UpstreamError {
    discreet(UpstreamError::malformed(doing, place, expected, reply), reply)
}

/// Replies about a customer may hold its client secret: of such a reply nothing is shown.
fn discreet(mut error: UpstreamError, reply: &Reply) -> UpstreamError {
    if let Problem::Malformed { excerpt, .. } = &mut error.problem
        && reply.text().to_ascii_lowercase().contains("secret")
    {
        excerpt.clear();
    }
    error
}

/// Reads the fields of one object and keeps the paths of those that could not be read.
pub(super) struct Fields<'a> {
    object: &'a Value,
    /// What precedes a field's name in a complaint: `[3].`
    path: String,
    complaints: &'a mut Vec<String>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(object: &'a Value, path: String, complaints: &'a mut Vec<String>) -> Self {
        Self { object, path, complaints }
    }

    pub(super) fn complain(&mut self, name: &str) {
        self.complaints.push(format!("{}{name}", self.path));
    }

    pub(super) fn get(&self, names: &[&str]) -> Option<&'a Value> {
        json::field(self.object, names).filter(|value| !value.is_null())
    }

    pub(super) fn figure(&mut self, names: &[&str]) -> Figure {
        json::figure(self.get(names)).unwrap_or_else(|| {
            self.complain(names[0]);
            Figure::UNKNOWN
        })
    }

    pub(super) fn text(&mut self, names: &[&str]) -> Option<String> {
        match self.get(names)? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => {
                self.complain(names[0]);
                None
            }
        }
    }

    pub(super) fn uuid(&mut self, names: &[&str]) -> Option<Uuid> {
        let text = self.text(names).filter(|text| !text.is_empty())?;
        let uuid = Uuid::parse(&text);
        if uuid.is_none() {
            self.complain(names[0]);
        }
        uuid
    }
}
