//! When snapshots are due, and which are kept.

use super::Moment;

/// After the first failure; twice as long after each that follows.
const RETRY_MS: u64 = 60_000;
const LONGEST_RETRY_MS: u64 = 3_600_000;

/// How often a snapshot is taken and for how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    pub every_s: u64,
    pub keep_s: u64,
}

impl Default for Plan {
    /// Every day, for 400 days: the same day of the year before is there to compare with.
    fn default() -> Self {
        Self { every_s: 86_400, keep_s: 400 * 86_400 }
    }
}

/// How it stands with the next snapshot, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// For when it was planned. Delays do not move those that follow.
    pub planned_ms: u64,
    /// When to try.
    pub due_ms: u64,
    /// How often it was tried in vain since the last one.
    pub failures: u32,
}

impl Standing {
    /// The first snapshot is due at once.
    pub fn new(now_ms: u64) -> Self {
        Self { planned_ms: now_ms, due_ms: now_ms, failures: 0 }
    }

    pub fn is_due(&self, now_ms: u64) -> bool {
        self.due_ms <= now_ms
    }
}

impl Plan {
    fn every_ms(&self) -> u64 {
        self.every_s.saturating_mul(1_000).max(1)
    }

    /// The first planned time that is not before `from_ms`.
    fn planned_from(&self, planned_ms: u64, from_ms: u64) -> u64 {
        let periods = from_ms.saturating_sub(planned_ms).div_ceil(self.every_ms()).max(1);
        planned_ms.saturating_add(periods.saturating_mul(self.every_ms()))
    }

    /// Once whoever keeps snapshots runs again: what was missed is due now, once, and a plan that
    /// became shorter holds at once.
    #[must_use]
    pub fn resumed(&self, standing: Standing, now_ms: u64) -> Standing {
        let latest = now_ms.saturating_add(self.every_ms());
        let (planned_ms, due_ms) = (standing.planned_ms.min(latest), standing.due_ms.min(latest));
        Standing { planned_ms, due_ms, ..standing }
    }

    /// A snapshot was taken. However many were missed before, this one stands for all of them; the
    /// next is at a planned time again, half a period from now at least.
    #[must_use]
    pub fn taken(&self, standing: Standing, now_ms: u64) -> Standing {
        let from_ms = now_ms.saturating_add(self.every_ms().div_ceil(2));
        let planned_ms = self.planned_from(standing.planned_ms, from_ms);
        Standing { planned_ms, due_ms: planned_ms, failures: 0 }
    }

    /// It is tried, and counts as failed until it is taken: so a try that ends the edge itself is not
    /// made again at once, over and over. It is tried again after a minute, then ever later, and in any case when
    /// the next one is planned.
    #[must_use]
    pub fn tried(&self, standing: Standing, now_ms: u64) -> Standing {
        let wait_ms = RETRY_MS.saturating_mul(1 << standing.failures.min(6)).min(LONGEST_RETRY_MS);
        let next_ms = self.planned_from(standing.planned_ms, now_ms.saturating_add(1));
        Standing {
            due_ms: now_ms.saturating_add(wait_ms).min(next_ms),
            failures: standing.failures.saturating_add(1),
            ..standing
        }
    }

    /// The first of these snapshots that is kept, given in their order: those that are young enough,
    /// and in any case the last.
    pub fn first_kept(&self, moments: &[Moment], now_s: u64) -> Option<u64> {
        let oldest_s = now_s.saturating_sub(self.keep_s);
        let first = moments.iter().find(|moment| moment.at_s >= oldest_s).or(moments.last());
        first.map(|moment| moment.id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const DAY_MS: u64 = 86_400_000;

    #[test]
    fn delays_do_not_move_the_plan() {
        let plan = Plan::default();
        let first = plan.taken(Standing::new(0), 5_000);
        assert_eq!((first.planned_ms, first.due_ms), (DAY_MS, DAY_MS));
        assert_eq!(plan.taken(first, DAY_MS + 90_000).due_ms, 2 * DAY_MS);
    }

    #[test]
    fn what_was_missed_is_caught_up_once() {
        let plan = Plan::default();
        let planned = Standing { planned_ms: DAY_MS, due_ms: DAY_MS, failures: 0 };
        let back_ms = 9 * DAY_MS + DAY_MS / 4;
        let resumed = plan.resumed(planned, back_ms);
        assert!(resumed.is_due(back_ms));
        assert_eq!(plan.taken(resumed, back_ms).due_ms, 10 * DAY_MS);
        // Shortly before the next planned time it stands for that one, too.
        let back_ms = 9 * DAY_MS + DAY_MS / 4 * 3;
        assert_eq!(plan.taken(resumed, back_ms).due_ms, 11 * DAY_MS);
    }

    #[test]
    fn a_failure_is_tried_again_ever_later_until_the_next_is_planned() {
        let plan = Plan::default();
        let mut standing = Standing::new(0);
        let mut waits = Vec::new();
        for _ in 0..9 {
            let now_ms = standing.due_ms;
            standing = plan.tried(standing, now_ms);
            waits.push((standing.due_ms - now_ms) / 60_000);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        let late = plan.tried(standing, DAY_MS - 1_000);
        assert_eq!(late.due_ms, DAY_MS);
    }

    #[test]
    fn a_shorter_plan_holds_at_once() {
        let standing = Standing { planned_ms: 9 * DAY_MS, due_ms: 9 * DAY_MS, failures: 0 };
        let hourly = Plan { every_s: 3_600, ..Plan::default() };
        assert_eq!(hourly.resumed(standing, DAY_MS).due_ms, DAY_MS + 3_600_000);
        assert_eq!(Plan::default().resumed(standing, 8 * DAY_MS + 1), standing);
    }

    proptest! {
        #[test]
        fn one_snapshot_is_never_followed_by_another_at_once_nor_forgotten(
            every_s in 1_u64..100_000, planned_ms in 0_u64..1 << 40, late_ms in 0_u64..1 << 36,
            failures in 0_u32..80,
        ) {
            let plan = Plan { every_s, keep_s: 0 };
            let now_ms = planned_ms + late_ms;
            let standing = Standing { planned_ms, due_ms: planned_ms, failures };
            let next = plan.taken(standing, now_ms);
            let gap_ms = next.due_ms - now_ms;
            prop_assert!((every_s * 500..=every_s * 1_500).contains(&gap_ms), "{gap_ms}");
            prop_assert_eq!((next.due_ms - planned_ms) % (every_s * 1_000), 0);
            let failed = plan.tried(standing, now_ms);
            prop_assert!(failed.due_ms > now_ms && failed.due_ms <= now_ms + every_s * 1_000);
        }
    }
}
