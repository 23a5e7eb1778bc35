//! The tables there are, and their columns.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::cucm::release::Release;
use crate::world::cluster::Cluster;
use crate::world::users::{License, User};

/// A table, or a function that makes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// What users use of licenses; one row for each who uses something. Since 9.0.
    LicensingResourceUsage,
    EndUser,
    /// Required licenses by type. Since 9.0.
    LicenseTotals,
}

/// The number of characters that names of license types fill.
const NAME_WIDTH: usize = 17;

impl Table {
    pub fn of(name: &str, release: Release) -> Option<Self> {
        match name {
            "licensingresourceusage" => {
                release.licenses_users().then_some(Self::LicensingResourceUsage)
            }
            "enduser" => Some(Self::EndUser),
            _ => None,
        }
    }

    pub fn of_function(name: &str, release: Release) -> Option<Self> {
        (name == "licensetotals" && release.licenses_users()).then_some(Self::LicenseTotals)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::LicensingResourceUsage => "licensingresourceusage",
            Self::EndUser => "enduser",
            Self::LicenseTotals => "licensetotals",
        }
    }

    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::LicensingResourceUsage => &["pkid", "fkenduser", "em", "snr", "tin"],
            Self::EndUser => &["pkid", "userid", "firstname", "middlename", "lastname"],
            // The statement names them; this is what they are.
            Self::LicenseTotals => &["pkid", "name", "value", "uservalue", "devicevalue"],
        }
    }

    /// The numbers of its rows.
    pub fn rows(self, cluster: &Cluster) -> Vec<usize> {
        match self {
            Self::LicenseTotals => (0..License::ALL.len()).collect(),
            Self::EndUser => (0..cluster.users.len()).collect(),
            Self::LicensingResourceUsage => {
                let used = |user: &User| {
                    user.devices > 0 || user.single_number_reach || user.extension_mobility
                };
                (0..cluster.users.len()).filter(|row| used(&cluster.users[*row])).collect()
            }
        }
    }

    /// A value; what is missing is empty.
    pub fn value(self, cluster: &Cluster, row: usize, column: usize) -> Cow<'_, str> {
        match self {
            Self::EndUser => {
                let user = &cluster.users[row];
                match column {
                    0 => key(&user.uuid).into(),
                    1 => Cow::from(&user.user_id),
                    2 => user.first_name.as_deref().unwrap_or_default().into(),
                    4 => Cow::from(&user.last_name),
                    _ => "".into(),
                }
            }
            Self::LicensingResourceUsage => {
                let user = &cluster.users[row];
                match column {
                    0 => key(&user.uuid).chars().map(mirrored).collect::<String>().into(),
                    1 => key(&user.uuid).into(),
                    2 => truth(user.extension_mobility).into(),
                    3 => truth(user.single_number_reach).into(),
                    // No manual says what it counts; the number of owned devices is assumed.
                    _ => user.devices.to_string().into(),
                }
            }
            Self::LicenseTotals => {
                let license = License::ALL[row];
                let required = cluster.required(license);
                match column {
                    0 => format!("00000000-0000-0000-0000-{row:012}").into(),
                    1 => format!("{:NAME_WIDTH$}", license.column_name()).into(),
                    2 => required.total().to_string().into(),
                    3 => required.by_users.to_string().into(),
                    _ => required.by_devices.to_string().into(),
                }
            }
        }
    }

    /// The order of two values of a column: numbers as numbers.
    pub fn compare(self, column: usize, a: &str, b: &str) -> Ordering {
        let numeric = matches!((self, column), (Self::LicensingResourceUsage, 4))
            || (self == Self::LicenseTotals && column >= 2);
        if numeric { a.parse::<u64>().ok().cmp(&b.parse::<u64>().ok()) } else { a.cmp(b) }
    }
}

/// Keys are in lower case and without braces in the database.
fn key(uuid: &str) -> String {
    uuid.trim_matches(['{', '}']).to_lowercase()
}

/// Makes another key of one.
fn mirrored(digit: char) -> char {
    digit.to_digit(16).and_then(|number| char::from_digit(15 - number, 16)).unwrap_or(digit)
}

fn truth(value: bool) -> &'static str {
    if value { "t" } else { "f" }
}
