//! The license info of one service.

use serde_json::Value;

use crate::error::{Problem, UpstreamError};
use crate::estate::Uuid;
use crate::http::{Reply, Request, Secret};
use crate::operation::Operation;

use super::entries::{Fields, entries, misshapen};
use super::factors::Factors;
use super::timestamp::unix_seconds;
use super::{Api, ServiceLicense};

const DOING: &str = "reading the license info of a service";

/// Reads one service's licenses: `GET /api/v3/customer/{guid}/licenseinfo`.
///
/// Vendor page: "Get License Info for Service" of the Live Platform's REST API.
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
        let licenses: Vec<ServiceLicense> =
            entries(DOING, reply, &known, "a license info")?.iter().map(license).collect();
        if licenses.is_empty() {
            return Err(UpstreamError::new(DOING, Problem::NothingFound)
                .because(format!("status {}, an empty list", reply.status)));
        }
        // One without a guid can only be what was asked for; one with another guid never is.
        let mine = |license: &&ServiceLicense| license.customer == Some(self.guid);
        let unmarked = |license: &&ServiceLicense| license.customer.is_none();
        licenses.iter().find(mine).or_else(|| licenses.iter().find(unmarked)).cloned().ok_or_else(
            || {
                let expected = "the license info of the service asked for";
                misshapen(DOING, GUID[0].to_owned(), expected, reply)
            },
        )
    }
}

fn license(entry: &Value) -> ServiceLicense {
    let mut complaints = Vec::new();
    let mut fields = Fields::new(entry, String::new(), &mut complaints);
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
            user_interface: fields.figure(&["managedUsersUserInterface"]),
            service_numbers: fields.figure(&["managedServiceNumbers"]),
        },
        enabled: enabled(&mut fields),
        last_update: fields.text(&["lastUpdate"]).filter(|text| !text.is_empty()),
        last_update_s: None,
        settings_level: fields.text(&["licenseSettingsFlagsLevel"]),
        complaints: Vec::new(),
    };
    license.last_update_s = license.last_update.as_deref().and_then(unix_seconds);
    license.complaints = complaints;
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
            fields.complain(NAME);
            return Vec::new();
        }
    };
    let mut enabled = Vec::with_capacity(switches.len());
    for (name, value) in switches {
        match switch(value) {
            Some(on) => enabled.push((name.clone(), on)),
            None if value.is_null() => {}
            None => fields.complain(&format!("{NAME}[{name:?}]")),
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
