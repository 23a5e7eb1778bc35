//! What one user was enabled for.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::license_capabilities::{CapabilitiesKey, LicenseCapabilities, TAGS};
use super::{Api, Credentials, Page, Source, Version, reading};

const DOING: &str = later("reading the license capabilities of one user");

/// Reads what one user was enabled for: [`getLicenseCapabilities`][vendor], schemas 8.5 to 9.1.
///
/// - The page has one row, or none where the cluster has nothing of the user.
/// - Role: [`Access::Read`](crate::axl::Access::Read).
/// - Errors: as [`ListLicensedUser`](crate::axl::ListLicensedUser);
///   [`Rejected`](crate::Problem::Rejected) with code 5007 where there is no such user.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
/// use legacy::{CapabilitiesKey, GetLicenseCapabilities};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let ada = CapabilitiesKey::UserId("ada".into());
/// let version = Version::parse("9.1").unwrap();
/// let get = GetLicenseCapabilities::new(&api, &credentials, version, ada);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:getLicenseCapabilitiesResponse xmlns:n='http://www.cisco.com/AXL/API/9.1'><return>\
/// #   <licenseCapabilities><userid>ada</userid><enableUpc>f</enableUpc>\
/// #   </licenseCapabilities></return></n:getLicenseCapabilitiesResponse></s:Body></s:Envelope>";
/// let page = get.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!(page.rows[0].personal_communicator, Some(false));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113
#[derive(Clone, Debug)]
pub struct GetLicenseCapabilities {
    call: Call,
    key: CapabilitiesKey,
}

impl GetLicenseCapabilities {
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        key: CapabilitiesKey,
    ) -> Self {
        Self { call: Call::new(api, credentials, version), key }
    }
}

impl Operation for GetLicenseCapabilities {
    type Output = Page<LicenseCapabilities>;

    fn request(&self) -> Request {
        self.call.request("getLicenseCapabilities", &format!("{}{TAGS}", self.key.xml()))
    }

    fn decode(&self, reply: &Reply) -> Result<Page<LicenseCapabilities>, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "getLicenseCapabilitiesResponse", |walk| {
            let mut complaints = Complaints::default();
            let rows = reading::all(walk, "licenseCapabilities", |walk, element, at| {
                LicenseCapabilities::read(walk, element, at, &mut complaints)
            })?;
            Ok(rows.map(|rows| Page::new(rows, Source::Operation, complaints)))
        })
    }
}
