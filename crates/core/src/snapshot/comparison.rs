//! What is different between the rows that are kept and an estate as it is.

use std::rc::Rc;

use super::{Key, Row, listing::Listing};
use crate::api::Estate;

/// A node that came, went, or is another than it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: Key,
    /// None where it came.
    pub before: Option<Row>,
    /// None where it went.
    pub after: Option<Row>,
}

/// Compares an estate with the rows of the last snapshot, both in the order of their keys, so that
/// only a page of either is looked at in one go, however large they are.
#[derive(Debug)]
pub struct Comparison {
    estate: Rc<Estate>,
    listing: Listing,
    /// Rows that are compared in one go, of either side.
    page: usize,
    /// The next node to compare.
    at: usize,
    after: Option<Key>,
    is_done: bool,
}

impl Comparison {
    /// `page` rows of either side are compared in one go.
    pub fn new(estate: Rc<Estate>, page: usize) -> Self {
        let (listing, page) = (Listing::of(&estate), page.max(1));
        Self { estate, listing, page, at: 0, after: None, is_done: false }
    }

    /// Nodes of the estate that a snapshot has.
    pub fn nodes(&self) -> usize {
        self.listing.nodes.len()
    }

    /// How many of them were compared so far.
    pub fn compared(&self) -> usize {
        self.at
    }

    /// Nodes of the estate that a snapshot cannot have, because they cannot be told from others.
    pub fn left_out(&self) -> usize {
        self.listing.left_out
    }

    /// The key behind which the next kept rows are wanted; none for the first.
    pub fn after(&self) -> Option<&Key> {
        self.after.as_ref()
    }

    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Takes the next page of rows that are kept behind [`after`](Self::after), in order, fewer only
    /// where there are no more; gives what is different up to some key. Rows behind that key are
    /// wanted once more.
    pub fn compare(&mut self, page: Vec<(Key, Row)>) -> Vec<Change> {
        let last_kept =
            (page.len() >= self.page).then(|| page.last().map(|(key, _)| *key)).flatten();
        let rest = self.listing.nodes.get(self.at..).unwrap_or_default();
        let last_node = if rest.len() > self.page { Some(rest[self.page - 1].0) } else { None };
        let up_to = match (last_kept, last_node) {
            (Some(kept), Some(node)) => Some(kept.min(node)),
            (one, other) => one.or(other),
        };
        let is_inside = |key: &Key| up_to.is_none_or(|last| *key <= last);

        let mut changes = Vec::new();
        let mut kept = page.into_iter().filter(|(key, _)| is_inside(key)).peekable();
        while let Some(&(key, node)) = self.listing.nodes.get(self.at).filter(|(k, _)| is_inside(k))
        {
            self.at += 1;
            while let Some((gone, row)) = kept.next_if(|(other, _)| *other < key) {
                changes.push(Change { key: gone, before: Some(row), after: None });
            }
            let before = kept.next_if(|(other, _)| *other == key).map(|(_, row)| row);
            let after = Row::of(&self.estate, node);
            if before.as_ref() != Some(&after) {
                changes.push(Change { key, before, after: Some(after) });
            }
        }
        changes.extend(kept.map(|(key, row)| Change { key, before: Some(row), after: None }));
        self.is_done = up_to.is_none();
        self.after = up_to;
        changes
    }
}
