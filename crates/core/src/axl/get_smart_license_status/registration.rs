//! Whether a cluster is registered.

use super::super::complaints::Complaints;
use super::super::value::words;
use super::super::xml::{Broken, Walk};
use super::letters;

/// The registration with Cisco Smart Software Manager; every field may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    pub status: Option<RegistrationStatus>,
    pub smart_account: Option<String>,
    pub virtual_account: Option<String>,
    /// Dates are texts in the publisher's own time and spelling.
    pub last_renewal_attempt: Option<String>,
    pub next_renewal_attempt: Option<String>,
    pub last_renewal_status: Option<String>,
    pub failed_reason: Option<String>,
    pub expires: Option<String>,
    /// Product and serial number.
    pub product_udi: Option<String>,
    pub export_control: Option<String>,
}

/// The states that Cisco names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationStatus {
    Unregistered,
    Registered,
    Expired,
    /// One not known here, as sent.
    Other(String),
}

impl RegistrationStatus {
    fn of(text: &str) -> Option<Self> {
        let text = words(text)?;
        Some(match letters(&text).as_str() {
            "unregistered" | "notregistered" => Self::Unregistered,
            "registered" => Self::Registered,
            "registrationexpired" | "expired" => Self::Expired,
            _ => Self::Other(text),
        })
    }
}

impl Registration {
    pub(super) fn read(walk: &mut Walk<'_>, complaints: &mut Complaints) -> Result<Self, Broken> {
        let mut read = Self::default();
        let twice = walk.fields(|name, text| {
            let field = match name {
                "Status" => {
                    read.status = RegistrationStatus::of(text);
                    return;
                }
                "SmartAccount" => &mut read.smart_account,
                "VirtualAccount" => &mut read.virtual_account,
                "LastRenewalAttempt" => &mut read.last_renewal_attempt,
                "NextRenewalAttempt" => &mut read.next_renewal_attempt,
                "LastRenewalStatus" => &mut read.last_renewal_status,
                "RegistrationFailedReason" => &mut read.failed_reason,
                "RegistrationExpires" => &mut read.expires,
                "ProductUDI" => &mut read.product_udi,
                "ExportControlFunctionality" => &mut read.export_control,
                _ => return,
            };
            *field = words(text);
        })?;
        complaints.twice(|| "Registration".to_owned(), twice);
        Ok(read)
    }
}
