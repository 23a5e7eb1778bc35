//! A row's place among its siblings, without counting them for each row.

use std::sync::{Mutex, PoisonError};

use super::rows::TreeRows;
use crate::estate::{NodeId, NodeRef, Tree};

/// Parents kept: those of the rows on a screen, and as many again.
const PARENTS: usize = 128;
/// One in so many siblings is remembered; from there the rest are few steps.
const EVERY: usize = 64;

/// The siblings counted lately, by their parent. A page asks for the rows in sight, again and again,
/// and many of them have the same parent.
#[derive(Debug, Default)]
pub(super) struct Siblings {
    counted: Mutex<Vec<Counted>>,
}

#[derive(Debug)]
struct Counted {
    parent: NodeRef,
    /// Positions of every so many a shown child, from the first.
    marks: Vec<u32>,
    shown: usize,
    /// Position of the last child, shown or not.
    last: Option<u32>,
}

impl Siblings {
    /// Forgets all: something else is shown than before.
    pub(super) fn clear(&mut self) {
        self.counted.get_mut().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The place of a shown node among those shown below the same parent, from 1, and how many
    /// there are. Children may have been added behind the others since the last call.
    pub(super) fn place(
        &self,
        tree: &Tree,
        rows: &TreeRows,
        parent: NodeRef,
        node: NodeId,
    ) -> (usize, usize) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let known = counted.iter().position(|counted| counted.parent == parent);
        let index = known.unwrap_or_else(|| {
            if counted.len() == PARENTS {
                counted.clear();
            }
            counted.push(Counted { parent, marks: Vec::new(), shown: 0, last: None });
            counted.len() - 1
        });
        let counted = &mut counted[index];
        counted.go_on(tree, rows);
        (counted.place(tree, rows, rows.position(node)), counted.shown)
    }
}

impl Counted {
    fn go_on(&mut self, tree: &Tree, rows: &TreeRows) {
        let below = rows.below(tree, self.parent.node);
        let mut next = self.last.map_or(below.start, |last| rows.after(tree, last));
        while next < below.end {
            if !rows.hides(tree, rows.at(next)) {
                if self.shown.is_multiple_of(EVERY) {
                    self.marks.push(next);
                }
                self.shown += 1;
            }
            self.last = Some(next);
            next = rows.after(tree, next);
        }
    }

    fn place(&self, tree: &Tree, rows: &TreeRows, position: u32) -> usize {
        let mark = self.marks.partition_point(|&mark| mark <= position).saturating_sub(1);
        let Some(&from) = self.marks.get(mark) else { return 1 };
        let siblings = std::iter::successors(Some(from), |&at| Some(rows.after(tree, at)));
        let before = siblings.take_while(|&at| at < position);
        mark * EVERY + 1 + before.filter(|&at| !rows.hides(tree, rows.at(at))).count()
    }
}
