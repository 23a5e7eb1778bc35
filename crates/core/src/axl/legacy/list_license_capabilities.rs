//! One page of what users were enabled for.

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::license_capabilities::{LicenseCapabilities, TAGS};
use super::{Api, Credentials, Page, Source, Version, reading, request};

const DOING: &str = later("listing the license capabilities of the users");

/// Reads one page of what users were enabled for: [`listLicenseCapabilities`][vendor], schemas
/// 8.5 to 9.1.
///
/// - Pages, wildcards and errors are as with [`ListLicensedUser`](crate::axl::ListLicensedUser).
/// - Role: [`Access::Read`](crate::axl::Access::Read).
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("8.5").unwrap();
/// let list = legacy::ListLicenseCapabilities::new(&api, &credentials, version, None, 0, 500);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:listLicenseCapabilitiesResponse xmlns:n='http://www.cisco.com/AXL/API/8.5'><return>\
/// #   <licenseCapabilities><userid>ada</userid><enableUps>true</enableUps>\
/// #   </licenseCapabilities></return></n:listLicenseCapabilitiesResponse></s:Body></s:Envelope>";
/// let page = list.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!((page.rows[0].presence, page.rows[0].personal_communicator), (Some(true), None));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113
#[derive(Clone, Debug)]
pub struct ListLicenseCapabilities {
    call: Call,
    user_id: Option<String>,
    skip: u64,
    first: u64,
}

impl ListLicenseCapabilities {
    /// `user_id` may hold `%` and `_` as wildcards; none lists all users.
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        user_id: Option<String>,
        skip: u64,
        first: u64,
    ) -> Self {
        Self { call: Call::new(api, credentials, version), user_id, skip, first }
    }
}

impl Operation for ListLicenseCapabilities {
    type Output = Page<LicenseCapabilities>;

    fn request(&self) -> Request {
        let criteria = request::criteria(&[("userid", self.user_id.as_deref())]);
        let children = format!(
            "<searchCriteria>{criteria}</searchCriteria>{TAGS}<skip>{}</skip><first>{}</first>",
            self.skip, self.first
        );
        self.call.request("listLicenseCapabilities", &children)
    }

    fn decode(&self, reply: &Reply) -> Result<Page<LicenseCapabilities>, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "listLicenseCapabilitiesResponse", |walk| {
            let mut complaints = Complaints::default();
            let rows = reading::all(walk, "licenseCapabilities", |walk, element, at| {
                LicenseCapabilities::read(walk, element, at, &mut complaints)
            })?;
            Ok(rows.map(|rows| Page::new(rows, Source::Operation, complaints)))
        })
    }
}
