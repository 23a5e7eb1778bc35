//! Which element shows which row. Elements are used again and again: making one costs far more
//! than changing what it says.

use std::ops::Range;

use leptos::prelude::*;

use super::{Key, Rows};

/// Rows drawn beyond each edge, so that a quick scroll meets no blank.
const MARGIN_ROWS: usize = 4;

/// One row's element.
#[derive(Clone)]
pub(super) struct Slot {
    pub number: usize,
    /// The row it shows; none while it shows none.
    pub shows: ArcRwSignal<Option<Place>>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub index: usize,
    /// The pixel of the content that the space begins with.
    pub base: usize,
}

/// The elements and the keys of the rows they show.
#[derive(Default)]
pub(super) struct Slots {
    all: Vec<(Slot, Option<Key>)>,
}

/// The rows that are at least partly in sight.
pub(super) fn in_sight(top: usize, height: usize, row_height: usize, count: usize) -> Range<usize> {
    let first = (top / row_height).min(count);
    first..(first + height / row_height + 2).min(count)
}

/// What is to be drawn: what is in sight, a margin around it, and the focused row.
pub(super) fn wanted(
    rows: &dyn Rows,
    seen: Range<usize>,
    focused: Option<usize>,
) -> Vec<(Key, usize)> {
    let count = rows.count();
    let drawn = seen.start.saturating_sub(MARGIN_ROWS)..(seen.end + MARGIN_ROWS).min(count);
    let far = focused.filter(|focused| *focused < count && !drawn.contains(focused));
    drawn.chain(far).map(|index| (rows.key(index), index)).collect()
}

impl Slots {
    /// Knows the rows by their keys of today.
    pub(super) fn renew(&mut self, rows: &dyn Rows) {
        for key in self.all.iter_mut().filter_map(|(_, shown)| shown.as_mut()) {
            *key = rows.key_now(*key);
        }
    }

    /// Shows these rows. A row that is shown already keeps its element. Gives all elements when
    /// there had to be more of them.
    pub(super) fn show(&mut self, wanted: &[(Key, usize)], base: usize) -> Option<Vec<Slot>> {
        let mut waiting = Vec::new();
        let mut used = vec![false; self.all.len()];
        for &(key, index) in wanted {
            let at = self.all.iter().position(|(_, shown)| *shown == Some(key));
            match at.filter(|at| !used[*at]) {
                Some(at) => {
                    used[at] = true;
                    self.all[at].0.put(Some(Place { index, base }));
                }
                None => waiting.push((key, index)),
            }
        }
        let had = self.all.len();
        let mut free = (0..had).filter(|at| !used[*at]).collect::<Vec<_>>().into_iter();
        for (key, index) in waiting {
            let place = Place { index, base };
            if let Some(at) = free.next() {
                self.all[at].1 = Some(key);
                self.all[at].0.put(Some(place));
            } else {
                let slot = Slot { number: self.all.len(), shows: ArcRwSignal::new(Some(place)) };
                self.all.push((slot, Some(key)));
            }
        }
        for at in free {
            self.all[at].1 = None;
            self.all[at].0.put(None);
        }
        (self.all.len() > had).then(|| self.all.iter().map(|(slot, _)| slot.clone()).collect())
    }
}

impl Slot {
    fn put(&self, place: Option<Place>) {
        if self.shows.get_untracked() != place {
            self.shows.set(place);
        }
    }
}
