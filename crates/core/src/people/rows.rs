//! The users that are wanted, in order, kept up with a table that grows.

use std::cmp::Ordering;

use super::order::Sorted;
use super::wanted::{Prepared, Wanted};
use crate::axl::UserTable;

/// The places in a table of the users that are wanted, in order.
///
/// New users are sorted among themselves and then merged into the list, so that a page of them
/// costs little however long the list is. When something else is wanted, the list stays what it was
/// until the new one is complete.
#[derive(Debug)]
pub struct People {
    shown: List,
    /// What is wanted now, while it is being put together.
    next: Option<List>,
}

#[derive(Debug)]
struct List {
    wanted: Prepared,
    sorted: Option<Sorted>,
    rows: Vec<u32>,
    /// What the users are compared by first, by their place in the table; none where they are not
    /// sorted.
    keys: Vec<u64>,
    /// Users looked at.
    seen: usize,
}

impl People {
    /// The users that are wanted, in the order in which they came.
    pub fn new(wanted: Wanted) -> Self {
        Self { shown: List::new(wanted, None), next: None }
    }

    /// Wants others, or another order. [`go_on`](Self::go_on) puts them together.
    pub fn arrange(&mut self, wanted: Wanted, sorted: Option<Sorted>) {
        let is_shown = self.shown.wanted.wanted == wanted && self.shown.sorted == sorted;
        self.next = (!is_shown).then(|| List::new(wanted, sorted));
    }

    /// Begins anew with the same wishes, for another table.
    pub fn begin_anew(&mut self) {
        self.shown = List::new(self.wanted().clone(), self.sorted());
        self.next = None;
    }

    /// Looks at up to so many more users of the table; true when all of it was looked at and what
    /// is wanted is shown.
    pub fn go_on(&mut self, users: &UserTable, up_to: usize) -> bool {
        let Some(next) = &mut self.next else { return self.shown.go_on(users, up_to) };
        if !next.go_on(users, up_to) {
            return false;
        }
        if let Some(next) = self.next.take() {
            self.shown = next;
        }
        true
    }

    /// Places in the table, as far as it was looked at. While something else is put together it is
    /// still what was wanted before.
    pub fn rows(&self) -> &[u32] {
        &self.shown.rows
    }

    /// Where a user of the table stands among the rows; none when they are not among them.
    pub fn index_of(&self, users: &UserTable, row: u32) -> Option<usize> {
        let List { rows, seen, .. } = &self.shown;
        if row as usize >= *seen {
            return None;
        }
        let index = rows.partition_point(|before| self.shown.compare(users, *before, row).is_lt());
        (rows.get(index) == Some(&row)).then_some(index)
    }

    /// What is wanted last.
    pub fn wanted(&self) -> &Wanted {
        &self.next.as_ref().unwrap_or(&self.shown).wanted.wanted
    }

    /// The order that was asked for last; none for the cluster's own.
    pub fn sorted(&self) -> Option<Sorted> {
        self.next.as_ref().unwrap_or(&self.shown).sorted
    }
}

impl List {
    fn new(wanted: Wanted, sorted: Option<Sorted>) -> Self {
        Self { wanted: wanted.prepare(), sorted, rows: Vec::new(), keys: Vec::new(), seen: 0 }
    }

    fn go_on(&mut self, users: &UserTable, up_to: usize) -> bool {
        let end = users.len().min(self.seen.saturating_add(up_to));
        let old = self.rows.len();
        for place in self.seen..end {
            let user = users.user(place);
            let passes = self.wanted.lets_through(&user);
            if let Some(sorted) = self.sorted {
                // Who is not among the rows is compared with nobody.
                self.keys.push(if passes { sorted.key(&user) } else { 0 });
            }
            if let Some(row) = u32::try_from(place).ok().filter(|_| passes) {
                self.rows.push(row);
            }
        }
        self.seen = end;
        if self.sorted.is_some() {
            self.merge(users, old);
        }
        end == users.len()
    }

    fn compare(&self, users: &UserTable, a: u32, b: u32) -> Ordering {
        match self.sorted {
            None => a.cmp(&b),
            Some(sorted) => {
                let keys = |row: u32| self.keys.get(row as usize);
                keys(a).cmp(&keys(b)).then_with(|| sorted.finer(users, a, b))
            }
        }
    }

    /// Puts the rows from `old` on, which just came, among the ones before.
    fn merge(&mut self, users: &UserTable, old: usize) {
        let mut new = self.rows.split_off(old);
        new.sort_unstable_by(|a, b| self.compare(users, *a, *b));
        // From the last one on: what comes behind it moves once, to where it stays.
        let mut end = old;
        self.rows.resize(old + new.len(), 0);
        for (before, &row) in new.iter().enumerate().rev() {
            let place =
                self.rows[..end].partition_point(|known| self.compare(users, *known, row).is_lt());
            self.rows.copy_within(place..end, place + before + 1);
            self.rows[place + before] = row;
            end = place;
        }
    }
}
