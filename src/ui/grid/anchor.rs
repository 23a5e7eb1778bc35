//! What a person looks at, so that it can be kept where it is while other rows come and go.

use std::ops::Range;

use super::focus::Focus;
use super::{Key, Rows};

/// A row and where it stood.
pub(super) struct Anchor {
    key: Key,
    index: usize,
    /// How far below the first pixel in sight the row begins; above it, less than nothing.
    below_top: isize,
}

impl Anchor {
    /// The focused row while it is in sight, else the first row in sight. At the very top nothing
    /// is held: what comes before the first row is to be seen.
    pub(super) fn at(
        rows: &dyn Rows,
        top: usize,
        seen: &Range<usize>,
        focus: Option<Focus>,
        row_height: usize,
    ) -> Option<Self> {
        let focused = focus.filter(|focus| focus.is_here).map(|focus| focus.index);
        let index = match focused.filter(|index| seen.contains(index)) {
            Some(index) => index,
            None if top == 0 || seen.is_empty() => return None,
            None => seen.start,
        };
        let below_top = (index * row_height).cast_signed() - top.cast_signed();
        Some(Self { key: rows.key(index), index, below_top })
    }

    /// Where to scroll to when the row moved.
    pub(super) fn moved(&self, rows: &dyn Rows, row_height: usize) -> Option<usize> {
        let index = rows.index_of(self.key)?;
        let to = (index * row_height).cast_signed() - self.below_top;
        (index != self.index).then(|| to.max(0).cast_unsigned())
    }
}
