//! How many services there are of each kind.

use super::{Licenses, Outlook, Service};
use crate::insight::{Mark, Marks};
use crate::live_platform::LicenseType;

/// How many services there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    pub services: usize,
    pub reading: usize,
    pub read: usize,
    /// Those that no license was applied to yet.
    pub none_yet: usize,
    pub factor_off: usize,
    marks: [usize; Mark::ALL.len()],
    /// The types there are, from the smallest product; one that was not sent comes last.
    pub types: Vec<(LicenseType, usize)>,
}

impl Census {
    pub fn of<'a>(services: impl IntoIterator<Item = &'a Service>, outlook: Outlook) -> Self {
        let mut census = Self::default();
        for service in services {
            census.services += 1;
            match service.licenses {
                Licenses::Reading => census.reading += 1,
                Licenses::NoneYet => census.none_yet += 1,
                Licenses::Read(_) => census.read += 1,
                Licenses::Failed(_) => {}
            }
            census.factor_off += usize::from(service.has_factor_off());
            census.add_marks(service.marks(outlook));
            census.add_type(service.customer.license_type);
        }
        census.types.sort_by_key(|(license_type, _)| (license_type.0.is_none(), license_type.0));
        census
    }

    fn add_marks(&mut self, marks: Marks) {
        for (count, mark) in self.marks.iter_mut().zip(Mark::ALL) {
            *count += usize::from(marks.contains(mark));
        }
    }

    fn add_type(&mut self, license_type: LicenseType) {
        match self.types.iter_mut().find(|(known, _)| *known == license_type) {
            Some((_, count)) => *count += 1,
            None => self.types.push((license_type, 1)),
        }
    }

    /// How many have a mark.
    pub fn marked(&self, mark: Mark) -> usize {
        let counts = self.marks.iter().zip(Mark::ALL);
        counts.filter(|(_, known)| *known == mark).map(|(count, _)| *count).sum()
    }
}
