//! Searching, sorting and paging of a list.

use axum::extract::Query;
use axum::http::Uri;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::draas::refusal::Refusal;
use crate::world::tree::Index;

type Entry = Map<String, Value>;

const PAGE: usize = 10;
const LARGEST_PAGE: usize = 500;

/// What one may search and sort by.
const SEARCHABLE: [&str; 5] = ["billingId", "id", "name", "status", "uuid"];

/// The parameters of a list request; others are ignored.
#[derive(Debug, Default, Deserialize)]
struct Parameters {
    search: Option<String>,
    sort: Option<String>,
    dir: Option<String>,
    parent: Option<String>,
    page_size: Option<String>,
    page: Option<String>,
    next: Option<String>,
}

/// One page of a list.
#[derive(Debug)]
pub struct Asked {
    pub parent: Option<String>,
    search: String,
    sort: Option<String>,
    descending: bool,
    page_size: usize,
    /// Entries before the page.
    skip: usize,
    /// Of everything that `next` is valid for.
    fingerprint: String,
}

impl Asked {
    /// Reads the query of a request for this list.
    ///
    /// # Errors
    /// 400 with the parameter that is wrong.
    pub fn read(list: &str, query: &str) -> Result<Self, Refusal> {
        let unreadable = || Refusal::malformed("Invalid query");
        let uri: Uri = format!("/?{query}").parse().map_err(|_| unreadable())?;
        let Query(given) = Query::<Parameters>::try_from_uri(&uri).map_err(|_| unreadable())?;
        let given = Parameters {
            // The portal sends parameters it has no value for, and means none.
            parent: given.parent.filter(|parent| !parent.is_empty()),
            sort: given.sort.filter(|sort| !sort.is_empty()),
            next: given.next.filter(|next| !next.is_empty()),
            ..given
        };
        let page_size = number("page_size", given.page_size.as_deref(), PAGE)?.min(LARGEST_PAGE);
        let descending = match given.dir.as_deref() {
            None | Some("" | "asc") => false,
            Some("desc") => true,
            Some(other) => {
                return Err(Refusal::malformed(format!("Invalid value {other} for dir")));
            }
        };
        if let Some(sort) = given.sort.as_deref().filter(|sort| !SEARCHABLE.contains(sort)) {
            return Err(Refusal::malformed(format!("Invalid value {sort} for sort")));
        }
        let search = given.search.unwrap_or_default();
        let meant = (list, &search, &given.sort, descending, &given.parent, page_size);
        let sum = digest(&SHA256, format!("{meant:?}").as_bytes());
        let fingerprint = URL_SAFE_NO_PAD.encode(&sum.as_ref()[..9]);
        let skip = match &given.next {
            Some(next) => skip(next, &fingerprint)
                .ok_or_else(|| Refusal::malformed("Invalid value for next"))?,
            None => (number("page", given.page.as_deref(), 1)? - 1).saturating_mul(page_size),
        };
        let parent = given.parent;
        Ok(Self { parent, search, sort: given.sort, descending, page_size, skip, fingerprint })
    }

    /// The reply: this page of these entries.
    pub fn page(
        self,
        plural: &str,
        mut found: Vec<Index>,
        entry: impl Fn(Index) -> Entry,
    ) -> Entry {
        let search = self.search.to_lowercase();
        if !search.is_empty() {
            found.retain(|index| contains(&entry(*index), &search));
        }
        if let Some(sort) = &self.sort {
            // Stable, so that pages do not overlap.
            found.sort_by_cached_key(|index| key(&entry(*index), sort));
        }
        if self.descending {
            found.reverse();
        }
        let results = found.len();
        let shown = found.into_iter().skip(self.skip).take(self.page_size);
        let shown: Vec<Value> = shown.map(|index| entry(index).into()).collect();
        let after = self.skip + shown.len();
        let mut reply = Entry::new();
        if after < results && !shown.is_empty() {
            let next = URL_SAFE_NO_PAD.encode(format!("{after}:{}", self.fingerprint));
            reply.insert("next".to_owned(), next.into());
        }
        reply.insert("page".to_owned(), (self.skip / self.page_size + 1).into());
        reply.insert("pages".to_owned(), results.div_ceil(self.page_size).into());
        reply.insert("results".to_owned(), results.into());
        reply.insert(plural.to_owned(), shown.into());
        reply
    }
}

fn contains(entry: &Entry, search: &str) -> bool {
    SEARCHABLE.iter().any(|field| key(entry, field).to_lowercase().contains(search))
}

fn key(entry: &Entry, field: &str) -> String {
    match entry.get(field) {
        Some(Value::String(text)) => text.clone(),
        // In the order of numbers.
        Some(Value::Number(number)) => format!("{:>20}", number.to_string()),
        _ => String::new(),
    }
}

fn number(name: &str, given: Option<&str>, otherwise: usize) -> Result<usize, Refusal> {
    let Some(given) = given.filter(|given| !given.is_empty()) else { return Ok(otherwise) };
    let number = given.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| Refusal::malformed(format!("Invalid value {given} for {name}")))
}

fn skip(next: &str, fingerprint: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(next).ok()?).ok()?;
    let (skip, of) = text.split_once(':')?;
    (of == fingerprint).then(|| skip.parse().ok()).flatten()
}
