//! What services are sorted by.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::{Outlook, Service};
use crate::estate::Figure;
use crate::live_platform::ServiceLicense;
use crate::view::compare;

/// A column of the list of services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Without regard to case and accents, numbers by their value.
    Name,
    /// From the smallest product to the largest, then those without a name, by number.
    Type,
    Acquired,
    Licensed,
    /// Acquired − licensed.
    Available,
    /// Licensed ÷ acquired.
    Utilization,
    /// Users and numbers of the factors that are switched off.
    NotCounted,
    Monitored,
    /// How long ago the platform counted.
    Age,
    /// How much a service needs to be looked at.
    Severity,
}

/// An order of services. What is unknown comes last in both directions; rows that are equal stay as
/// they came. Its text, `licensed.desc`, names it in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: Column,
    pub descending: bool,
}

impl Column {
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Type,
        Self::Acquired,
        Self::Licensed,
        Self::Available,
        Self::Utilization,
        Self::NotCounted,
        Self::Monitored,
        Self::Age,
        Self::Severity,
    ];

    /// Its name in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Type => "type",
            Self::Acquired => "acquired",
            Self::Licensed => "licensed",
            Self::Available => "available",
            Self::Utilization => "utilization",
            Self::NotCounted => "notCounted",
            Self::Monitored => "monitored",
            Self::Age => "age",
            Self::Severity => "severity",
        }
    }

    /// What a service is compared by; none where it is unknown.
    pub(super) fn value(self, service: &Service, outlook: Outlook) -> Option<Value> {
        let figure = |figure: fn(&ServiceLicense) -> Figure| {
            service.license().and_then(|license| figure(license).get()).map(Value::Number)
        };
        match self {
            Self::Name => Some(Value::Name(service.customer.display_name())),
            Self::Type => service.customer.license_type.0.map(Value::Number),
            Self::Acquired => figure(|license| license.acquired),
            Self::Licensed => figure(|license| license.licensed),
            Self::Available => figure(ServiceLicense::available),
            Self::NotCounted => figure(ServiceLicense::not_counted),
            Self::Monitored => figure(|license| license.monitored),
            Self::Utilization => {
                let license = service.license()?;
                let (licensed, acquired) = (license.licensed.get()?, license.acquired.get()?);
                (acquired > 0).then_some(Value::Share(licensed, acquired))
            }
            Self::Age => service.license()?.age_s(outlook.now_s).map(Value::Number),
            Self::Severity => Some(Value::Number(service.marks(outlook).severity().into())),
        }
    }
}

/// What a service is compared by. Values of one column are of one kind.
pub(super) enum Value {
    Name(String),
    Number(i64),
    /// One number divided by another, which is more than 0.
    Share(i64, i64),
}

impl Value {
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Name(a), Self::Name(b)) => compare(a, b),
            (Self::Number(a), Self::Number(b)) => a.cmp(b),
            // In whole numbers: a half is a half, whatever a float says.
            (Self::Share(a, of_a), Self::Share(b, of_b)) => {
                (i128::from(*a) * i128::from(*of_b)).cmp(&(i128::from(*b) * i128::from(*of_a)))
            }
            _ => Ordering::Equal,
        }
    }
}

const DESCENDING: &str = ".desc";

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.by.key())?;
        f.write_str(if self.descending { DESCENDING } else { "" })
    }
}

/// A text that names no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoColumn;

impl FromStr for Sort {
    type Err = NoColumn;

    fn from_str(text: &str) -> Result<Self, NoColumn> {
        let ascending = text.strip_suffix(DESCENDING);
        let key = ascending.unwrap_or(text);
        let by = Column::ALL.into_iter().find(|column| column.key() == key).ok_or(NoColumn)?;
        Ok(Self { by, descending: ascending.is_some() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sort_is_named_by_its_column_and_its_direction() {
        for by in Column::ALL {
            for descending in [false, true] {
                let sort = Sort { by, descending };
                assert_eq!(sort.to_string().parse(), Ok(sort));
            }
        }
        for text in ["", ".desc", "names", "name.asc"] {
            assert_eq!(text.parse::<Sort>(), Err(NoColumn), "{text}");
        }
    }
}
