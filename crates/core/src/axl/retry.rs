//! When to ask a busy cluster again.

use std::time::Duration;

use crate::error::{Problem, UpstreamError};

/// How long a cluster is left alone before asking again, each time longer.
const WAITS_S: [u32; 5] = [1, 2, 4, 8, 16];

/// A server that wants to be left alone for longer is not waited for.
const LONGEST_S: u32 = 120;

/// Decides whether a request that failed is worth sending again, and when.
///
/// - Only what the cluster refused before it began is: the fault "Maximum AXL Memory Allocation
///   Consumed" and 503. Everything else fails again, or was perhaps done already. A query too
///   large is no such case: it needs a smaller page ([`Paging::shrink`](super::Paging::shrink)).
/// - At most five times in a row: after 1, 2, 4, 8 and 16 seconds, each longer by up to a half,
///   so that several clients do not come back together. A longer `Retry-After` is obeyed, up to
///   two minutes.
/// - The schedule is Cisco's advice in the [AXL Developer Guide][guide]: "retry once requests in
///   progress have completed".
///
/// ```
/// use seatree_core::{UpstreamError, Problem, axl::Retry};
/// use std::time::Duration;
///
/// let busy = Problem::Throttled { retry_after_s: None, suggested_rows: None };
/// let error = UpstreamError::new("listing", busy);
/// let mut retry = Retry::new();
/// assert_eq!(retry.after(&error, 0), Some(Duration::from_secs(1)));
/// assert_eq!(retry.after(&error, 255), Some(Duration::from_secs(3)));
/// assert_eq!(retry.after(&UpstreamError::new("listing", Problem::SignedOut), 0), None);
/// ```
///
/// [guide]: https://developer.cisco.com/docs/axl/axl-developer-guide/
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retry {
    refusals: usize,
}

impl Retry {
    pub fn new() -> Self {
        Self::default()
    }

    /// How long to wait before sending the same again; none when it is to be given up.
    /// `jitter` is any random byte.
    pub fn after(&mut self, error: &UpstreamError, jitter: u8) -> Option<Duration> {
        let Problem::Throttled { retry_after_s, suggested_rows: None } = error.problem else {
            return None;
        };
        let base = *WAITS_S.get(self.refusals)?;
        if retry_after_s.is_some_and(|wanted| wanted > LONGEST_S) {
            return None;
        }
        self.refusals += 1;
        let base_ms = u64::from(base.max(retry_after_s.unwrap_or(0))) * 1_000;
        // Only ever longer: a server that names a time means at least that.
        Some(Duration::from_millis(base_ms + u64::from(base) * 500 * u64::from(jitter) / 255))
    }

    /// An answer came: the next refusal begins anew.
    pub fn answered(&mut self) {
        self.refusals = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axl;
    use crate::http::Reply;

    fn seconds(retry: &mut Retry, error: &UpstreamError) -> Option<u64> {
        retry.after(error, 0).map(|wait| wait.as_secs())
    }

    fn error(status: u16, body: &str) -> UpstreamError {
        axl::fault("listing", &Reply::new(status, body))
    }

    #[test]
    fn a_busy_cluster_is_asked_again_five_times_each_time_later() {
        let memory = error(500, include_str!("../../fixtures/axl/fault-memory.xml"));
        let mut retry = Retry::new();
        for wait in [1, 2, 4, 8, 16] {
            assert_eq!(seconds(&mut retry, &memory), Some(wait));
        }
        assert_eq!(seconds(&mut retry, &memory), None);
        retry.answered();
        assert_eq!(seconds(&mut retry, &memory), Some(1));
    }

    #[test]
    fn nothing_else_is_asked_again() {
        for (status, body) in [
            (401, ""),
            (403, ""),
            (404, ""),
            (500, ""),
            (599, ""),
            (500, include_str!("../../fixtures/axl/fault-too-large.xml")),
            (500, include_str!("../../fixtures/axl/fault-user-not-found.xml")),
        ] {
            assert_eq!(Retry::new().after(&error(status, body), 0), None, "{status} {body:.20}");
        }
        for problem in [
            Problem::TimedOut { seconds: 30 },
            Problem::Unreachable { origin: "https://cucm.example".into() },
            Problem::Cancelled,
        ] {
            assert_eq!(Retry::new().after(&UpstreamError::new("listing", problem), 0), None);
        }
    }

    #[test]
    fn what_the_server_asks_for_is_the_least_and_hours_are_not_waited() {
        let busy = |seconds: &str| {
            axl::fault("listing", &Reply::new(503, "").with_header("retry-after", seconds))
        };
        let mut retry = Retry::new();
        assert_eq!(seconds(&mut retry, &busy("30")), Some(30));
        assert!(retry.after(&busy("30"), 255) >= Some(Duration::from_secs(30)));
        assert_eq!(seconds(&mut retry, &busy("0")), Some(4));
        assert_eq!(seconds(&mut retry, &busy("7200")), None);
        assert_eq!(seconds(&mut retry, &busy("Wed, 21 Oct 2026 07:28:00 GMT")), Some(8));
    }
}
