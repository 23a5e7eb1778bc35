//! Users with the ones that are looked for.

use std::sync::atomic::{AtomicU32, Ordering};

use seatree_core::axl::UserTable;
use seatree_core::people::{People, Sorted, Steps, Wanted};

/// Users to look at at once: some milliseconds, also while they are sorted by name.
pub const AT_ONCE: usize = 512;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// All users of a list, those a person looks for, and who is one step away from less.
pub struct List {
    /// Tells it from those before it: places in the table mean others there.
    pub number: u32,
    pub users: UserTable,
    pub people: People,
    pub steps: Steps,
}

impl List {
    /// An empty list, with the same looked for as in another.
    pub fn like(other: Option<&Self>) -> Self {
        let (wanted, sorted) = other
            .map(|other| (other.people.wanted().clone(), other.people.sorted()))
            .unwrap_or_default();
        let mut people = People::new(Wanted::default());
        people.arrange(wanted, sorted);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Self { number, users: UserTable::new(), people, steps: Steps::default() }
    }

    /// Looks at some more users; true when everything shown is up to date.
    pub fn go_on(&mut self) -> bool {
        let is_counted = self.steps.go_on(&self.users, AT_ONCE);
        self.people.go_on(&self.users, AT_ONCE) && is_counted
    }

    pub fn arrange(&mut self, wanted: Wanted, sorted: Option<Sorted>) {
        self.people.arrange(wanted, sorted);
    }
}
