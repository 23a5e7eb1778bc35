//! How users are sorted.

use std::cmp::Ordering;

use super::wanted::Required;
use crate::axl::{LicenseType, UserRow, UserTable};
use crate::view::{compare, name_key};

/// An order of users. What is unknown comes last in both directions; users who are equal stay as
/// they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorted {
    pub by: By,
    pub descending: bool,
}

/// What users are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Names are compared without regard to case and accents, numbers in them by their value; an
    /// empty one is unknown.
    UserId,
    FirstName,
    LastName,
    /// From none over the least type to the most; of types not known here, by name.
    License,
    Used,
    Devices,
    /// No before yes.
    Snr,
    Em,
}

/// What is unknown.
const UNKNOWN: u64 = u64::MAX;

impl Sorted {
    /// A number that stands for what a user is compared by: a lesser one comes first.
    pub(super) fn key(self, user: &UserRow<'_>) -> u64 {
        let flag = |flag: Option<bool>| flag.map(u64::from);
        let count = |count: Option<i64>| count.and_then(|count| u64::try_from(count).ok());
        let known = match self.by {
            By::UserId | By::FirstName | By::LastName => {
                let name = self.name(user);
                (!name.is_empty()).then(|| name_key(name))
            }
            By::License => rank(&Required::of(user)),
            By::Used => count(user.license_used.get()),
            By::Devices => count(user.device_count.get()),
            By::Snr => flag(user.snr),
            By::Em => flag(user.em),
        };
        // Names begin with a byte of 0x80 at most, so that there is room for both.
        known.map_or(UNKNOWN, |key| if self.descending { UNKNOWN - 1 - key } else { key })
    }

    /// Where the numbers of two users are the same.
    pub(super) fn finer(self, users: &UserTable, a: u32, b: u32) -> Ordering {
        let by_name = match self.by {
            By::UserId | By::FirstName | By::LastName => true,
            By::License => false,
            By::Used | By::Devices | By::Snr | By::Em => return a.cmp(&b),
        };
        let (left, right) = (users.user(a as usize), users.user(b as usize));
        let (left, right) = if by_name {
            (self.name(&left), self.name(&right))
        } else {
            (other(&left), other(&right))
        };
        let order = match (left.is_empty(), right.is_empty()) {
            (false, false) if self.descending => compare(right, left),
            (false, false) => compare(left, right),
            (left, right) => left.cmp(&right),
        };
        order.then(a.cmp(&b))
    }

    fn name<'a>(self, user: &UserRow<'a>) -> &'a str {
        match self.by {
            By::FirstName => user.first_name,
            By::LastName => user.last_name,
            _ => user.user_id,
        }
    }
}

/// None for what is unknown.
fn rank(required: &Required) -> Option<u64> {
    match required {
        Required::Nothing => Some(0),
        Required::Untold => None,
        Required::Type(license_type) => Some(match license_type {
            LicenseType::Essential => 1,
            LicenseType::Basic => 2,
            LicenseType::Enhanced => 3,
            LicenseType::EnhancedPlus => 4,
            LicenseType::Cuwl => 5,
            LicenseType::TelePresenceRoom => 6,
            LicenseType::Other(_) => 7,
            LicenseType::Unnamed => 8,
        }),
    }
}

/// The name of a type that is not known here.
fn other<'a>(user: &UserRow<'a>) -> &'a str {
    match user.license_type {
        Some(LicenseType::Other(name)) => name,
        _ => "",
    }
}
