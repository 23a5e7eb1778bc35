//! By what a service's users count as licensed.

use crate::estate::Figure;

/// One reason for which a user or number takes a license; each user counts under the first of
/// these that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    DirectRouting,
    OperatorConnect,
    /// "By Template" in older versions.
    LifeCycle,
    UserInterface,
    ServiceNumbers,
}

impl Factor {
    pub const ALL: [Self; 5] = [
        Self::DirectRouting,
        Self::OperatorConnect,
        Self::LifeCycle,
        Self::UserInterface,
        Self::ServiceNumbers,
    ];

    /// The factor of a name in `LicenseFactors`, old or new, whatever its case and punctuation.
    pub fn of(name: &str) -> Option<Self> {
        let letters: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        Some(match letters.as_str() {
            l if l.ends_with("directrouting") => Self::DirectRouting,
            l if l.ends_with("operatorconnect") => Self::OperatorConnect,
            l if l.ends_with("template") || l.contains("lifecycle") => Self::LifeCycle,
            l if l.ends_with("userinterface") => Self::UserInterface,
            l if l.ends_with("servicenumbers") => Self::ServiceNumbers,
            _ => return None,
        })
    }

    /// The vendor's current name.
    pub fn name(self) -> &'static str {
        match self {
            Self::DirectRouting => "Managed Users - Direct Routing",
            Self::OperatorConnect => "Managed Users - Operator Connect",
            Self::LifeCycle => "Managed Users - By LifeCycle Management",
            Self::UserInterface => "Managed Users - By User Interface",
            Self::ServiceNumbers => "Managed Service Numbers",
        }
    }
}

/// How many users or numbers fall under each [`Factor`], counted as licensed or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    pub direct_routing: Figure,
    pub operator_connect: Figure,
    pub life_cycle: Figure,
    pub user_interface: Figure,
    pub service_numbers: Figure,
}

impl Factors {
    pub fn of(&self, factor: Factor) -> Figure {
        match factor {
            Factor::DirectRouting => self.direct_routing,
            Factor::OperatorConnect => self.operator_connect,
            Factor::LifeCycle => self.life_cycle,
            Factor::UserInterface => self.user_interface,
            Factor::ServiceNumbers => self.service_numbers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Factor;

    #[test]
    fn old_and_new_names_mean_the_same_factor() {
        assert_eq!(Factor::of("Managed Users - By Template"), Some(Factor::LifeCycle));
        assert_eq!(Factor::of("managedUsersByTemplate"), Some(Factor::LifeCycle));
        for factor in Factor::ALL {
            assert_eq!(Factor::of(factor.name()), Some(factor));
        }
        assert_eq!(Factor::of("Managed Robots"), None);
    }
}
