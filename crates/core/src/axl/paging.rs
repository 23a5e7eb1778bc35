//! Which page to ask for next.

/// Walks through a list whose length nobody tells.
///
/// The app asks [`next`](Self::next), sends, and reports either how many rows came
/// ([`accept`](Self::accept)) or that the reply would be too large ([`shrink`](Self::shrink)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    skip: u64,
    first: u64,
    is_done: bool,
}

impl Paging {
    /// At least one row per page.
    pub fn new(rows_per_page: u64) -> Self {
        Self { skip: 0, first: rows_per_page.max(1), is_done: false }
    }

    /// How many rows to skip and how many to ask for; none after the last page. Asking twice
    /// gives the same page.
    pub fn next(&self) -> Option<(u64, u64)> {
        (!self.is_done).then_some((self.skip, self.first))
    }

    /// A page came. One that is not full is the last; so is one that holds more than asked for,
    /// since such a server ignores pages and sent everything.
    pub fn accept(&mut self, page_len: usize) {
        let rows = u64::try_from(page_len).unwrap_or(u64::MAX);
        self.skip = self.skip.saturating_add(rows);
        self.is_done = self.is_done || rows != self.first;
    }

    /// Part of a page came: the next one begins behind it.
    pub fn skip(&mut self, rows: usize) {
        self.skip = self.skip.saturating_add(u64::try_from(rows).unwrap_or(u64::MAX));
    }

    /// The page was too large: ask for the suggested rows, or half as many where that is no
    /// help. False when there is no smaller page.
    pub fn shrink(&mut self, suggested: Option<u64>) -> bool {
        if self.first <= 1 {
            return false;
        }
        self.first = suggested.filter(|&rows| rows < self.first).unwrap_or(self.first / 2).max(1);
        true
    }

    /// Ends it early, as when a page brought nobody new.
    pub fn stop(&mut self) {
        self.is_done = true;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Paging;

    #[test]
    fn a_server_that_ignores_pages_is_asked_once() {
        let mut paging = Paging::new(10);
        paging.accept(11);
        assert_eq!(paging.next(), None);
    }

    #[test]
    fn a_page_too_large_is_asked_for_again_from_the_same_row() {
        let mut paging = Paging::new(1_000);
        paging.accept(1_000);
        assert!(paging.shrink(Some(843)));
        assert_eq!(paging.next(), Some((1_000, 843)));
        assert!(paging.shrink(Some(2_000)));
        assert_eq!(paging.next(), Some((1_000, 421)));
        assert!(paging.shrink(Some(0)));
        assert_eq!(paging.next(), Some((1_000, 1)));
        assert!(!paging.shrink(None));
    }

    proptest! {
        /// `limits` are the most rows the server gives at each request; it refuses more.
        #[test]
        fn every_row_is_visited_once(
            rows in 0_u64..3_000,
            page in 0_u64..600,
            limits in proptest::collection::vec(1_u64..400, 0..60),
        ) {
            let mut limits = limits.into_iter();
            let mut paging = Paging::new(page);
            let mut seen = Vec::new();
            while let Some((skip, first)) = paging.next() {
                if limits.next().is_some_and(|limit| first > limit) {
                    prop_assert!(paging.shrink(None));
                    continue;
                }
                let end = rows.min(skip + first);
                let before = seen.len();
                seen.extend(skip..end);
                paging.accept(seen.len() - before);
            }
            prop_assert_eq!(seen, (0..rows).collect::<Vec<_>>());
        }
    }
}
