//! The vendors' printed examples as a data set.

use crate::harness::{AXL, LIVE, MACHINE, Running, sandbox};

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../../core/fixtures/", $path))
    };
}

fn examples() -> Running {
    sandbox(&["--dataset", "vendor-examples"])
}

#[test]
fn draas_answers_with_what_was_printed() {
    let running = examples();
    for (path, body) in [
        ("groups/aaf9dba1-9469-40fa-be50-22298d68010d/licenses", fixture!("draas/group.json")),
        (
            "groups/aaf9dba1-9469-40fa-be50-22298d68010d/licenses?detailed=true",
            fixture!("draas/group-detailed.json"),
        ),
        (
            "distributors/f3eb54f4-00dc-4278-b323-c66b705d6822/licenses?detailed=true",
            fixture!("draas/distributor-detailed.json"),
        ),
        (
            "resellers/cae902b4-2307-41ef-b554-43a12c63cc97/licenses?detailed=true",
            fixture!("draas/reseller-detailed.json"),
        ),
        (
            "tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/licenses?detailed=true",
            fixture!("draas/tenant-detailed.json"),
        ),
        (
            "tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/subscriptions/2/licenses",
            fixture!("draas/subscription.json"),
        ),
    ] {
        let url = running.draas(&format!("/api/v01/draas/draas_v1/{path}"));
        assert_eq!(running.get(&url, &[MACHINE]).body, body, "{path}");
    }
}

#[test]
fn the_tree_read_from_the_group_gives_the_other_examples_back() {
    let running = examples();
    let url = |path: &str| running.draas(&format!("/api/v01/draas/draas_v1/{path}"));
    let subscription = "tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/subscriptions/2/licenses";
    // An update that changes nothing: from here on replies are written, not printed.
    let same = r#"{"msTeamsUsers":{"assigned":59}}"#;
    assert_eq!(running.put(&url(subscription), &[MACHINE], same).status, 200);
    for (path, body) in [
        (subscription, fixture!("draas/subscription.json")),
        (
            "groups/aaf9dba1-9469-40fa-be50-22298d68010d/licenses?detailed=true",
            fixture!("draas/group-detailed.json"),
        ),
        (
            "distributors/f3eb54f4-00dc-4278-b323-c66b705d6822/licenses?detailed=true",
            fixture!("draas/distributor-detailed.json"),
        ),
        (
            "resellers/cae902b4-2307-41ef-b554-43a12c63cc97/licenses?detailed=true",
            fixture!("draas/reseller-detailed.json"),
        ),
    ] {
        let written = running.get(&url(path), &[MACHINE]);
        assert_ne!(written.body, body, "{path} is still the printed text");
        let printed: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(written.json(), printed, "{path}");
    }
}

#[test]
fn an_entity_without_a_printed_reply_is_written_from_the_tree() {
    let running = examples();
    let path = "/api/v01/draas/draas_v1/distributors/43139118-e1c0-4639-8444-930e408a2224/licenses";
    let reply = running.get(&running.draas(path), &[MACHINE]).json();
    assert_eq!(reply["msTeamsUsers"]["assigned"], 38);
    assert_eq!(reply["sipTrunkChannels"]["assigned"], 16);
}

#[test]
fn live_platform_answers_with_what_was_printed() {
    let running = examples();
    let guid = "b11a3f8a-9220-457a-938f-cae531f79d67";
    let url = running.live(&format!("/tenantui/api/v3/customer/{guid}/licenseinfo"));
    assert_eq!(running.get(&url, &[LIVE]).body, fixture!("live-platform/license-info.json"));
    let list = running.get(&running.live("/tenantui/api/v3/customer"), &[LIVE]).json();
    let printed: serde_json::Value =
        serde_json::from_str(fixture!("live-platform/customers.json")).unwrap();
    for (entry, printed) in list.as_array().unwrap().iter().zip(printed.as_array().unwrap()) {
        for key in [
            "UmpCustomerGuid",
            "CustomerFullName",
            "LicenseType",
            "LicensedUsersCount",
            "MsTenantId",
        ] {
            assert_eq!(entry[key], printed[key]);
        }
    }
    let version_2 = running.get(&running.live("/tenantui/api/v2/customer"), &[LIVE]).json();
    let printed: serde_json::Value =
        serde_json::from_str(fixture!("live-platform/customers-v2.json")).unwrap();
    assert_eq!(version_2, printed);
    let other = &running.truth().live_platform.services[1].guid;
    let url = running.live(&format!("/tenantui/api/v3/customer/{other}/licenseinfo"));
    let printed: serde_json::Value =
        serde_json::from_str(fixture!("live-platform/error-under-200.json")).unwrap();
    assert_eq!(running.get(&url, &[LIVE]).json(), printed);
}

#[test]
fn cucm_knows_the_user_of_the_printed_uuid() {
    let running = sandbox(&["--dataset", "vendor-examples", "--cucm-version", "10.5"]);
    let body = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body>\
        <n:getLicensedUser xmlns:n=\"http://www.cisco.com/AXL/API/10.5\"><uuid>\
        {1F1D3AFF-F77D-319B-7693-3C2221E6AF78}</uuid></n:getLicensedUser></e:Body></e:Envelope>";
    let action = ("SOAPAction", "CUCM:DB ver=10.5 getLicensedUser");
    let reply = running.post(&running.cucm("/axl/"), &[AXL, action], body);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body, fixture!("axl/licensed-user.xml"));
    assert_eq!(running.truth().cucm.users, 5);
}
