//! What a cluster can tell, and why not.

use super::{Spoken, Version};
use crate::say;
use crate::words::tr;

/// Something to know about a cluster's licenses, or to do about them.
///
/// Operations came and went with the versions of the schema (its `AXLAPI.wsdl` lists them; 9.0
/// was not seen and is taken to be as 9.1), and releases 9.0 to 10.0 answer the licensing
/// requests with [nothing useful][thread].
///
/// ```
/// use seatree_core::axl::{Answer, Capability, Spoken, Version};
///
/// let old = Spoken::new(Version::parse("10.0").unwrap(), "10.0.1.11900-2");
/// let Answer::NotAvailable { reason, instead } = Capability::ListUsers.on(&old) else { panic!() };
/// assert_eq!(reason, "CUCM 10.0 has no operation for this; it came with 11.0.");
/// assert!(instead.contains("SQL"));
/// assert!(Capability::TotalsBySql.on(&old).is_available());
/// ```
///
/// [thread]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Capability {
    /// Which release runs.
    Release,
    /// All users with the license each requires.
    ListUsers,
    /// Extension mobility of the users in that list.
    EmInList,
    /// One user by id or uuid.
    OneUser,
    /// Having the cluster count anew.
    UpdateUsage,
    /// Devices that require a license and belong to nobody.
    UnassignedDevices,
    /// Registration and compliance with Cisco Smart Software Manager.
    SmartStatus,
    /// Totals by license type, from the database.
    TotalsBySql,
    /// What of each user counts for licenses, from the database.
    UsersBySql,
    /// Presence and Personal Communicator enabled per user (before 10.0).
    LicenseCapabilities,
    /// Changing those.
    UpdateLicenseCapabilities,
    /// Device license units authorized, used and remaining (before 9.0).
    LicenseUnits,
}

/// Whether a cluster can tell something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `by` is Cisco's name of the operation, `caveat` what to tell beside the result.
    Available { by: &'static str, caveat: Option<&'static str> },
    /// Why not, and what to do instead; both whole sentences.
    NotAvailable { reason: String, instead: &'static str },
}

/// What an account must be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// "Standard AXL API Users" with "Standard AXL Read Only API Access" (from 11.5), or more.
    Read,
    /// "Standard AXL API Access". Cisco does not say so for each operation; those that change
    /// something are taken to need it.
    Write,
}

impl Answer {
    pub fn is_available(&self) -> bool {
        matches!(self, Self::Available { .. })
    }
}

impl Access {
    /// The roles' names in the cluster's administration.
    pub fn roles(self) -> &'static str {
        match self {
            Self::Read => {
                tr("Standard AXL API Users with Standard AXL Read Only API Access (from 11.5), or \
                 Standard AXL API Access")
            }
            Self::Write => "Standard AXL API Access",
        }
    }
}

impl Capability {
    pub const ALL: [Self; 12] = [
        Self::Release,
        Self::ListUsers,
        Self::EmInList,
        Self::OneUser,
        Self::UpdateUsage,
        Self::UnassignedDevices,
        Self::SmartStatus,
        Self::TotalsBySql,
        Self::UsersBySql,
        Self::LicenseCapabilities,
        Self::UpdateLicenseCapabilities,
        Self::LicenseUnits,
    ];

