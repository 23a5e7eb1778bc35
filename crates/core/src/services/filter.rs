//! Which services a person wants to see.

use super::{Outlook, Service};
use crate::estate::Uuid;
use crate::insight::{Mark, Marks};
use crate::live_platform::LicenseType;
use crate::view::{Needle, decode, encode};

/// More than a person types; in bytes.
const MOST_TEXT: usize = 1_000;
/// A service of which no type was sent, in addresses.
const NO_TYPE: &str = "none";

/// What a service must be to be shown: all that is set. Its text in addresses is made by
/// [`to_query`](Self::to_query).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Every word is in the full or in the short name; or the whole is the service's id or that of
    /// its tenant at Microsoft.
    pub text: String,
    pub license_type: Option<LicenseType>,
    /// At least one of these marks.
    pub marks: Marks,
    /// Only those of which a factor is switched off.
    pub factor_off: bool,
}

impl Filter {
    /// Whether it lets every service pass.
    pub fn is_empty(&self) -> bool {
        Needle::new(&self.text).is_empty()
            && self.license_type.is_none()
            && self.marks.is_empty()
            && !self.factor_off
    }

    /// The services it leaves, by their places.
    pub(super) fn find(&self, services: &[Service], outlook: Outlook) -> Vec<usize> {
        let needle = Needle::new(&self.text);
        let id = Uuid::parse(self.text.trim());
        let fits = |service: &Service| {
            let customer = &service.customer;
            let has_text = needle.is_empty()
                || needle.is_in(&customer.display_name())
                || needle.is_in(&customer.short_name)
                || (id.is_some() && (id == customer.guid || id == customer.microsoft_tenant));
            has_text
                && self.license_type.is_none_or(|wanted| wanted == customer.license_type)
                && (self.marks.is_empty() || !service.marks(outlook).shared(self.marks).is_empty())
                && (!self.factor_off || service.has_factor_off())
        };
        (0..services.len()).filter(|&at| fits(&services[at])).collect()
    }

    /// Its text for an address, without `?`; empty for a filter without conditions.
    pub fn to_query(&self) -> String {
        let mut parts = Vec::new();
        if !self.text.is_empty() {
            parts.push(format!("q={}", encode(&self.text)));
        }
        if let Some(LicenseType(number)) = self.license_type {
            let number = number.map_or_else(|| NO_TYPE.to_owned(), |number| number.to_string());
            parts.push(format!("type={number}"));
        }
        if !self.marks.is_empty() {
            let marks = Mark::ALL.into_iter().filter(|mark| self.marks.contains(*mark));
            parts.push(format!("find={}", marks.map(Mark::key).collect::<Vec<_>>().join(",")));
        }
        if self.factor_off {
            parts.push("factor=off".to_owned());
        }
        parts.join("&")
    }

    /// The filter of an address. What is no condition is left out.
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for part in query.split('&') {
            let Some((key, value)) = part.split_once('=') else { continue };
            let value = decode(value);
            match key {
                "q" => value[..value.floor_char_boundary(MOST_TEXT)].clone_into(&mut filter.text),
                "type" if value == NO_TYPE => filter.license_type = Some(LicenseType(None)),
                "type" => {
                    filter.license_type = value.parse().ok().map(|n| LicenseType(Some(n)));
                }
                "find" => filter.marks = value.split(',').filter_map(Mark::from_key).collect(),
                "factor" => filter.factor_off = value == "off",
                _ => {}
            }
        }
        filter
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_filter_comes_back_from_its_address(
            text in "[a-z&=+%# é]{0,8}|\\PC{0,20}",
            number in prop::option::of(prop::option::of(-3_i64..12)),
            marks in prop::collection::vec(prop::sample::select(Mark::ALL.to_vec()), 0..4),
            factor_off: bool,
        ) {
            let (license_type, marks) = (number.map(LicenseType), marks.into_iter().collect());
            let filter = Filter { text, license_type, marks, factor_off };
            let query = filter.to_query();
            prop_assert!(query.is_ascii() && !query.contains([' ', '#', '?', '"', '<']), "{}", query);
            prop_assert_eq!(Filter::from_query(&query), filter);
        }

        #[test]
        fn no_address_breaks_it(query in "(q|type|find|factor|x)?=?[a-z%&=:.,0-9-]{0,30}|\\PC*") {
            let filter = Filter::from_query(&query);
            prop_assert_eq!(Filter::from_query(&filter.to_query()), filter);
        }
    }

    #[test]
    fn addresses_are_ones_that_people_can_read_and_write() {
        let query = "q=harbor%20bank&type=5&find=over,sums&factor=off";
        assert_eq!(Filter::from_query(query).to_query(), query);
        let typed = "factor=off&find=sums,what,over&type=5&q=harbor+bank&sort=name&q";
        assert_eq!(Filter::from_query(typed).to_query(), query);
        assert_eq!(Filter::from_query("type=OC%20Pro"), Filter::default());
        assert_eq!(Filter::default().to_query(), "");
    }
}
