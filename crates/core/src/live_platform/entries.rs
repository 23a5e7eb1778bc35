//! The objects of a successful reply, in whatever wrapping they came.

use serde_json::Value;

use crate::error::{UpstreamError, words};
use crate::http::Reply;
use crate::json::{self, Unread};
use crate::words::later;

use super::fault::{fault, told};

/// What of a list could be used.
pub(super) struct Entries {
    /// With their places in the list.
    pub found: Vec<(usize, Value)>,
    pub unread: Vec<Unread>,
}

/// The objects of a success: the elements of an array, or the one object sent instead.
///
/// `known` are fields by which an object is recognized as data; one that has none of them but a
/// `Message` is an error, whatever its status. Among others that are data, it is noted and left
/// out. Fields that may hold a secret are passed over while reading.
pub(super) fn entries(
    doing: &'static str,
    reply: &Reply,
    known: &[&str],
    expected: &'static str,
) -> Result<Entries, UpstreamError> {
    if !reply.is_success() {
        return Err(fault(doing, reply));
    }
    let list = match json::parse_without(doing, reply, is_secret)? {
        Value::Array(list) => list,
        object @ Value::Object(_) => {
            if let Some(message) = message(&object) {
                return Err(told(doing, reply.status, message));
            }
            vec![object]
        }
        _ => return Err(json::misshapen(doing, "", expected, reply)),
    };
    let is_data = |entry: &Value| known.iter().any(|name| json::field(entry, &[name]).is_some());
    if !list.iter().any(is_data)
        && let Some(first) = list.first()
    {
        return Err(match message(first) {
            Some(message) => told(doing, reply.status, message),
            None => json::misshapen(doing, "[0]", expected, reply),
        });
    }
    let mut unread = Vec::new();
    let mut found = Vec::with_capacity(list.len());
    for (at, entry) in list.into_iter().enumerate() {
        if is_data(&entry) {
            found.push((at, entry));
        } else {
            let said = message(&entry).map(|text| format!(": {}", words(text)));
            json::note(&mut unread, format!("[{at}]{}", said.unwrap_or_default()), expected);
        }
    }
    Ok(Entries { found, unread })
}

fn message(object: &Value) -> Option<&str> {
    match json::field(object, &["Message"])? {
        Value::Null => None,
        Value::String(text) => Some(text),
        _ => Some(later("a message that is no text")),
    }
}

/// Replies about a customer may hold the id and secret by which its own tenant is entered.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["secret", "password", "token", "applicationclientid"].iter().any(|part| name.contains(part))
}

/// The places of what could not be read.
pub(super) fn places(unread: Vec<Unread>) -> Vec<String> {
    unread.into_iter().map(|unread| unread.place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_holds_no_secret() {
        let body = include_str!("../../fixtures/live-platform/customer-with-secrets.json");
        let reply = Reply::new(200, body);
        let Entries { found, .. } =
            entries("testing", &reply, &["LicenseType"], "a service").unwrap();
        let held = format!("{found:?}");
        assert!(held.contains("Contoso") && held.contains("Berlin"), "{held}");
        assert!(!held.contains("hunter2"), "{held}");
    }
}
