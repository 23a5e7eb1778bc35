//! `getSmartLicenseStatus` and `doUpdateLicenseUsage`.

use super::{ADMINISTRATOR, axl, axl_as, response, text};
use crate::harness::sandbox;

const STATUS: &str = "<ns:getSmartLicenseStatus/>";

#[test]
fn smart_license_status_comes_without_return_as_from_real_servers() {
    let running = sandbox(&["--serve", "cucm"]);
    let response = response(&axl(&running, "12.5", STATUS));
    assert_eq!(response.children.len(), 1, "no return");
    let details = response.child("LicenseDetails").unwrap();
    assert_eq!(text(details, "SmartLicensing"), "ENABLED");
    let registration = details.child("Registration").unwrap();
    assert_eq!(text(registration, "Status"), "Registered");
    assert_eq!(text(registration, "LastRenewalAttempt"), "Sun Mar 02 11:10:25 CET 2025");
    assert_eq!(text(details.child("Authorization").unwrap(), "Status"), "Authorized");
    let truth = &running.truth().cucm;
    let entitlements = &details.child("LicenseStatus").unwrap().children;
    assert_eq!(entitlements.len(), 6);
    for (part, license) in [
        (".cisco.UCM_CUWL,", "CUWL Standard"),
        (".cisco.UCM_EnhancedPlus,", "Enhanced Plus"),
        (".cisco.UCM_Enhanced,", "Enhanced"),
        (".cisco.UCM_Basic,", "Basic"),
        (".cisco.UCM_Essential,", "Essential"),
        (".cisco.UCM_TelePresenceRoom,", "TelePresence Room"),
    ] {
        let tagged = |entitlement: &&_| text(entitlement, "Tag").contains(part);
        let entitlement = entitlements.iter().find(tagged).unwrap();
        assert_eq!(text(entitlement, "Count"), truth.total[license].to_string());
        assert_eq!(text(entitlement, "Status"), "InCompliance");
    }
}

#[test]
fn smart_license_status_has_other_states_and_the_return_of_the_schema() {
    for (state, registration, authorization) in [
        ("out-of-compliance", "Registered", "Out of compliance"),
        ("evaluation", "Unregistered", "Evaluation Mode"),
        ("unregistered", "Unregistered", "Evaluation Expired"),
    ] {
        let flags = ["--serve", "cucm", "--cucm-quirk", "smart-return", "--cucm-smart", state];
        let running = sandbox(&flags);
        let response = response(&axl(&running, "14.0", STATUS));
        assert_eq!(response.children[0].name, "return");
        let details = response.child("LicenseDetails").unwrap();
        assert_eq!(text(details.child("Registration").unwrap(), "Status"), registration);
        assert_eq!(text(details.child("Authorization").unwrap(), "Status"), authorization);
    }
}

#[test]
fn a_type_nobody_requires_has_no_count() {
    let running = sandbox(&["--serve", "cucm", "--users", "0"]);
    let reply = axl(&running, "14.0", STATUS);
    assert_eq!(reply.body.matches("<Count/><Status>Init</Status>").count(), 6);
}

#[test]
fn counting_anew_takes_its_time_and_needs_a_role_that_may_write() {
    let running = sandbox(&["--serve", "cucm", "--axl-update-seconds", "1"]);
    let request = "<ns:doUpdateLicenseUsage/>";
    let refused = axl(&running, "14.0", request);
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("<html>"));
    let began = std::time::Instant::now();
    let done = response(&axl_as(ADMINISTRATOR, &running, "14.0", request));
    assert_eq!(text(&done, "return"), "true");
    assert!(began.elapsed() >= std::time::Duration::from_secs(1));
}
