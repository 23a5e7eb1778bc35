//! One page of the devices that require a license and belong to nobody.

use crate::error::UpstreamError;
use crate::estate::Uuid;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::xml::{Broken, Element, Walk};
use super::{Api, Credentials, Page, Source, Version, reading, request};

const DOING: &str = later("listing the devices without an owner");

/// Reads one page of devices without an owner: [`listUnassignedDevice`][vendor], from schema 11.0.
///
/// - The second half of the cluster's own usage report: each requires a license by itself, which
///   no user's figures hold.
/// - Pages, order and overlaps are as with [`ListLicensedUser`](super::ListLicensedUser).
/// - Role: [`Access::Read`](super::Access::Read). Errors: as there.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("12.5").unwrap();
/// let all = DeviceCriteria::default();
/// let list = ListUnassignedDevice::new(&api, &credentials, version, all, 0, 500);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:listUnassignedDeviceResponse xmlns:n='http://www.cisco.com/AXL/API/12.5'><return>\
/// #   <unassignedDevice><name>SEP001122334455</name><licenseType>Basic</licenseType>\
/// #   </unassignedDevice></return></n:listUnassignedDeviceResponse></s:Body></s:Envelope>";
/// let page = list.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!(page.rows[0].name, "SEP001122334455");
/// assert_eq!(LicenseType::of(&page.rows[0].license_type), Some(LicenseType::Basic));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://developer.cisco.com/docs/axl/axl-developer-guide/
#[derive(Clone, Debug)]
pub struct ListUnassignedDevice {
    call: Call,
    criteria: DeviceCriteria,
    skip: u64,
    first: u64,
}

/// Which devices to list: all criteria must match, with wildcards as in
/// [`Criteria`](super::Criteria).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceCriteria {
    pub name: Option<String>,
    pub description: Option<String>,
}

/// A device as `listUnassignedDevice` has it; empty where the reply has nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnassignedDevice {
    pub uuid: Option<Uuid>,
    pub name: String,
    pub description: String,
    /// The model, such as "Cisco 8841".
    pub device_type: String,
    /// As sent; [`LicenseType`](super::LicenseType) evens out the spellings.
    pub license_type: String,
    pub extension: String,
}

impl ListUnassignedDevice {
    pub fn new(
        api: &Api,
        credentials: &Credentials,
        version: Version,
        criteria: DeviceCriteria,
        skip: u64,
        first: u64,
    ) -> Self {
        Self { call: Call::new(api, credentials, version), criteria, skip, first }
    }
}

impl Operation for ListUnassignedDevice {
    type Output = Page<UnassignedDevice>;

    fn request(&self) -> Request {
        let criteria = request::criteria(&[
            ("name", self.criteria.name.as_deref()),
            ("description", self.criteria.description.as_deref()),
        ]);
        let children = format!(
            "<searchCriteria>{criteria}</searchCriteria><returnedTags><name/><description/>\
             <deviceType/><licenseType/><extension/></returnedTags><skip>{}</skip>\
             <first>{}</first>",
            self.skip, self.first
        );
        self.call.request("listUnassignedDevice", &children)
    }

    fn decode(&self, reply: &Reply) -> Result<Page<UnassignedDevice>, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "listUnassignedDeviceResponse", |walk| {
            let mut complaints = Complaints::default();
            let rows = reading::all(walk, "unassignedDevice", |walk, element, at| {
                UnassignedDevice::read(walk, element, at, &mut complaints)
            })?;
            Ok(rows.map(|rows| Page::new(rows, Source::Operation, complaints)))
        })
    }
}

impl UnassignedDevice {
    fn read(
        walk: &mut Walk<'_>,
        element: &Element<'_>,
        at: usize,
        complaints: &mut Complaints,
    ) -> Result<Self, Broken> {
        let path = || format!("unassignedDevice[{at}]");
        let uuid = element.uuid(|| complaints.add(|| format!("{}.uuid", path())));
        let mut device = Self { uuid, ..Self::default() };
        let twice = walk.fields(|name, text| {
            let field = match name {
                "name" => &mut device.name,
                "description" => &mut device.description,
                "deviceType" => &mut device.device_type,
                "licenseType" => &mut device.license_type,
                "extension" => &mut device.extension,
                _ => return,
            };
            text.clone_into(field);
        })?;
        complaints.twice(path, twice);
        Ok(device)
    }
}
