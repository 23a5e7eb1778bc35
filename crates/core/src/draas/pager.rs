//! Page after page of a list, with an end whatever the platform sends.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::Query;
use super::page::{Listed, Page};
use crate::error::{Problem, UpstreamError};
use crate::words::later;

/// Far more than a hundred items a page would need for every tenant of a platform.
const MAX_PAGES: u32 = 20_000;
/// Pages in a row that bring nothing new: some data stores send an empty one now and then.
const MAX_IDLE_PAGES: u32 = 3;

/// Says which page to ask for next, and keeps what comes twice from being taken twice.
///
/// It ends when the platform says so, and also when its paging cannot be followed: a `next` sent
/// before, pages without anything new, more pages than any list has. Then [`trouble`](Self::trouble)
/// says that the list may be incomplete; what came is good.
///
/// ```
/// use seatree_core::draas::{ListedEntity, Page, Pager, Query};
///
/// let mut pager = Pager::new(Query::all());
/// let first = pager.next().unwrap();
/// assert_eq!(first.next, None);
/// let page = Page { next: Some("2".to_owned()), ..Page::<ListedEntity>::default() };
/// assert_eq!(pager.take("listing the tenants", page), []);
/// assert_eq!(pager.next().unwrap().next.as_deref(), Some("2"));
///
/// pager.take("listing the tenants", Page::<ListedEntity>::default());
/// assert!(pager.next().is_none());
/// assert!(pager.trouble().is_none());
/// ```
#[derive(Clone, Debug)]
pub struct Pager<T: Listed> {
    query: Option<Query>,
    ids: HashSet<T::Id>,
    /// Hashes of the tokens that were followed.
    followed: HashSet<u64>,
    pages: u32,
    idle: u32,
    trouble: Option<UpstreamError>,
}

impl<T: Listed> Pager<T> {
    /// Begins where `query` says: at the first page, unless it has a `next`.
    pub fn new(query: Query) -> Self {
        Self {
            query: Some(query),
            ids: HashSet::new(),
            followed: HashSet::new(),
            pages: 0,
            idle: 0,
            trouble: None,
        }
    }

    /// What to ask for; none when the list is at its end.
    pub fn next(&self) -> Option<Query> {
        self.query.clone()
    }

    /// Takes the page that was asked for and gives what is new on it. Items without an id cannot
    /// be told apart: all of them are given, and none counts as new.
    pub fn take(&mut self, doing: &'static str, page: Page<T>) -> Vec<T> {
        let mut news = 0_usize;
        let mut items = page.items;
        items.retain(|item| match item.id() {
            Some(id) => {
                let is_new = self.ids.insert(id);
                news += usize::from(is_new);
                is_new
            }
            None => true,
        });
        self.pages += 1;
        self.idle = if news == 0 { self.idle + 1 } else { 0 };
        let Some(query) = &mut self.query else { return items };
        let Some(next) = page.next else {
            self.query = None;
            return items;
        };
        let wrong = if !self.followed.insert(hash(&next)) {
            Some(later("a token not sent before"))
        } else if self.idle >= MAX_IDLE_PAGES {
            Some(later("a page with something new"))
        } else if self.pages >= MAX_PAGES {
            Some(later("the last page after 20,000 of them"))
        } else {
            None
        };
        query.next = Some(next);
        if let Some(expected) = wrong {
            let (place, excerpt) = ("next".to_owned(), String::new());
            self.trouble =
                Some(UpstreamError::new(doing, Problem::Malformed { place, expected, excerpt }));
            self.query = None;
        }
        items
    }

    /// Why the list may be incomplete, at its end.
    pub fn trouble(&self) -> Option<&UpstreamError> {
        self.trouble.as_ref()
    }
}

fn hash(token: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    token.hash(&mut hasher);
    hasher.finish()
}
