//! The licenses of one service.

use crate::estate::{Figure, Meter, NodeId, Reading, Tree, Uuid};

use super::counting::Switch;
use super::factors::{Factor, Factors};

/// What `licenseinfo` says of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceLicense {
    pub customer: Option<Uuid>,
    /// Licenses bought for the service.
    pub acquired: Figure,
    /// Licenses its users and numbers take now.
    pub licensed: Figure,
    /// Users the platform sees. It may be below [`licensed`](Self::licensed), because service
    /// numbers take licenses and are no users: never a base for utilization.
    pub monitored: Figure,
    pub factors: Factors,
    /// Which factors count, by the upstream's own names; see [`is_counted`](Self::is_counted).
    pub enabled: Vec<(String, bool)>,
    /// As sent.
    pub last_update: Option<String>,
    /// In seconds since 1970; none when it was not sent or is no time.
    pub last_update_s: Option<i64>,
    /// `licenseSettingsFlagsLevel` as sent; no page lists what its values mean.
    pub settings_level: Option<String>,
    /// Paths of fields that were sent but could not be read.
    pub complaints: Vec<String>,
}

impl ServiceLicense {
    /// Acquired − licensed; negative when over the limit.
    pub fn available(&self) -> Figure {
        self.reading().available()
    }

    /// Licensed ÷ acquired; none where either is unknown or nothing is acquired.
    pub fn utilization(&self) -> Option<f64> {
        self.reading().utilization()
    }

    /// Acquired as assigned, licensed as in use.
    pub fn reading(&self) -> Reading {
        Reading { assigned: self.acquired, in_use: self.licensed, ..Reading::default() }
    }

    /// Whether a factor's users take licenses: unless the reply says that it is switched off.
    pub fn is_counted(&self, factor: Factor) -> bool {
        self.switch(factor) != Switch::Off
    }

    /// The sum over the counted factors; unknown as soon as one of them is.
    pub fn sum_of_factors(&self) -> Figure {
        Factor::ALL
            .into_iter()
            .filter(|&factor| self.is_counted(factor))
            .fold(Figure::known(0), |sum, factor| sum.plus(self.factors.of(factor)))
    }

    /// Whether the factors add up to the licensed; none where a figure is unknown.
    ///
    /// The vendor prints no such rule, but all its examples follow it.
    pub fn sums_agree(&self) -> Option<bool> {
        Some(self.sum_of_factors().get()? == self.licensed.get()?)
    }

    pub(super) fn write_to(&self, tree: &mut Tree, node: NodeId) {
        tree.set_reading(node, Meter::LIVE_USERS, self.reading());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn license(enabled: &[(&str, bool)]) -> ServiceLicense {
        ServiceLicense {
            acquired: Figure::known(10),
            licensed: Figure::known(12),
            factors: Factors {
                direct_routing: Figure::known(12),
                operator_connect: Figure::known(0),
                life_cycle: Figure::known(5),
                user_interface: Figure::known(0),
                service_numbers: Figure::UNKNOWN,
            },
            enabled: enabled.iter().map(|(name, on)| ((*name).to_owned(), *on)).collect(),
            ..ServiceLicense::default()
        }
    }

    #[test]
    fn a_factor_switched_off_is_left_out_of_the_sum() {
        let license =
            license(&[("Managed Users - By Template", false), ("Managed Service Numbers", false)]);
        assert_eq!(license.sum_of_factors(), Figure::known(12));
        assert_eq!(license.sums_agree(), Some(true));
    }

    #[test]
    fn a_counted_factor_that_was_not_sent_leaves_the_sum_unknown() {
        let license = license(&[("Managed Users - By Template", false)]);
        assert_eq!(license.sum_of_factors(), Figure::UNKNOWN);
        assert_eq!(license.sums_agree(), None);
    }

    #[test]
    fn sums_that_differ_are_told() {
        assert_eq!(license(&[("Managed Service Numbers", false)]).sums_agree(), Some(false));
    }

    #[test]
    fn more_licensed_than_acquired_is_negative_available() {
        assert_eq!(license(&[]).available(), Figure::known(-2));
        assert_eq!(license(&[]).utilization(), Some(1.2));
    }
}
