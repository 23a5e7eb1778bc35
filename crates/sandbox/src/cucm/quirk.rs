//! What some clusters do and others do not, switched on one by one.

use clap::ValueEnum;

/// A quirk seen at some clusters, or allowed by what Cisco writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Quirk {
    /// `getSmartLicenseStatus` answers with `<return>`, as its schema says and real ones do not.
    SmartReturn,
    /// The suggestion of a smaller page says "Suggested", as the prose of Cisco's guide does.
    SuggestedWording,
    /// `listLicensedUser` leaves `emEnabled` out though it was asked for.
    NoEm,
    /// Fields come in another order than the schema's.
    FieldOrder,
    /// Text that needs escaping comes as CDATA.
    Cdata,
    /// Users are added while pages are read, so that each page begins with the last row of the
    /// one before.
    ChangingUsers,
}

/// What Smart Licensing has to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SmartState {
    #[default]
    Registered,
    OutOfCompliance,
    Evaluation,
    Unregistered,
}
