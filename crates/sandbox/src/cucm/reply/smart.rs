//! `getSmartLicenseStatus`: what the cluster and Cisco's Smart Software Manager last told
//! each other.
//!
//! Real servers leave out the `<return>` that the schema requires. Dates are those of Java, with
//! the cluster's name of its time zone.

use std::fmt::Write as _;

use super::Surface;
use crate::cucm::quirk::{Quirk, SmartState};
use crate::world::cluster::Cluster;
use crate::world::users::License;

struct Status {
    enabled: &'static str,
    registration: &'static [(&'static str, &'static str)],
    authorization: &'static [(&'static str, &'static str)],
    /// What each type in use is said to be.
    entitlement: &'static str,
}

impl Status {
    fn of(state: SmartState) -> Self {
        let (registration, authorization, entitlement): (&'static [_], &'static [_], _) =
            match state {
                SmartState::Registered => (&REGISTERED, &AUTHORIZED, "InCompliance"),
                SmartState::OutOfCompliance => (&REGISTERED, &OUT_OF_COMPLIANCE, "OutOfCompliance"),
                SmartState::Evaluation => (&UNREGISTERED, &EVALUATION, "Init"),
                SmartState::Unregistered => (&UNREGISTERED, &EXPIRED, "Init"),
            };
        Self { enabled: "ENABLED", registration, authorization, entitlement }
    }
}

const REGISTERED: [(&str, &str); 9] = [
    ("Status", "Registered"),
    ("SmartAccount", "Meridian Voice & Partners"),
    ("VirtualAccount", "Default"),
    ("LastRenewalAttempt", "Sun Mar 02 11:10:25 CET 2025"),
    ("NextRenewalAttempt", "Fri Aug 29 12:10:25 CEST 2025"),
    ("LastRenewalStatus", "Succeeded"),
    ("RegistrationExpires", "Mon Mar 02 11:04:41 CET 2026"),
    ("ProductUDI", "PID:UCM,SN:b2f1c0de5a7e"),
    ("ExportControlFunctionality", "Allowed"),
];
const UNREGISTERED: [(&str, &str); 2] =
    [("Status", "Unregistered"), ("ExportControlFunctionality", "Not Allowed")];
const AUTHORIZED: [(&str, &str); 6] = [
    ("Status", "Authorized"),
    ("LastCommunicationAttempt", "Sun Mar 02 11:10:27 CET 2025"),
    ("NextCommunicationAttempt", "Tue Apr 01 12:10:27 CEST 2025"),
    ("LastCommunicationStatus", "Succeeded"),
    ("AuthorizationExpires", "Sat May 31 12:05:26 CEST 2025"),
    ("EvaluationPeriodRemaining", "89"),
];
const OUT_OF_COMPLIANCE: [(&str, &str); 7] = [
    ("Status", "Out of compliance"),
    ("LastCommunicationAttempt", "Sun Mar 02 11:10:27 CET 2025"),
    ("NextCommunicationAttempt", "Sun Mar 02 23:10:27 CET 2025"),
    ("LastCommunicationStatus", "Succeeded"),
    ("AuthorizationFailedReason", "Out of compliance: too few <Enhanced> licenses"),
    ("AuthorizationExpires", "Sat May 31 12:05:26 CEST 2025"),
    ("EvaluationPeriodRemaining", "89"),
];
const EVALUATION: [(&str, &str); 2] =
    [("Status", "Evaluation Mode"), ("EvaluationPeriodRemaining", "42")];
const EXPIRED: [(&str, &str); 2] =
    [("Status", "Evaluation Expired"), ("EvaluationPeriodRemaining", "0")];

/// Cisco's tag of a type: regid and name as published, the number behind it invented.
fn tag(license: License) -> &'static str {
    match license {
        License::Cuwl => {
            "regid.2017-02.com.cisco.UCM_CUWL,12.0_cc59375a-21c4-4b3e-9d0f-5a1d7e8c4b01"
        }
        License::EnhancedPlus => {
            "regid.2016-07.com.cisco.UCM_EnhancedPlus,12.0_d7c0a8f4-38e1-4d62-8a55-0f6b2c9d1e02"
        }
        License::Enhanced => {
            "regid.2016-07.com.cisco.UCM_Enhanced,12.0_6a2f8b1c-94d7-4e0a-b3c8-7d5e4f3a2b03"
        }
        License::Basic => {
            "regid.2016-07.com.cisco.UCM_Basic,12.0_4e9d1f70-5b2a-4c86-a1e7-9c8b7a6d5e04"
        }
        License::Essential => {
            "regid.2016-07.com.cisco.UCM_Essential,12.0_81b5c3d2-f06e-4a97-8d4b-2e1f0a9c8b05"
        }
        License::TelePresenceRoom => {
            "regid.2016-07.com.cisco.UCM_TelePresenceRoom,\
             12.0_f3a7e6d5-c4b2-4190-9e8d-6b5a4c3d2e06"
        }
    }
}

impl Surface<'_> {
    /// Reply of `getSmartLicenseStatus`.
    pub fn smart_license_status(&self, cluster: &Cluster, state: SmartState) -> String {
        let status = Status::of(state);
        let mut inner = String::new();
        if self.has(Quirk::SmartReturn) {
            inner.push_str("<return>Success</return>");
        }
        inner.push_str("<LicenseDetails>");
        self.field(&mut inner, "SmartLicensing", Some(status.enabled));
        self.section(&mut inner, "Registration", status.registration);
        self.section(&mut inner, "Authorization", status.authorization);
        inner.push_str("<LicenseStatus>");
        for license in License::ALL {
            let count = cluster.required(license).total();
            let (status, written) = match count {
                // Nothing was asked of Cisco yet: the schema lets the number be empty.
                0 => ("Init", String::new()),
                count => (status.entitlement, count.to_string()),
            };
            inner.push_str("<Entitlement>");
            self.field(&mut inner, "Tag", Some(tag(license)));
            self.field(&mut inner, "Count", Some(&written));
            let _ = write!(inner, "<Status>{status}</Status></Entitlement>");
        }
        inner.push_str("</LicenseStatus></LicenseDetails>");
        self.response("getSmartLicenseStatus", &inner)
    }

    fn section(&self, out: &mut String, name: &str, fields: &[(&str, &str)]) {
        out.extend(["<", name, ">"]);
        for (field, value) in fields {
            self.field(out, field, Some(value));
        }
        out.extend(["</", name, ">"]);
    }
}
