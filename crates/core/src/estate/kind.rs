//! What a node is.

use crate::words::tr;

/// The kinds of nodes, in the vendors' own terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// One upstream that a user may read.
    Connection,
    Group,
    Distributor,
    Reseller,
    Tenant,
    Subscription,
    /// A customer of a Live Platform.
    Service,
    /// A type of license that users of a CUCM cluster require.
    LicenseType,
}

impl Kind {
    /// From the highest level down.
    pub const ALL: [Self; 8] = [
        Self::Connection,
        Self::Group,
        Self::Distributor,
        Self::Reseller,
        Self::Tenant,
        Self::Subscription,
        Self::Service,
        Self::LicenseType,
    ];

    /// What people call it, in the language that is spoken.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connection => tr("connection"),
            Self::Group => tr("group"),
            Self::Distributor => tr("distributor"),
            Self::Reseller => tr("reseller"),
            Self::Tenant => tr("tenant"),
            Self::Subscription => tr("subscription"),
            Self::Service => tr("service"),
            Self::LicenseType => tr("license type"),
        }
    }

    /// The word that files and programs have for one of it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Group => "group",
            Self::Distributor => "distributor",
            Self::Reseller => "reseller",
            Self::Tenant => "tenant",
            Self::Subscription => "subscription",
            Self::Service => "service",
            Self::LicenseType => "license type",
        }
    }
}
