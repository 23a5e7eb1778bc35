use serde_json::Value;

use crate::harness::{LIVE, Running, sandbox};

const CUSTOMERS: &str = "/tenantui/api/v3/customer";

fn info(running: &Running, guid: &str) -> Value {
    running.get(&running.live(&format!("{CUSTOMERS}/{guid}/licenseinfo")), &[LIVE]).json()
}

#[test]
fn every_endpoint_wants_the_bearer_token() {
    let running = sandbox(&["--size", "10"]);
    let guid = &running.truth().live_platform.services[0].guid;
    for path in ["", &format!("/{guid}"), &format!("/{guid}/licenseinfo")] {
        let url = running.live(&format!("{CUSTOMERS}{path}"));
        assert_eq!(running.get(&url, &[]).status, 401, "{path}");
        assert_eq!(running.get(&url, &[("Authorization", "Bearer x")]).status, 401, "{path}");
        assert_eq!(running.get(&url, &[LIVE]).status, 200, "{path}");
    }
}

#[test]
fn list_is_a_bare_array_in_pascal_case_without_secrets() {
    let running = sandbox(&["--size", "10"]);
    let reply = running.get(&running.live(CUSTOMERS), &[LIVE]);
    let list = reply.json();
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 60);
    let truth = &running.truth().live_platform.services;
    for (entry, service) in list.iter().zip(truth) {
        assert_eq!(entry["UmpCustomerGuid"], service.guid);
        assert_eq!(entry["CustomerFullName"], service.name);
        assert_eq!(entry["LicenseType"], service.license_type);
    }
    assert!(list.iter().any(|entry| entry["LicensedUsersCount"].is_null()));
    assert!(list.iter().any(|entry| entry["LicensedUsersCount"].is_u64()));
    assert!(list.iter().any(|entry| entry["MsTenantId"].is_null()));
    assert!(list.iter().any(|entry| entry["LicenseType"] == 9), "one type nobody knows");
    assert!(!reply.body.contains("Secret"));
}

#[test]
fn version_2_lists_the_same_services_with_shorter_keys() {
    let running = sandbox(&["--size", "10", "--services", "5"]);
    let list = running.get(&running.live("/tenantui/api/v2/customer"), &[LIVE]).json();
    let ids: Vec<&str> =
        list.as_array().unwrap().iter().map(|entry| entry["Id"].as_str().unwrap()).collect();
    let truth = &running.truth().live_platform.services;
    assert_eq!(ids, truth.iter().map(|service| service.guid.as_str()).collect::<Vec<_>>());
    assert!(list[0].get("ShortName").is_some() && list[0].get("FullName").is_some());
}

#[test]
fn single_customer_carries_a_client_secret() {
    let running = sandbox(&["--size", "10"]);
    let guid = &running.truth().live_platform.services[0].guid;
    let reply = running.get(&running.live(&format!("{CUSTOMERS}/{guid}")), &[LIVE]).json();
    assert_eq!(reply["UmpCustomerGuid"], guid.as_str());
    assert!(reply["ApplicationClientSecret"].is_string());
    assert_eq!(reply["ClientSecretExpirationDate"], "2/18/2027 8:39:26 AM");
}

#[test]
fn license_info_is_an_array_of_one_with_the_service_s_numbers() {
    let running = sandbox(&["--size", "10"]);
    let (mut texts, mut integers, mut templates, mut life_cycles) = (0, 0, 0, 0);
    for service in running.truth().live_platform.services.iter().filter(|s| s.readable) {
        let reply = info(&running, &service.guid);
        let [info] = reply.as_array().unwrap().as_slice() else { panic!("{reply}") };
        assert_eq!(info["umpCustomerGuid"], service.guid);
        assert_eq!(info["acquiredLicenses"], service.acquired);
        assert_eq!(info["currentlyLicensed"], service.licensed);
        assert_eq!(info["managedUsersOperatorConnect"], service.factors.operator_connect);
        match &info["totalMonitoredUsers"] {
            Value::String(text) => {
                assert_eq!(*text, service.monitored.to_string());
                texts += 1;
            }
            number => {
                assert_eq!(*number, service.monitored);
                integers += 1;
            }
        }
        let (_, fraction) = info["lastUpdate"].as_str().unwrap().split_once('.').unwrap();
        assert_eq!(fraction.len(), "0202209+00:00".len());
        let factors = info["LicenseFactors"].as_object().unwrap();
        templates += usize::from(factors.contains_key("Managed Users - By Template"));
        life_cycles += usize::from(factors.contains_key("Managed Users - By LifeCycle Management"));

        // What is licensed is the sum of what is switched on.
        let count = |key: &str| info[key].as_u64().unwrap();
        let on = |name: &str| factors.iter().any(|(key, on)| key.contains(name) && *on == true);
        let mut sum = count("managedUsersDirectRouting") + count("managedUsersOperatorConnect");
        for (key, name) in [
            ("managedUsersByLifeCycleManagement", "Users - By "),
            ("managedUsersUserInterface", "By User Interface"),
            ("managedServiceNumbers", "Service Numbers"),
        ] {
            let name = if name == "Users - By " {
                if factors.contains_key("Managed Users - By Template") {
                    "By Template"
                } else {
                    "LifeCycle"
                }
            } else {
                name
            };
            sum += if on(name) { count(key) } else { 0 };
        }
        assert_eq!(sum, count("currentlyLicensed"), "{info}");
    }
    assert!(texts > 0 && integers > 0, "{texts} as text, {integers} as integer");
    assert!(templates > 0 && life_cycles > 0, "both names of the factor");
}

#[test]
fn one_service_answers_with_an_error_under_200() {
    let running = sandbox(&["--size", "10"]);
    let live = &running.truth().live_platform;
    let broken: Vec<_> = live.services.iter().filter(|service| !service.readable).collect();
    assert_eq!((broken.len(), live.readable), (1, 59));
    let reply = info(&running, &broken[0].guid);
    assert!(reply["Message"].as_str().unwrap().starts_with("Error: "));
}

#[test]
fn unknown_guid_is_an_error_under_200_too() {
    let running = sandbox(&["--size", "10"]);
    let reply = info(&running, "00000000-0000-4000-8000-000000000000");
    assert!(reply["Message"].as_str().unwrap().starts_with("Error: "));
}

#[test]
fn cors_can_be_switched_off() {
    let origin = ("Origin", "http://127.0.0.1:8700");
    let preflight = [origin, ("Access-Control-Request-Method", "GET")];
    let on = sandbox(&["--size", "10"]);
    let reply = on.get(&on.live(CUSTOMERS), &[LIVE, origin]);
    assert_eq!(reply.header("access-control-allow-origin"), Some("http://127.0.0.1:8700"));
    assert_eq!(on.options(&on.live(CUSTOMERS), &preflight).status, 204);

    let off = sandbox(&["--size", "10", "--live-cors", "off"]);
    let reply = off.get(&off.live(CUSTOMERS), &[LIVE, origin]);
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (200, None));
    let reply = off.options(&off.live(CUSTOMERS), &preflight);
    assert_ne!(reply.status, 204);
    assert_eq!(reply.header("access-control-allow-origin"), None);
}
