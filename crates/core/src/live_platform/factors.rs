//! By what a service's users count as licensed.

use crate::estate::Figure;
use crate::words::{later, tr};

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

impl Factor {
    /// Its place in the order by which each user counts once, from 1. A service is one of Direct
    /// Routing or of Operator Connect, so that these two share theirs.
    pub fn priority(self) -> u8 {
        match self {
            Self::DirectRouting | Self::OperatorConnect => 1,
            Self::LifeCycle => 2,
            Self::UserInterface => 3,
            Self::ServiceNumbers => 4,
        }
    }

    /// Whether a service provider can leave it out, for all services or for one.
    pub fn can_be_switched(self) -> bool {
        !matches!(self, Self::DirectRouting | Self::OperatorConnect)
    }

    /// Its name where there is little room, in English; [`said`](crate::words::said) has it in others.
    pub fn short(self) -> &'static str {
        match self {
            Self::DirectRouting => "Direct Routing",
            Self::OperatorConnect => "Operator Connect",
            Self::LifeCycle => "LifeCycle Management",
            Self::UserInterface => later("User interface"),
            Self::ServiceNumbers => later("Service numbers"),
        }
    }

    /// Another name that the vendor has for it.
    pub fn also_called(self) -> Option<&'static str> {
        (self == Self::LifeCycle).then_some("By Template")
    }

    /// Who falls under it, after the vendor's pages "Managing User Licenses" and "Get License Info
    /// for Service".
    pub fn meaning(self) -> &'static str {
        match self {
            Self::DirectRouting => tr(
                "Users with a Direct Routing number: told by the PSTN gateway that matches, or by \
                 the voice routing policy \"Unrestricted\".",
            ),
            Self::OperatorConnect => {
                tr("Users with an Operator Connect number, assigned in the Teams admin center: \
                 UserAssigned, ConferenceAssigned, VoiceApplicationAssigned or \
                 ThirdPartyAppAssigned.")
            }
            Self::LifeCycle => {
                tr("Users that a Microsoft 365 template manages, by their security group.")
            }
            Self::UserInterface => tr("Users whose properties somebody edited in the portal."),
            Self::ServiceNumbers => tr(
                "Numbers, not users: loaded with another dial plan tag than the SIP connections \
                 have, such as for fax, auto attendants and emergency calls.",
            ),
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

    #[test]
    fn factors_are_listed_in_the_order_of_their_priority() {
        assert!(Factor::ALL.is_sorted_by_key(|factor| factor.priority()));
        for factor in Factor::ALL {
            assert_eq!(factor.can_be_switched(), factor.priority() > 1);
            assert!(factor.also_called().is_none_or(|name| Factor::of(name) == Some(factor)));
        }
    }
}
