//! One page of a list, as all lists of the platform send it.

use std::hash::Hash;

use serde_json::Value;

use super::{Complaint, complaints, fault, is_secret};
use crate::error::{Problem, UpstreamError};
use crate::estate::Figure;
use crate::http::Reply;
use crate::json::{self, Fields};
use crate::words::later;

/// One page of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// `results`: how many there are on all pages.
    pub total: Figure,
    /// What asks for the page after this one; none on the last.
    pub next: Option<String>,
    pub complaints: Vec<Complaint>,
}

/// Something that lists hold.
pub trait Listed {
    type Id: Copy + Eq + Hash;

    /// None where the platform sent none.
    fn id(&self) -> Option<Self::Id>;
}

/// Reads `{"results", "pages", "page", "next"?, plural: [...]}`; a bare array is taken, too.
///
/// The vendor's pages: 404 means "No tenant found", which is an empty list.
pub(super) fn page<T>(
    doing: &'static str,
    role: &'static str,
    plural: &'static str,
    reply: &Reply,
    read: impl Fn(Fields<'_>) -> T,
) -> Result<Page<T>, UpstreamError> {
    let empty = |total, complaints| Page { items: Vec::new(), total, next: None, complaints };
    if !reply.is_success() {
        let error = fault(doing, Some(role), reply);
        return match error.problem {
            Problem::NothingFound => Ok(empty(Figure::UNKNOWN, Vec::new())),
            _ => Err(error),
        };
    }
    let body = json::parse_without(doing, reply, is_secret)?;
    let list = match &body {
        Value::Array(list) => Some(list),
        _ => body.get(plural).and_then(Value::as_array),
    };
    let mut unread = Vec::new();
    let mut fields = Fields::new(&body, String::new(), &mut unread);
    let (total, next) = (fields.figure(&["results"]), fields.word(&["next"]));
    let Some(list) = list else {
        // The list itself is left out where it would be empty.
        if total == Figure::known(0) {
            return Ok(empty(total, complaints(unread)));
        }
        let told = fault::said(doing, reply, &body);
        return Err(told.unwrap_or_else(|| json::misshapen(doing, plural, later("a list"), reply)));
    };
    let items = list.iter().enumerate().filter_map(|(at, item)| {
        let place = format!("{plural}[{at}]");
        if item.is_object() {
            Some(read(Fields::new(item, format!("{place}."), &mut unread)))
        } else {
            json::note(&mut unread, place, later("an object"));
            None
        }
    });
    let items = items.collect();
    Ok(Page { items, total, next, complaints: complaints(unread) })
}
