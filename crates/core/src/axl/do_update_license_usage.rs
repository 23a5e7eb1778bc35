//! Having a cluster count anew.

use std::time::Duration;

use crate::error::UpstreamError;
use crate::http::{Reply, Request};
use crate::operation::Operation;
use crate::words::later;

use super::call::Call;
use super::{Api, Credentials, Outcome, Version, reading};

const DOING: &str = later("having the cluster update its license usage");

/// Has the cluster count its licenses now: [`doUpdateLicenseUsage`][vendor], from schema 11.0.
///
/// - The same as "Update Usage Details" of its administration; without it the figures are up to
///   six hours old. "Resource-intensive": it takes minutes ([`PATIENCE`](Self::PATIENCE)), so
///   that a person asks for it; it is never done by itself.
/// - Role: [`Access::Write`](super::Access::Write), as far as is known.
/// - Errors: as [`GetLicensedUser`](super::GetLicensedUser);
///   [`Malformed`](crate::Problem::Malformed) when the answer is neither yes nor no.
///
/// ```
/// use seatree_core::{Operation, axl::*, http::{Reply, Secret}};
///
/// let api = Api::new("https://cucm.example:8443")?;
/// let credentials = Credentials { user: "axl".into(), password: Secret::from("s3cret") };
/// let update = DoUpdateLicenseUsage::new(&api, &credentials, Version::parse("12.5").unwrap());
/// assert!(update.request().body.unwrap().contains("<ns:doUpdateLicenseUsage>"));
/// # let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>\
/// #   <n:doUpdateLicenseUsageResponse xmlns:n='http://www.cisco.com/AXL/API/12.5'>\
/// #   <return>true</return></n:doUpdateLicenseUsageResponse></s:Body></s:Envelope>";
/// assert_eq!(update.decode(&Reply::new(200, body)), Ok(Outcome::Done));
/// # Ok::<(), seatree_core::address::AddressError>(())
/// ```
///
/// [vendor]: https://www.cisco.com/c/en/us/td/docs/voice_ip_comm/cucm/admin/12_5_1SU3/cucm_b_feature-configuration-guide-for-cisco1251su3/cucm_m_licensing.html
#[derive(Clone, Debug)]
pub struct DoUpdateLicenseUsage {
    call: Call,
}

impl DoUpdateLicenseUsage {
    /// How long to wait for the answer: "may take a few minutes".
    pub const PATIENCE: Duration = Duration::from_mins(10);

    pub fn new(api: &Api, credentials: &Credentials, version: Version) -> Self {
        Self { call: Call::new(api, credentials, version) }
    }
}

impl Operation for DoUpdateLicenseUsage {
    type Output = Outcome;

    fn request(&self) -> Request {
        self.call.request("doUpdateLicenseUsage", "")
    }

    fn decode(&self, reply: &Reply) -> Result<Outcome, UpstreamError> {
        let asked = self.call.asked(DOING);
        reading::response(&asked, reply, "doUpdateLicenseUsageResponse", Outcome::read)
    }
}
