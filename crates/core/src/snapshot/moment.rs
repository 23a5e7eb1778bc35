//! When a snapshot was taken, and spans of time.

use crate::export::utc;
use crate::live_platform::timestamp::unix_seconds;

/// A snapshot that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Later ones have higher ids.
    pub id: u64,
    /// Seconds since 1970: when its estate was asked for.
    pub at_s: u64,
    /// How many nodes it has.
    pub nodes: u64,
    /// How many of them came, went or changed since the one before.
    pub changes: u64,
}

/// Moments from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from_s: u64,
    pub to_s: u64,
}

impl Default for Range {
    fn default() -> Self {
        Self { from_s: 0, to_s: u64::MAX }
    }
}

impl Range {
    pub fn contains(&self, at_s: u64) -> bool {
        (self.from_s..=self.to_s).contains(&at_s)
    }

    /// Reads where a span begins: `2026-11-27` or `2026-11-27T08:30:00Z`.
    ///
    /// ```
    /// use seatree_core::snapshot::Range;
    ///
    /// assert_eq!(Range::from("1970-01-02"), Some(86_400));
    /// assert_eq!(Range::to("1970-01-02"), Some(2 * 86_400 - 1));
    /// assert_eq!(Range::from("1970-01-01T01:00:00Z"), Some(3_600));
    /// assert_eq!(Range::from("yesterday"), None);
    /// ```
    pub fn from(text: &str) -> Option<u64> {
        read(text, "00:00:00")
    }

    /// Reads where a span ends: a day ends with its last second.
    pub fn to(text: &str) -> Option<u64> {
        read(text, "23:59:59")
    }
}

fn read(text: &str, of_day: &str) -> Option<u64> {
    let seconds = if text.contains('T') {
        text.strip_suffix('Z').and_then(|_| unix_seconds(text))
    } else {
        unix_seconds(&format!("{text}T{of_day}Z"))
    };
    seconds.and_then(|seconds| u64::try_from(seconds).ok())
}

/// Such as `2026-11-27T08:30:00Z`.
pub(super) fn told(at_s: u64) -> String {
    let mut out = Vec::new();
    utc::push(&mut out, i64::try_from(at_s).unwrap_or(i64::MAX));
    String::from_utf8(out).unwrap_or_default()
}
