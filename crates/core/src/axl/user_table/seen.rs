//! Which uuids a table has.

use std::hash::{BuildHasher as _, RandomState};

use crate::estate::Uuid;

/// Places in the table by uuid. The uuids themselves stay where they are: a set of its own would
/// keep each of them twice.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Open addressing: one more than a place, or 0. A power of two of them, or none.
    slots: Vec<u32>,
    used: usize,
    hasher: RandomState,
}

impl Seen {
    /// Notes that a uuid is going to be at a place; false when it is at another already.
    pub(super) fn insert(&mut self, uuid: Uuid, place: usize, uuids: &[u128]) -> bool {
        // Three quarters full at most.
        if self.used * 4 >= self.slots.len() * 3 {
            self.grow(uuids);
        }
        let slot = self.slot(uuid.as_u128(), uuids);
        if self.slots[slot] != 0 {
            return false;
        }
        self.slots[slot] = u32::try_from(place + 1).unwrap_or(u32::MAX);
        self.used += 1;
        true
    }

    /// At which place a uuid is.
    pub(super) fn find(&self, uuid: Uuid, uuids: &[u128]) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let place = self.slots[self.slot(uuid.as_u128(), uuids)];
        usize::try_from(place).ok()?.checked_sub(1)
    }

    /// Where a uuid is, or would be.
    fn slot(&self, uuid: u128, uuids: &[u128]) -> usize {
        let mask = self.slots.len() - 1;
        let hash = self.hasher.hash_one(uuid);
        #[expect(clippy::cast_possible_truncation, reason = "any bits of it will do")]
        let mut slot = hash as usize & mask;
        loop {
            match self.slots[slot] {
                0 => return slot,
                place if uuids.get(place as usize - 1) == Some(&uuid) => return slot,
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self, uuids: &[u128]) {
        let size = (self.slots.len() * 2).max(64);
        let before = std::mem::replace(&mut self.slots, vec![0; size]);
        for place in before {
            if place != 0 {
                let slot = self.slot(uuids[place as usize - 1], uuids);
                self.slots[slot] = place;
            }
        }
    }

    pub(super) fn allocated_bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
    }
}
