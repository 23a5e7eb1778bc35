//! Enabling a user.

use std::fmt::Write as _;

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::license_capabilities::CapabilitiesKey;
use super::{Api, Credentials, Outcome, Version, reading};

const DOING: &str = later("changing the license capabilities of a user");

/// Changes what a user is enabled for: [`updateLicenseCapabilities`][vendor], schemas 8.5 to 9.1.
///
/// - Role: [`Access::Write`](crate::axl::Access::Write).
/// - Errors: as [`GetLicenseCapabilities`](super::GetLicenseCapabilities);
///   [`Malformed`](crate::Problem::Malformed) when the answer is neither yes nor no.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
/// use legacy::{CapabilitiesKey, CapabilityChange, UpdateLicenseCapabilities};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let ada = CapabilitiesKey::UserId("ada".into());
/// let version = Version::parse("8.5").unwrap();
/// let off = CapabilityChange { presence: Some(false), ..CapabilityChange::default() };
/// let update = UpdateLicenseCapabilities::new(&api, &credentials, version, ada, off);
/// let sent = update.request().body.unwrap();
/// assert!(sent.contains("<userid>ada</userid><enableUps>false</enableUps></ns:"));
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:updateLicenseCapabilitiesResponse xmlns:n='http://www.cisco.com/AXL/API/8.5'>\
/// #   <return>true</return></n:updateLicenseCapabilitiesResponse></s:Body></s:Envelope>";
/// assert_eq!(update.decode(&Reply::new(200, body)), Ok(Outcome::Done));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113
#[derive(Clone, Debug)]
pub struct UpdateLicenseCapabilities {
    call: Call,
    key: CapabilitiesKey,
    change: CapabilityChange,
}

/// What to change; what is none stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CapabilityChange {
    /// Cisco Unified Presence (`enableUps`).
    pub presence: Option<bool>,
    /// Cisco Unified Personal Communicator (`enableUpc`).
    pub personal_communicator: Option<bool>,
}

impl UpdateLicenseCapabilities {
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        key: CapabilitiesKey,
        change: CapabilityChange,
    ) -> Self {
        Self { call: Call::new(api, credentials, version), key, change }
    }
}

impl Operation for UpdateLicenseCapabilities {
    type Output = Outcome;

    fn request(&self) -> Request {
        let mut children = self.key.xml();
        for (name, value) in
            [("enableUps", self.change.presence), ("enableUpc", self.change.personal_communicator)]
        {
            if let Some(value) = value {
                // Writing to a String cannot fail.
                let _ = write!(children, "<{name}>{value}</{name}>");
            }
        }
        self.call.request("updateLicenseCapabilities", &children)
    }

    fn decode(&self, reply: &Reply) -> Result<Outcome, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "updateLicenseCapabilitiesResponse", Outcome::read)
    }
}
