//! How a cluster stands with Cisco Smart Software Manager.

mod authorization;
mod entitlement;
mod registration;

pub use authorization::{Authorization, AuthorizationStatus};
pub use entitlement::{Compliance, Entitlement};
pub use registration::{Registration, RegistrationStatus};

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::complaints::Complaints;
use super::xml::{Broken, Step, Walk};
use super::{Api, Credentials, Version, reading, value};

const DOING: &str = later("reading the Smart Licensing status");

/// A cluster has five or six.
const MAX_ENTITLEMENTS: usize = 10_000;

/// Reads registration, authorization and what is required of each license:
/// [`getSmartLicenseStatus`][vendor], from schema 12.5.
///
/// - Only the publisher answers: Smart License Manager runs nowhere else.
/// - The schema has a text in `return` before the details; servers were seen to leave it out, so
///   that the details are found wherever they are.
/// - Role: [`Access::Read`](super::Access::Read).
/// - Errors: as [`GetLicensedUser`](super::GetLicensedUser);
///   [`Malformed`](crate::Problem::Malformed) when there are no details.
///
/// ```
/// use seatree_core::{Operation, axl::*, estate::Figure, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let get = GetSmartLicenseStatus::new(&api, &credentials, Version::parse("14.0").unwrap());
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:getSmartLicenseStatusResponse xmlns:n='http://www.cisco.com/AXL/API/14.0'>\
/// #   <LicenseDetails><SmartLicensing>ENABLED</SmartLicensing><Authorization>\
/// #   <Status>Authorized</Status></Authorization><LicenseStatus><Entitlement>\
/// #   <Tag>regid.2017-02.com.cisco.UCM_CUWL,12.0_cc59375a</Tag><Count>7</Count>\
/// #   <Status>InCompliance</Status></Entitlement></LicenseStatus></LicenseDetails>\
/// #   </n:getSmartLicenseStatusResponse></s:Body></s:Envelope>";
/// let smart = get.decode(&Reply::new(200, body)).unwrap();
/// assert_eq!(smart.authorization.status, Some(AuthorizationStatus::Authorized));
/// assert_eq!(smart.entitlements[0].license_type, Some(LicenseType::Cuwl));
/// assert_eq!(smart.entitlements[0].count, Figure::known(7));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://www.cisco.com/c/en/us/support/docs/unified-communications/unified-communications-manager-callmanager/212915-configure-cucm-smart-licensing-direct.html
#[derive(Clone, Debug)]
pub struct GetSmartLicenseStatus {
    call: Call,
}

/// How a cluster stands. Every part may be missing from a reply. Dates are texts in the
/// publisher's own time and spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SmartLicenseStatus {
    /// "ENABLED", as sent.
    pub smart_licensing: Option<String>,
    pub registration: Registration,
    pub authorization: Authorization,
    pub entitlements: Vec<Entitlement>,
    /// The text of `return`, where there is one.
    pub said: Option<String>,
    /// Paths of fields that were sent but could not be read; at most the first twenty.
    pub complaints: Vec<String>,
}

impl GetSmartLicenseStatus {
    pub fn new(api: &Api, credentials: &Credentials, version: Version) -> Self {
        Self { call: Call::new(api, credentials, version) }
    }
}

impl Operation for GetSmartLicenseStatus {
    type Output = SmartLicenseStatus;

    fn request(&self) -> Request {
        self.call.request("getSmartLicenseStatus", "")
    }

    fn decode(&self, reply: &Reply) -> Result<SmartLicenseStatus, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "getSmartLicenseStatusResponse", status)
    }
}

/// Finds the details wherever they are below the response; without any it is no answer.
fn status(walk: &mut Walk<'_>) -> Result<Option<SmartLicenseStatus>, Broken> {
    let mut status = SmartLicenseStatus::default();
    let mut complaints = Complaints::default();
    let mut has_details = false;
    let mut said = String::new();
    let mut in_return = 0_usize;
    let mut below = 0_usize;
    loop {
        match walk.step()? {
            Step::Open(element) if element.is_axl() && element.local() == "LicenseDetails" => {
                has_details = true;
                details(walk, &mut status, &mut complaints)?;
            }
            Step::Open(element) => {
                below += 1;
                if element.is_axl() && !element.nil && element.local() == "return" {
                    in_return = below;
                }
            }
            Step::Text(text) if in_return > 0 && in_return == below => said.push_str(&text),
            Step::Text(_) => {}
            Step::Close if below == 0 => break,
            Step::Close => {
                if in_return == below {
                    in_return = 0;
                }
                below -= 1;
            }
            Step::End => break,
        }
    }
    status.said = value::words(&said);
    status.complaints = complaints.into_paths();
    Ok(has_details.then_some(status))
}

fn details(
    walk: &mut Walk<'_>,
    status: &mut SmartLicenseStatus,
    complaints: &mut Complaints,
) -> Result<(), Broken> {
    let mut text = String::new();
    while let Some(part) = walk.child()? {
        match part.local() {
            _ if part.nil || !part.is_axl() => walk.skip()?,
            "SmartLicensing" => {
                walk.text(&mut text)?;
                status.smart_licensing = value::words(&text);
            }
            "Registration" => status.registration = Registration::read(walk, complaints)?,
            "Authorization" => status.authorization = Authorization::read(walk, complaints)?,
            "LicenseStatus" => {
                while let Some(element) = walk.child()? {
                    if element.nil || !element.is_axl() || element.local() != "Entitlement" {
                        walk.skip()?;
                        continue;
                    }
                    let at = status.entitlements.len();
                    if at == MAX_ENTITLEMENTS {
                        return Err(walk.broken(format!("more than {MAX_ENTITLEMENTS} licenses")));
                    }
                    status.entitlements.push(Entitlement::read(walk, at, complaints)?);
                }
            }
            _ => walk.skip()?,
        }
    }
    Ok(())
}

/// A status without its spelling: letters only, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase()).collect()
}
