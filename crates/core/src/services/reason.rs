//! Why a service's count is what it is, and not another.

use super::STALE_AFTER_S;
use crate::estate::Figure;
use crate::live_platform::{Factor, LicenseType, ServiceLicense};

/// One reason why a service's count may be another than a person expects, from its own figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A factor is switched off: so many of its users or numbers take no license.
    Off { factor: Factor, count: Figure },
    /// The factors that count make another sum than what is licensed.
    SumOff { expected: i64, found: i64 },
    /// More licensed than monitored: service numbers are no users.
    MoreThanMonitored { licensed: i64, monitored: i64 },
    /// Of this product only service numbers count.
    OnlyServiceNumbers,
    /// The platform counted so many seconds ago.
    Old { age_s: i64 },
    /// It is not known when the platform counted.
    NoTime,
    /// Switches that the vendor's pages do not name.
    UnknownSwitch { name: String, is_on: bool },
    /// `licenseSettingsFlagsLevel` as sent, when it is not 0. The vendor only says that it "indicates
    /// when one of the License Factors […] has been updated by Global admin".
    SettingsLevel(String),
}

/// The reasons that a service's own figures give, the ones that change a count first.
pub fn reasons(license_type: LicenseType, license: &ServiceLicense, now_s: i64) -> Vec<Reason> {
    let off = license.parts().into_iter().filter(|part| !part.is_counted());
    let mut reasons: Vec<Reason> =
        off.map(|part| Reason::Off { factor: part.factor, count: part.configured }).collect();
    if let (Some(expected), Some(found)) = (license.sum_of_factors().get(), license.licensed.get())
        && expected != found
    {
        reasons.push(Reason::SumOff { expected, found });
    }
    if let (Some(licensed), Some(monitored)) = (license.licensed.get(), license.monitored.get())
        && licensed > monitored
    {
        reasons.push(Reason::MoreThanMonitored { licensed, monitored });
    }
    if license_type == LicenseType::HOSTED_ESSENTIALS {
        reasons.push(Reason::OnlyServiceNumbers);
    }
    match license.age_s(now_s) {
        Some(age_s) if age_s > STALE_AFTER_S => reasons.push(Reason::Old { age_s }),
        Some(_) => {}
        None => reasons.push(Reason::NoTime),
    }
    let unknown = license.enabled.iter().filter(|(name, _)| Factor::of(name).is_none());
    let unknown =
        unknown.map(|(name, is_on)| Reason::UnknownSwitch { name: name.clone(), is_on: *is_on });
    reasons.extend(unknown);
    let level = license.settings_level.as_deref().filter(|level| *level != "0");
    reasons.extend(level.map(|level| Reason::SettingsLevel(level.to_owned())));
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live_platform::Factors;

    const NOW_S: i64 = 1_800_000_000;

    fn license() -> ServiceLicense {
        ServiceLicense {
            licensed: Figure::known(24),
            monitored: Figure::known(30),
            factors: Factors {
                direct_routing: Figure::known(6),
                operator_connect: Figure::known(2),
                life_cycle: Figure::known(4),
                user_interface: Figure::known(10),
                service_numbers: Figure::known(2),
            },
            last_update_s: Some(NOW_S),
            settings_level: Some("0".to_owned()),
            ..ServiceLicense::default()
        }
    }

    fn given(license: &ServiceLicense) -> Vec<Reason> {
        reasons(LicenseType(Some(5)), license, NOW_S)
    }

    #[test]
    fn a_count_as_it_should_be_needs_no_reason() {
        assert_eq!(given(&license()), []);
        let hosted = reasons(LicenseType::HOSTED_ESSENTIALS, &license(), NOW_S);
        assert_eq!(hosted, [Reason::OnlyServiceNumbers]);
    }

    #[test]
    fn what_is_switched_off_is_named_with_what_it_leaves_out() {
        let license = ServiceLicense {
            licensed: Figure::known(20),
            enabled: vec![
                ("Managed Users - By Template".to_owned(), false),
                ("Managed Robots".to_owned(), false),
            ],
            settings_level: Some("2".to_owned()),
            ..license()
        };
        let expected = [
            Reason::Off { factor: Factor::LifeCycle, count: Figure::known(4) },
            Reason::UnknownSwitch { name: "Managed Robots".to_owned(), is_on: false },
            Reason::SettingsLevel("2".to_owned()),
        ];
        assert_eq!(given(&license), expected);
    }

    #[test]
    fn the_vendors_own_example_has_more_licensed_than_monitored() {
        let license = ServiceLicense {
            monitored: Figure::known(20),
            last_update_s: Some(NOW_S - STALE_AFTER_S - 1),
            ..license()
        };
        let expected = [
            Reason::MoreThanMonitored { licensed: 24, monitored: 20 },
            Reason::Old { age_s: STALE_AFTER_S + 1 },
        ];
        assert_eq!(given(&license), expected);
    }

    #[test]
    fn a_sum_that_differs_and_a_time_that_is_missing_are_told() {
        let license = ServiceLicense {
            licensed: Figure::known(27),
            last_update_s: None,
            settings_level: None,
            ..license()
        };
        assert_eq!(given(&license), [Reason::SumOff { expected: 24, found: 27 }, Reason::NoTime]);
    }
}
