//! How many nodes have each mark.

use crate::insight::{Mark, Marks};

/// How many nodes have each mark. A node with several counts for each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; Mark::ALL.len()]);

impl Counts {
    pub fn of(&self, mark: Mark) -> usize {
        self.0[mark as usize]
    }

    pub(super) fn add(&mut self, marks: Marks) {
        if !marks.is_empty() {
            marks.iter().for_each(|mark| self.0[mark as usize] += 1);
        }
    }

    pub(super) fn take(&mut self, marks: Marks) {
        if !marks.is_empty() {
            marks.iter().for_each(|mark| self.0[mark as usize] -= 1);
        }
    }
}
