//! Finds rows as the database would.

pub mod like;

use std::sync::{Arc, Mutex, PoisonError};

use like::{Case, like};

use super::operation::Paging;
use super::operation::users::UserKey;
use super::quirk::Quirk;
use crate::world::users::User;

/// How many searches are remembered.
const REMEMBERED: usize = 8;

/// What a search found, on all its pages, in the table's order.
#[derive(Clone, Debug)]
pub enum Matches {
    /// So many rows: all there are.
    All(usize),
    These(Arc<[usize]>),
}

impl Matches {
    pub fn total(&self) -> usize {
        match self {
            Self::All(count) => *count,
            Self::These(rows) => rows.len(),
        }
    }

    /// The row numbers of a page. `skip` counts only with `first`.
    pub fn page(&self, paging: Paging, quirks: &[Quirk]) -> impl Iterator<Item = usize> {
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let (mut skip, first) = match paging.first {
            None => (0, usize::MAX),
            Some(first) => (number(paging.skip), number(first)),
        };
        if quirks.contains(&Quirk::ChangingUsers) {
            // One user more per page, in front of all others.
            skip -= skip.checked_div(first).unwrap_or_default().min(skip);
        }
        let rows = match self {
            Self::All(_) => None,
            Self::These(rows) => Some(Arc::clone(rows)),
        };
        let to = self.total().min(skip.saturating_add(first));
        (skip..to).map(move |at| rows.as_ref().map_or(at, |rows| rows[at]))
    }
}

/// Searches in one table, the last ones remembered: reading page after page must not search
/// everything each time.
#[derive(Debug, Default)]
pub struct Searches(Mutex<Vec<(Vec<Option<String>>, Matches)>>);

impl Searches {
    /// The rows of a table with `count` rows in which every criterion matches. `value` is the
    /// text that a row has for a criterion.
    pub fn matching<'a>(
        &self,
        count: usize,
        criteria: &[Option<String>],
        value: impl Fn(usize, usize) -> &'a str,
    ) -> Matches {
        // What nearly every client asks for.
        if criteria.iter().flatten().all(|pattern| pattern == "%") {
            return Matches::All(count);
        }
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, matches)) = remembered.iter().find(|(asked, _)| asked == criteria) {
            return matches.clone();
        }
        let holds = |row: usize| {
            criteria.iter().enumerate().all(|(at, pattern)| {
                let value = value(row, at);
                pattern.as_ref().is_none_or(|pattern| like(pattern, value, Case::Ignored))
            })
        };
        let matches = Matches::These((0..count).filter(|row| holds(*row)).collect());
        if remembered.len() == REMEMBERED {
            remembered.remove(0);
        }
        remembered.push((criteria.to_vec(), matches.clone()));
        matches
    }
}

/// One user.
pub fn one<'a>(users: &'a [User], key: &UserKey) -> Option<&'a User> {
    users.iter().find(|user| match key {
        UserKey::Name(name) => user.user_id.eq_ignore_ascii_case(name),
        UserKey::Uuid(uuid) => user.uuid.eq_ignore_ascii_case(uuid),
    })
}
