//! The integers by which Live Platform names what a service has bought.

use std::fmt;

use crate::say;
use crate::words::tr;

/// The license of a service, as the vendor's integer; none when it was not sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LicenseType(pub Option<i64>);

/// Where the name of a [`LicenseType`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The vendor's page "Upgrade or Downgrade Service License" names it.
    Documented,
    /// What is left when the documented ones are taken away.
    Inferred,
    /// No name is known.
    None,
}

impl LicenseType {
    /// Of which only service numbers count.
    pub const HOSTED_ESSENTIALS: Self = Self(Some(0));

    fn known(self) -> Option<(&'static str, Evidence)> {
        Some(match self.0? {
            0 => ("Hosted Essentials", Evidence::Inferred),
            1 => ("Hosted Essentials Plus", Evidence::Documented),
            2 => ("Hosted Pro", Evidence::Documented),
            3 => ("OC Essentials", Evidence::Inferred),
            4 => ("OC Essentials Plus", Evidence::Documented),
            5 => ("OC Pro", Evidence::Documented),
            _ => return None,
        })
    }

    /// The same for people, in the language that is spoken; products are called as their vendor does.
    pub fn label(self) -> String {
        match (self.known(), self.0) {
            (Some((name, _)), _) => name.to_owned(),
            (None, Some(number)) => say!("type {number}", number = number.to_string()),
            (None, None) => tr("unknown").to_owned(),
        }
    }

    /// The product's name, "type 9" for an integer without one, "unknown" when none was sent.
    pub fn name(self) -> String {
        match (self.known(), self.0) {
            (Some((name, _)), _) => name.to_owned(),
            (None, Some(number)) => format!("type {number}"),
            (None, None) => "unknown".to_owned(),
        }
    }

    pub fn evidence(self) -> Evidence {
        self.known().map_or(Evidence::None, |(_, evidence)| evidence)
    }
}

impl fmt::Display for LicenseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documented_and_inferred_numbers_have_product_names() {
        assert_eq!(LicenseType(Some(1)).name(), "Hosted Essentials Plus");
        assert_eq!(LicenseType(Some(1)).evidence(), Evidence::Documented);
        assert_eq!(LicenseType(Some(0)).name(), "Hosted Essentials");
        assert_eq!(LicenseType(Some(0)).evidence(), Evidence::Inferred);
        assert_eq!(LicenseType(Some(9)).name(), "type 9");
        assert_eq!(LicenseType(Some(-1)).evidence(), Evidence::None);
        assert_eq!(LicenseType(None).name(), "unknown");
    }
}
