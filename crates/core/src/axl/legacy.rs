//! The operations of the schemas before 10.0, where licenses were counted in units.
//!
//! [Cisco][thread] on releases from 9.0, which moved licenses into Enterprise License Manager:
//! these "may be accepted, but may return invalid/empty results".
//!
//! [thread]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113

mod get_license_capabilities;
mod get_license_unit_report;
mod license_capabilities;
mod list_license_capabilities;
mod update_license_capabilities;

pub use get_license_capabilities::GetLicenseCapabilities;
pub use get_license_unit_report::{
    GetLicenseUnitReport, LicenseUnitReport, SoftwareLicense, Units,
};
pub use license_capabilities::{CapabilitiesKey, LicenseCapabilities};
pub use list_license_capabilities::ListLicenseCapabilities;
pub use update_license_capabilities::{CapabilityChange, UpdateLicenseCapabilities};

use super::{
    Api, Credentials, Outcome, Page, Source, Version, call, complaints, reading, request, value,
    xml,
};
