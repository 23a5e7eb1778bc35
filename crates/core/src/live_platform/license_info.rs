//! The license info of one service.

use serde_json::Value;

use crate::error::{Problem, UpstreamError};
use crate::estate::Uuid;
use crate::http::{Reply, Request, Secret};
use crate::json::{self, Fields};
use crate::operation::Operation;
use crate::words::later;

use super::entries::{Entries, entries, places};
use super::factors::Factors;
use super::timestamp::unix_seconds;
use super::{Api, ServiceLicense};

const DOING: &str = later("reading the license info of a service");

/// `GET /api/v3/customer/{guid}/licenseinfo`: one service's licenses. No request reads all
/// services at once.
///
/// - Role: an application that the service provider registered for API access; the vendor names
///   no roles. Where: version 3 of the API.
/// - Errors: [`Problem::NothingFound`] for an empty list and for 404,
///   [`Problem::SignedOut`] (401), [`Problem::Rejected`] with the vendor's words, also under
///   status 200.
/// - Vendor page: [Get License Info for Service][page].
///
/// ```
/// use seatree_core::{Operation, estate::{Figure, Uuid}, http::{Reply, Secret}};
/// use seatree_core::live_platform::{Api, Factor, LicenseInfo};
///
/// let api = Api::new("https://portal.example")?;
/// let service = Uuid::parse("b11a3f8a-9220-457a-938f-cae531f79d67").unwrap();
/// let info = LicenseInfo::new(&api, &Secret::from("token"), service);
/// assert!(info.request().url.ends_with(&format!("/customer/{service}/licenseinfo")));
///
/// let reply = r#"[{"acquiredLicenses": 50, "currentlyLicensed": 24, "totalMonitoredUsers": "20",
///     "managedUsersDirectRouting": 24, "managedUsersByTemplate": 4,
///     "LicenseFactors": {"Managed Users - By Template": false}}]"#;
/// let license = info.decode(&Reply::new(200, reply))?;
/// assert_eq!(license.available(), Figure::known(26));
/// assert!(!license.is_counted(Factor::LifeCycle), "the old name of the same factor");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://techdocs.audiocodes.com/live/sysadmin-all-um/Content/REST%20API%20for%20Operator%20Connect/Get%20Specific%20Customer%20License%20Info.htm
#[derive(Clone, Debug)]
pub struct LicenseInfo {
    api: Api,
    token: Secret,
    guid: Uuid,
}

impl LicenseInfo {
    pub fn new(api: &Api, token: &Secret, guid: Uuid) -> Self {
        Self { api: api.clone(), token: token.clone(), guid }
    }
}

const GUID: &[&str] = &["umpCustomerGuid"];
const ACQUIRED: &[&str] = &["acquiredLicenses"];
const LICENSED: &[&str] = &["currentlyLicensed"];

impl Operation for LicenseInfo {
    type Output = ServiceLicense;

    fn request(&self) -> Request {
        Request::get(self.api.url(&format!("/api/v3/customer/{}/licenseinfo", self.guid)))
            .with_header("accept", "application/json")
            .with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<ServiceLicense, UpstreamError> {
        let known = [ACQUIRED, LICENSED].concat();
        let Entries { found, .. } = entries(DOING, reply, &known, later("a license info"))?;
        let licenses: Vec<ServiceLicense> = found.iter().map(|(_, entry)| license(entry)).collect();
        if licenses.is_empty() {
            return Err(UpstreamError::new(DOING, Problem::NothingFound)
                .because(format!("status {}, an empty list", reply.status)));
        }
        // One without a guid can only be what was asked for; one with another guid never is.
        let mine = |license: &&ServiceLicense| license.customer == Some(self.guid);
        let unmarked = |license: &&ServiceLicense| license.customer.is_none();
        licenses.iter().find(mine).or_else(|| licenses.iter().find(unmarked)).cloned().ok_or_else(
            || {
                let expected = later("the license info of the service asked for");
                json::misshapen(DOING, GUID[0], expected, reply)
            },
        )
    }
}

fn license(entry: &Value) -> ServiceLicense {
    let mut unread = Vec::new();
    let mut fields = Fields::new(entry, String::new(), &mut unread);
    let mut license = ServiceLicense {
        customer: fields.uuid(GUID),
        acquired: fields.figure(ACQUIRED),
        licensed: fields.figure(LICENSED),
        monitored: fields.figure(&["totalMonitoredUsers"]),
        factors: Factors {
            direct_routing: fields.figure(&["managedUsersDirectRouting"]),
            operator_connect: fields.figure(&["managedUsersOperatorConnect"]),
            life_cycle: fields
                .figure(&["managedUsersByLifeCycleManagement", "managedUsersByTemplate"]),
            user_interface: fields
                .figure(&["managedUsersUserInterface", "managedUsersByUserInterface"]),
            service_numbers: fields.figure(&["managedServiceNumbers"]),
        },
        enabled: enabled(&mut fields),
        last_update: fields.text(&["lastUpdate"]).filter(|text| !text.is_empty()),
        last_update_s: None,
        settings_level: fields.text(&["licenseSettingsFlagsLevel"]),
        complaints: Vec::new(),
    };
    license.last_update_s = license.last_update.as_deref().and_then(unix_seconds);
    license.complaints = places(unread);
    license
}

/// The switches, as a map from name to bool. The vendor's table says "boolean" only; a bare one
/// tells nothing of any factor and is no complaint.
fn enabled(fields: &mut Fields<'_>) -> Vec<(String, bool)> {
    const NAME: &str = "LicenseFactors";
    let switches = match fields.get(&[NAME]) {
        Some(Value::Object(switches)) => switches,
        None | Some(Value::Bool(_)) => return Vec::new(),
        Some(_) => {
            fields.complain(NAME, "factors with true or false");
            return Vec::new();
        }
    };
    let mut enabled = Vec::with_capacity(switches.len());
    for (name, value) in switches {
        match switch(value) {
            Some(on) => enabled.push((name.clone(), on)),
            None if value.is_null() => {}
            None => fields.complain(&format!("{NAME}[{name:?}]"), "true or false"),
        }
    }
    enabled
}

fn switch(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(on) => Some(*on),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}
