//! What a person should look at in a service.

use super::{Licenses, Service};
use crate::insight::{Band, Mark, Marks, Thresholds, band};
use crate::live_platform::ServiceLicense;

/// The platform counts every day: what it counted longer ago than this, in seconds, missed a turn.
pub const STALE_AFTER_S: i64 = 48 * 3_600;

/// What services are judged by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    pub thresholds: Thresholds,
    /// Seconds since 1970.
    pub now_s: i64,
}

impl ServiceLicense {
    /// How long ago, in seconds, the platform counted; none when it did not say. Never negative:
    /// clocks differ.
    pub fn age_s(&self, now_s: i64) -> Option<i64> {
        Some(now_s.saturating_sub(self.last_update_s?).max(0))
    }

    /// Whether the platform counted longer ago than it should have.
    pub fn is_stale(&self, now_s: i64) -> bool {
        self.age_s(now_s).is_some_and(|age_s| age_s > STALE_AFTER_S)
    }
}

impl Service {
    /// What a person should look at.
    pub fn marks(&self, outlook: Outlook) -> Marks {
        match &self.licenses {
            Licenses::Reading | Licenses::NoneYet => Marks::NONE,
            Licenses::Failed(_) => [Mark::Failed].into_iter().collect(),
            Licenses::Read(license) => {
                let band = band(&license.reading(), outlook.thresholds);
                let sum_off = (license.sums_agree() == Some(false)).then_some(Mark::SumOff);
                let stale = license.is_stale(outlook.now_s).then_some(Mark::Stale);
                let of_band = band.and_then(Band::mark);
                [of_band, sum_off, stale].into_iter().flatten().collect()
            }
        }
    }

    /// Whether the platform leaves a factor of this service out.
    pub fn has_factor_off(&self) -> bool {
        self.license().is_some_and(ServiceLicense::has_factor_off)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estate::Figure;
    use crate::live_platform::Customer;

    const NOW_S: i64 = 1_800_000_000;

    fn marks(license: ServiceLicense) -> Vec<Mark> {
        let licenses = Licenses::Read(Box::new(license));
        let service =
            Service { connection: String::new(), customer: Customer::default(), licenses };
        service.marks(Outlook { now_s: NOW_S, ..Outlook::default() }).iter().collect()
    }

    fn license(acquired: i64, licensed: i64) -> ServiceLicense {
        ServiceLicense {
            acquired: Figure::known(acquired),
            licensed: Figure::known(licensed),
            ..ServiceLicense::default()
        }
    }

    #[test]
    fn a_service_is_judged_by_its_acquired_and_licensed_alone() {
        let monitored = Figure::known(1);
        assert_eq!(marks(ServiceLicense { monitored, ..license(50, 24) }), []);
        assert_eq!(marks(license(50, 40)), [Mark::Near]);
        assert_eq!(marks(license(50, 51)), [Mark::Over]);
        assert_eq!(marks(license(50, 0)), [Mark::Idle]);
    }

    #[test]
    fn two_days_without_counting_are_stale_and_a_clock_ahead_is_not() {
        let at = |last_update_s| {
            marks(ServiceLicense { last_update_s: Some(last_update_s), ..license(50, 24) })
        };
        assert_eq!(at(NOW_S - STALE_AFTER_S), []);
        assert_eq!(at(NOW_S - STALE_AFTER_S - 1), [Mark::Stale]);
        assert_eq!(at(NOW_S + 9_000), []);
        assert_eq!(marks(license(50, 24)), [], "nothing is said of a time that was not sent");
    }
}
