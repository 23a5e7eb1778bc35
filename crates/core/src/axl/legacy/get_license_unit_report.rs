//! Device license units.

use crate::error::UpstreamError;
use crate::estate::Figure;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::value::{count, flag, words};
use super::xml::{Broken, Walk};
use super::{Api, Credentials, Version, reading};

const DOING: &str = later("reading the license units");

/// Reads how many device license units are owned and used: [`getLicenseUnitReport`][vendor],
/// schemas 8.5 to 9.1.
///
/// - The one place in AXL that says what is owned (`authorized`), up to release 8.6.
/// - Role: [`Access::Read`](crate::axl::Access::Read).
/// - Errors: as [`GetLicenseCapabilities`](super::GetLicenseCapabilities);
///   [`Malformed`](crate::Problem::Malformed) when there is no report.
///
/// ```
/// use seatree_core::{Operation, axl::*, estate::Figure, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let version = Version::parse("8.5").unwrap();
/// let get = legacy::GetLicenseUnitReport::new(&api, &credentials, version);
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:getLicenseUnitReportResponse xmlns:n='http://www.cisco.com/AXL/API/8.5'><return>\
/// #   <licenseUnitReport><phoneLicenseFeature><unitsAuthorized>500</unitsAuthorized>\
/// #   </phoneLicenseFeature></licenseUnitReport></return></n:getLicenseUnitReportResponse>\
/// #   </s:Body></s:Envelope>";
/// let report = get.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!(report.phones.authorized, Figure::known(500));
/// assert_eq!(report.phones.used, Figure::UNKNOWN);
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://community.cisco.com/t5/management/cucm-axl-api-getting-license-info/m-p/3560113
#[derive(Clone, Debug)]
pub struct GetLicenseUnitReport {
    call: Call,
}

/// Device license units; every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenseUnitReport {
    pub server: Option<String>,
    pub phones: Units,
    /// Servers of the cluster.
    pub nodes: Units,
    pub software: SoftwareLicense,
    /// Paths of fields that were sent but could not be read; at most the first twenty.
    pub complaints: Vec<String>,
}

/// Units of one feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    pub authorized: Figure,
    pub used: Figure,
    pub remaining: Figure,
    /// Phones only.
    pub pending: Figure,
    /// Whether the feature is licensed.
    pub status: Option<bool>,
}

/// The license of the software itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoftwareLicense {
    pub version: Option<String>,
    pub status: Option<bool>,
}

impl GetLicenseUnitReport {
    pub fn new(api: &Api, credentials: &Credentials, version: Version) -> Self {
        Self { call: Call::new(api, credentials, version) }
    }
}

impl Operation for GetLicenseUnitReport {
    type Output = LicenseUnitReport;

    fn request(&self) -> Request {
        self.call.request("getLicenseUnitReport", "")
    }

    fn decode(&self, reply: &Reply) -> Result<LicenseUnitReport, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "getLicenseUnitReportResponse", |walk| {
            let reports = reading::all(walk, "licenseUnitReport", |walk, _, _| {
                LicenseUnitReport::read(walk)
            })?;
            Ok(reports.and_then(|reports| reports.into_iter().next()))
        })
    }
}

impl LicenseUnitReport {
    fn read(walk: &mut Walk<'_>) -> Result<Self, Broken> {
        let mut read = Self::default();
        let mut complaints = Complaints::default();
        let mut text = String::new();
        while let Some(part) = walk.child()? {
            match part.local() {
                _ if part.nil || !part.is_axl() => walk.skip()?,
                "serverName" => {
                    walk.text(&mut text)?;
                    read.server = words(&text);
                }
                "phoneLicenseFeature" => {
                    read.phones = Units::read(walk, "phoneLicenseFeature", &mut complaints)?;
                }
                "ccmNodeLicenseFeature" => {
                    read.nodes = Units::read(walk, "ccmNodeLicenseFeature", &mut complaints)?;
                }
                "softwareLicenseVersion" => {
                    read.software = SoftwareLicense::read(walk, &mut complaints)?;
                }
                _ => walk.skip()?,
            }
        }
        read.complaints = complaints.into_paths();
        Ok(read)
    }
}

impl SoftwareLicense {
    fn read(walk: &mut Walk<'_>, complaints: &mut Complaints) -> Result<Self, Broken> {
        let mut read = Self::default();
        let path = || "softwareLicenseVersion".to_owned();
        let twice = walk.fields(|name, text| match name {
            "swVersion" => read.version = words(text),
            "status" => {
                read.status = flag(text, || complaints.add(|| format!("{}.status", path())));
            }
            _ => {}
        })?;
        complaints.twice(path, twice);
        Ok(read)
    }
}

impl Units {
    fn read(
        walk: &mut Walk<'_>,
        feature: &str,
        complaints: &mut Complaints,
    ) -> Result<Self, Broken> {
        let mut read = Self::default();
        let twice = walk.fields(|name, text| {
            let complain = || complaints.add(|| format!("{feature}.{name}"));
            match name {
                "unitsAuthorized" => read.authorized = count(text, complain),
                "unitsUsed" => read.used = count(text, complain),
                "unitsRemaining" => read.remaining = count(text, complain),
                "unitsPending" => read.pending = count(text, complain),
                "status" => read.status = flag(text, complain),
                _ => {}
            }
        })?;
        complaints.twice(|| feature.to_owned(), twice);
        Ok(read)
    }
}
