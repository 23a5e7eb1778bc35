//! What a node is.

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

    /// The word for one of it, in lower case.
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
