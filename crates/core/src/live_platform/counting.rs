//! How the count of a service comes about: factor by factor.

use super::{Factor, ServiceLicense};
use crate::estate::Figure;

/// Whether a factor's users and numbers take licenses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// The vendor lets nobody switch it.
    Always,
    On,
    /// Switched off, for all services or for this one: configured, but not counted.
    Off,
    /// The reply does not say; it counts unless the reply says otherwise.
    NotSaid,
}

/// One factor of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub factor: Factor,
    /// Users or numbers that fall under it: the vendor's page shows this in parentheses.
    pub configured: Figure,
    pub switch: Switch,
}

impl Part {
    pub fn is_counted(&self) -> bool {
        self.switch != Switch::Off
    }

    /// Those of them that take licenses: all, or none where it is switched off.
    pub fn counted(&self) -> Figure {
        if self.is_counted() { self.configured } else { Figure::known(0) }
    }
}

impl ServiceLicense {
    /// Whether a factor's users and numbers take licenses. Named twice, "off" is believed.
    pub fn switch(&self, factor: Factor) -> Switch {
        let named = || self.enabled.iter().filter(|(name, _)| Factor::of(name) == Some(factor));
        match named().next() {
            Some(_) if named().any(|(_, is_on)| !is_on) => Switch::Off,
            Some(_) => Switch::On,
            None if factor.can_be_switched() => Switch::NotSaid,
            None => Switch::Always,
        }
    }

    /// The factors in the order of their priority.
    pub fn parts(&self) -> [Part; 5] {
        Factor::ALL.map(|factor| Part {
            factor,
            configured: self.factors.of(factor),
            switch: self.switch(factor),
        })
    }

    pub fn has_factor_off(&self) -> bool {
        self.parts().iter().any(|part| !part.is_counted())
    }

    /// Users and numbers of the factors that are switched off; unknown as soon as one of these is.
    pub fn not_counted(&self) -> Figure {
        let off = self.parts().into_iter().filter(|part| !part.is_counted());
        off.fold(Figure::known(0), |sum, part| sum.plus(part.configured))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live_platform::Factors;

    fn license(enabled: &[(&str, bool)]) -> ServiceLicense {
        ServiceLicense {
            factors: Factors {
                direct_routing: Figure::known(6),
                operator_connect: Figure::known(2),
                life_cycle: Figure::known(4),
                user_interface: Figure::UNKNOWN,
                service_numbers: Figure::known(2),
            },
            enabled: enabled.iter().map(|(name, on)| ((*name).to_owned(), *on)).collect(),
            ..ServiceLicense::default()
        }
    }

    #[test]
    fn a_factor_that_is_off_is_configured_and_not_counted() {
        let license =
            license(&[("Managed Users - By Template", false), ("Managed Service Numbers", true)]);
        let parts = license.parts().map(|part| (part.switch, part.configured, part.counted()));
        let known = Figure::known;
        let expected = [
            (Switch::Always, known(6), known(6)),
            (Switch::Always, known(2), known(2)),
            (Switch::Off, known(4), known(0)),
            (Switch::NotSaid, Figure::UNKNOWN, Figure::UNKNOWN),
            (Switch::On, known(2), known(2)),
        ];
        assert_eq!(parts, expected);
        assert_eq!(license.not_counted(), known(4));
        assert!(license.has_factor_off());
    }

    #[test]
    fn what_is_not_counted_is_unknown_as_soon_as_a_part_of_it_is() {
        let off = license(&[
            ("Managed Users - By User Interface", false),
            ("Managed Service Numbers", false),
        ]);
        assert_eq!(off.not_counted(), Figure::UNKNOWN);
        assert_eq!(license(&[]).not_counted(), Figure::known(0));
    }

    #[test]
    fn under_two_names_of_one_factor_off_is_believed() {
        let license = license(&[
            ("Managed Users - By LifeCycle Management", true),
            ("Managed Users - By Template", false),
        ]);
        assert_eq!(license.switch(Factor::LifeCycle), Switch::Off);
        assert!(!license.is_counted(Factor::LifeCycle));
    }
}