    /// In a person's words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => tr("Release of the cluster"),
            Self::ListUsers => tr("Users and the licenses they require"),
            Self::EmInList => tr("Extension mobility of each user"),
            Self::OneUser => tr("License of one user"),
            Self::UpdateUsage => tr("Updating the usage now"),
            Self::UnassignedDevices => tr("Devices without an owner"),
            Self::SmartStatus => tr("Smart Licensing status"),
            Self::TotalsBySql => tr("Totals by license type, from the database"),
            Self::UsersBySql => tr("Facts about each user, from the database"),
            Self::LicenseCapabilities => tr("Presence and Personal Communicator per user"),
            Self::UpdateLicenseCapabilities => tr("Changing Presence and Personal Communicator"),
            Self::LicenseUnits => tr("Device license units"),
        }
    }

    /// Cisco's name of the operation.
    pub fn operation(self) -> &'static str {
        match self {
            Self::Release => "getCCMVersion",
            Self::ListUsers | Self::EmInList => "listLicensedUser",
            Self::OneUser => "getLicensedUser",
            Self::UpdateUsage => "doUpdateLicenseUsage",
            Self::UnassignedDevices => "listUnassignedDevice",
            Self::SmartStatus => "getSmartLicenseStatus",
            Self::TotalsBySql | Self::UsersBySql => "executeSQLQuery",
            Self::LicenseCapabilities => "listLicenseCapabilities",
            Self::UpdateLicenseCapabilities => "updateLicenseCapabilities",
            Self::LicenseUnits => "getLicenseUnitReport",
        }
    }

    pub fn access(self) -> Access {
        match self {
            Self::UpdateUsage | Self::UpdateLicenseCapabilities => Access::Write,
            _ => Access::Read,
        }
    }

    /// First and last version that has it. For SQL it is the release that counts, not the schema.
    pub fn versions(self) -> (&'static str, &'static str) {
        match self {
            Self::Release => ("8.5", "15.0"),
            Self::OneUser => ("10.5", "15.0"),
            Self::ListUsers | Self::UpdateUsage | Self::UnassignedDevices => ("11.0", "15.0"),
            Self::EmInList | Self::SmartStatus => ("12.5", "15.0"),
            Self::TotalsBySql | Self::UsersBySql => ("9.0", "15.0"),
            Self::LicenseCapabilities | Self::UpdateLicenseCapabilities | Self::LicenseUnits => {
                ("8.5", "9.1")
            }
        }
    }

    /// Whether a schema version has it; requests for it are valid there.
    pub fn is_in(self, schema: Version) -> bool {
        let (first, last) = self.versions();
        let within = |bound: &str, holds: fn(&Version, &Version) -> bool| {
            Version::parse(bound).is_some_and(|bound| holds(&schema, &bound))
        };
        within(first, Version::ge) && within(last, Version::le)
    }

    /// What a cluster can tell.
    pub fn on(self, cluster: &Spoken) -> Answer {
        let age = cluster.age();
        let by_sql = matches!(self, Self::TotalsBySql | Self::UsersBySql);
        // The database is the release's, whatever the schema.
        let asked_of = if by_sql { age } else { cluster.schema };
        let (first, last) = self.versions();
        let (had, gone) = (Version::parse(first), Version::parse(last));
        if self.is_in(asked_of) && gone.is_some_and(|last| age <= last) {
            return Answer::Available { by: self.operation(), caveat: self.caveat(age) };
        }
        if gone.is_some_and(|last| age > last) {
            let reason = say!(
                "CUCM {age} does not keep this; the operation ended with {last}.",
                age = age.to_string(),
                last
            );
            return Answer::NotAvailable { reason, instead: self.instead(age) };
        }
        if had.is_some_and(|first| age >= first) {
            let reason = say!(
                "This connection speaks version {schema} of AXL, which has no operation for this; \
                 CUCM {age} itself has one.",
                schema = cluster.schema.to_string(),
                age = age.to_string()
            );
            let instead =
                tr("Set the AXL version of this connection to \"automatic\", or to a newer \
                           one that the cluster speaks.");
            return Answer::NotAvailable { reason, instead };
        }
        let reason = say!(
            "CUCM {age} has no operation for this; it came with {first}.",
            age = age.to_string(),
            first
        );
        Answer::NotAvailable { reason, instead: self.instead(age) }
    }

    fn caveat(self, age: Version) -> Option<&'static str> {
        let licenses_left = Version::parse("9.0").is_some_and(|nine| age >= nine);
        match self {
            Self::UpdateUsage => Some(tr(
                "It takes minutes and loads the publisher, which counts by itself every six \
                 hours; the account may not be read-only.",
            )),
            Self::EmInList => Some(tr(
                "Cisco's guide says that replies no longer hold it since 12.5; where it is \
                 missing it is unknown.",
            )),
            Self::SmartStatus => Some(tr(
                "Only the publisher knows it, and counts are what is required, not what is owned.",
            )),
            Self::TotalsBySql => Some(tr(
                "Read from the database by SQL, which Cisco may change with any release; seen on \
                 11.5.",
            )),
            Self::UsersBySql => Some(tr(
                "Read from the database by SQL, which Cisco may change with any release; seen on \
                 9.1. These are the facts that licenses follow from, not the licenses.",
            )),
            Self::LicenseCapabilities | Self::UpdateLicenseCapabilities | Self::LicenseUnits
                if licenses_left =>
            {
                Some(tr("Since 9.0 licenses are kept in Enterprise License Manager, so that the \
                     answer may be empty or mean nothing."))
            }
            _ => None,
        }
    }

    fn instead(self, age: Version) -> &'static str {
        let has_sql = Self::TotalsBySql.is_in(age);
        match self {
            Self::ListUsers | Self::OneUser | Self::UnassignedDevices | Self::UpdateUsage
                if has_sql =>
            {
                tr(
                    "Read totals and users from the database by SQL; the licenses themselves are in \
                 Enterprise or Prime License Manager, which has no API.",
                )
            }
            Self::EmInList if Self::OneUser.is_in(age) => {
                tr("Open one user: getLicensedUser has it for each.")
            }
            Self::EmInList if has_sql => {
                tr("Read the users from the database by SQL, which has it.")
            }
            Self::SmartStatus => tr(
                "This release is licensed through Enterprise or Prime License Manager or license \
                 files; look there.",
            ),
            Self::ListUsers
            | Self::OneUser
            | Self::UnassignedDevices
            | Self::UpdateUsage
            | Self::EmInList
            | Self::TotalsBySql
            | Self::UsersBySql => {
                tr("Read the license units: this release counts devices, not users.")
            }
            Self::LicenseCapabilities | Self::UpdateLicenseCapabilities | Self::LicenseUnits => {
                tr("Read users or totals: licenses follow from users and their devices since 9.0.")
            }
            Self::Release => tr("Update the cluster."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASES: [&str; 11] = [
        "8.5.1", "9.0.1", "9.1.2", "10.0.1", "10.5.2", "11.0.1", "11.5.1", "12.0.1", "12.5.1",
        "14.0.1", "15.0.1",
    ];

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    fn natively(release: &str) -> Spoken {
        Spoken::new(Version::of_release(release).unwrap(), release)
    }

    /// The table of the contract, one letter per release from 8.5 to 15.0.
    #[test]
    fn each_release_can_tell_what_the_table_says() {
        for (capability, table) in [
            (Capability::Release, "YYYYYYYYYYY"),
            (Capability::ListUsers, ".....YYYYYY"),
            (Capability::EmInList, "........YYY"),
            (Capability::OneUser, "....YYYYYYY"),
            (Capability::UpdateUsage, ".....YYYYYY"),
            (Capability::UnassignedDevices, ".....YYYYYY"),
            (Capability::SmartStatus, "........YYY"),
            (Capability::TotalsBySql, ".YYYYYYYYYY"),
            (Capability::UsersBySql, ".YYYYYYYYYY"),
            (Capability::LicenseCapabilities, "YYY........"),
            (Capability::UpdateLicenseCapabilities, "YYY........"),
            (Capability::LicenseUnits, "YYY........"),
        ] {
            let told: String = RELEASES
                .iter()
                .map(|release| match capability.on(&natively(release)) {
                    Answer::Available { .. } => 'Y',
                    Answer::NotAvailable { .. } => '.',
                })
                .collect();
            assert_eq!(told, table, "{capability:?}");
        }
    }

    #[test]
    fn an_old_schema_on_a_newer_release_is_told_apart_from_an_old_release() {
        let old_schema = Spoken::new(version("11.5"), "14.0.1.10000-20");
        assert_eq!(
            Capability::SmartStatus.on(&old_schema),
            Answer::NotAvailable {
                reason: "This connection speaks version 11.5 of AXL, which has no operation for \
                         this; CUCM 14.0 itself has one."
                    .into(),
                instead: "Set the AXL version of this connection to \"automatic\", or to a newer \
                          one that the cluster speaks.",
            }
        );
        assert!(Capability::SmartStatus.on(&Spoken::new(version("12.5"), "15.0.1")).is_available());
        let Answer::NotAvailable { reason, .. } = Capability::SmartStatus.on(&natively("11.5.1"))
        else {
            panic!("no smart licensing before 12.5");
        };
        assert_eq!(reason, "CUCM 11.5 has no operation for this; it came with 12.5.");
    }

    #[test]
    fn an_old_schema_brings_no_units_back_and_does_not_keep_sql_away() {
        let old_schema = Spoken::new(version("9.1"), "11.5.1");
        let Answer::NotAvailable { reason, .. } = Capability::LicenseUnits.on(&old_schema) else {
            panic!("11.5 has no license units");
        };
        assert_eq!(reason, "CUCM 11.5 does not keep this; the operation ended with 9.1.");
        assert!(Capability::TotalsBySql.on(&old_schema).is_available());
        let unknown_release = Spoken::new(version("9.1"), "");
        assert!(Capability::LicenseUnits.on(&unknown_release).is_available());
    }

    #[test]
    fn units_come_with_a_warning_since_9_0_only() {
        let caveat = |release| match Capability::LicenseUnits.on(&natively(release)) {
            Answer::Available { caveat, .. } => caveat,
            Answer::NotAvailable { .. } => panic!("{release}"),
        };
        assert_eq!(caveat("8.5.1"), None);
        assert!(caveat("9.1.2").unwrap().contains("Enterprise License Manager"));
    }

    #[test]
    fn every_answer_is_made_of_whole_sentences() {
        for capability in Capability::ALL {
            assert!(!capability.name().is_empty() && !capability.access().roles().is_empty());
            for schema in Version::all() {
                for release in RELEASES.iter().copied().chain(["", "16.0.1", "7.1.5"]) {
                    let said = match capability.on(&Spoken::new(schema, release)) {
                        Answer::Available { by, caveat } => {
                            assert_eq!(by, capability.operation());
                            vec![caveat.unwrap_or("None.").to_owned()]
                        }
                        Answer::NotAvailable { reason, instead } => {
                            vec![reason, instead.to_owned()]
                        }
                    };
                    for said in said {
                        assert!(said.ends_with('.') && !said.contains("  "), "{said}");
                    }
                }
            }
        }
    }
}
