//! A list read to its end: which page is next, and what to do when one fails.

use std::time::Duration;

use crate::error::{Problem, UpstreamError};

use super::{Paging, Retry};

/// Cisco's largest clusters have some 100,000 users.
const MAX_ROWS: usize = 1_000_000;

/// Reads a list page by page, one request at a time.
///
/// All replies of a cluster share 16 MB, so that two lists at once take each other's room: keep
/// one `Listing` per cluster, and send nothing for it before the last answer was reported. It
/// gives one page until then, however often it is asked.
///
/// ```
/// use seatree_core::axl::{Again, Listing};
/// use seatree_core::{Problem, UpstreamError};
///
/// let mut listing = Listing::new(1_000);
/// assert_eq!(listing.page(), Some((0, 1_000)));
/// let too_large = Problem::Throttled { retry_after_s: None, suggested_rows: Some(843) };
/// let error = UpstreamError::new("listing", too_large);
/// assert_eq!(listing.failed(&error, 0), Again::Now);
/// assert_eq!(listing.page(), Some((0, 843)));
/// listing.came(12, 12);
/// assert_eq!(listing.page(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    paging: Paging,
    retry: Retry,
    rows: usize,
}

/// What to do after a page failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Ask for [`Listing::page`] at once: it is smaller now.
    Now,
    /// Ask for the same page after this time.
    After(Duration),
    /// Show the error.
    Never,
}

impl Listing {
    pub fn new(rows_per_page: u64) -> Self {
        Self { paging: Paging::new(rows_per_page), retry: Retry::new(), rows: 0 }
    }

    /// How many rows to skip and how many to ask for; none after the last page.
    pub fn page(&self) -> Option<(u64, u64)> {
        self.paging.next()
    }

    /// A page came with so many rows, so many of them new. A page that brings only rows known
    /// already is the last: such a server ignores where a page should begin.
    pub fn came(&mut self, rows: usize, new: usize) {
        self.retry.answered();
        self.paging.accept(rows);
        self.rows = self.rows.saturating_add(rows);
        if (rows > 0 && new == 0) || self.is_cut() {
            self.paging.stop();
        }
    }

    /// A page broke off after so many rows: whoever goes on later begins behind them, with all the
    /// patience there was.
    pub fn broke_off(&mut self, rows: usize) {
        self.retry.answered();
        self.rows = self.rows.saturating_add(rows);
        self.paging.skip(rows);
    }

    /// How many rows came so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether it ended at more rows than any cluster has, as with a server that sends the same
    /// page for ever and rows that nothing tells apart.
    pub fn is_cut(&self) -> bool {
        self.rows >= MAX_ROWS
    }

    /// A page failed. `jitter` is any random byte.
    pub fn failed(&mut self, error: &UpstreamError, jitter: u8) -> Again {
        if let Problem::Throttled { suggested_rows: suggested @ Some(_), .. } = error.problem {
            return if self.paging.shrink(suggested) { Again::Now } else { Again::Never };
        }
        self.retry.after(error, jitter).map_or(Again::Never, Again::After)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throttled(suggested_rows: Option<u64>) -> UpstreamError {
        UpstreamError::new("listing", Problem::Throttled { retry_after_s: None, suggested_rows })
    }

    #[test]
    fn a_page_that_brings_nobody_new_ends_the_list() {
        let mut listing = Listing::new(10);
        listing.came(10, 10);
        assert_eq!(listing.page(), Some((10, 10)));
        listing.came(10, 1);
        listing.came(10, 0);
        assert_eq!(listing.page(), None);
    }

    #[test]
    fn a_busy_cluster_gets_the_same_page_later_and_an_answer_starts_the_waits_anew() {
        let mut listing = Listing::new(10);
        for seconds in [1, 2] {
            let expected = Again::After(Duration::from_secs(seconds));
            assert_eq!(listing.failed(&throttled(None), 0), expected);
            assert_eq!(listing.page(), Some((0, 10)));
        }
        listing.came(10, 10);
        assert_eq!(listing.failed(&throttled(None), 0), Again::After(Duration::from_secs(1)));
    }

    #[test]
    fn a_list_that_never_ends_is_cut() {
        let mut listing = Listing::new(10_000);
        let pages = std::iter::from_fn(|| {
            listing.page()?;
            listing.came(10_000, 10_000);
            Some(())
        });
        assert_eq!(pages.take(1_000).count(), 100);
        assert!(listing.is_cut());
    }

    #[test]
    fn what_came_of_a_page_that_broke_off_is_not_asked_for_again() {
        let mut listing = Listing::new(10);
        listing.came(10, 10);
        assert_eq!(listing.failed(&UpstreamError::new("x", Problem::SignedOut), 0), Again::Never);
        listing.broke_off(3);
        assert_eq!((listing.page(), listing.rows()), (Some((13, 10)), 13));
        listing.broke_off(0);
        assert_eq!(listing.page(), Some((13, 10)));
        // The last page may have broken off behind its last row.
        listing.broke_off(7);
        listing.came(0, 0);
        assert_eq!(listing.page(), None);
    }

    #[test]
    fn a_page_of_one_row_that_is_too_large_ends_it() {
        let mut listing = Listing::new(2);
        assert_eq!(listing.failed(&throttled(Some(1)), 0), Again::Now);
        assert_eq!(listing.failed(&throttled(Some(1)), 0), Again::Never);
        assert_eq!(
            listing.failed(&UpstreamError::new("listing", Problem::SignedOut), 0),
            Again::Never
        );
    }
}
