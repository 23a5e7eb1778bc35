//! What else Live Platform surprises with.

use serde_json::Value;

use crate::harness::{LIVE, Running, sandbox};

const CUSTOMERS: &str = "/tenantui/api/v3/customer";

fn running(flags: &[&str]) -> Running {
    sandbox(&[&["--serve", "live-platform"], flags].concat())
}

fn get(running: &Running, path: &str) -> Value {
    running.get(&running.live(path), &[LIVE]).json()
}

fn info(running: &Running, guid: &str) -> Value {
    get(running, &format!("{CUSTOMERS}/{guid}/licenseinfo"))
}

/// The five counts of an info.
fn counts(info: &Value) -> u64 {
    let names = [
        "managedUsersDirectRouting",
        "managedUsersOperatorConnect",
        "managedUsersByLifeCycleManagement",
        "managedUsersUserInterface",
        "managedServiceNumbers",
    ];
    names.iter().map(|name| info[name].as_u64().unwrap()).sum()
}

/// Those of them that count.
fn switched_on(info: &Value) -> u64 {
    let factors = info["LicenseFactors"].as_object().unwrap();
    let off = |part: &str, count: &str| {
        let off = factors.iter().any(|(name, on)| name.contains(part) && *on == false);
        if off { info[count].as_u64().unwrap() } else { 0 }
    };
    let life_cycle = "managedUsersByLifeCycleManagement";
    counts(info)
        - off("By Template", life_cycle)
        - off("LifeCycle", life_cycle)
        - off("User Interface", "managedUsersUserInterface")
        - off("Service Numbers", "managedServiceNumbers")
}

#[test]
fn the_api_is_mounted_where_it_is_and_nowhere_else() {
    for (flag, right, wrong) in [("tenantui", "/tenantui", ""), ("root", "", "/tenantui")] {
        let running = running(&["--live-path", flag, "--services", "2"]);
        let status = |base: &str| {
            running.get(&running.live(&format!("{base}/api/v3/customer")), &[LIVE]).status
        };
        assert_eq!((status(right), status(wrong)), (200, 404), "{flag}");
    }
}

#[test]
fn all_details_add_sites() {
    let running = running(&["--services", "2"]);
    let site = |path: &str| get(&running, path)[0].get("SiteLocation").cloned();
    assert_eq!(site(CUSTOMERS), None);
    assert_eq!(site(&format!("{CUSTOMERS}?allDetails=false")), None);
    assert!(site(&format!("{CUSTOMERS}?allDetails=true")).unwrap().is_array());
    let guid = &running.truth().live_platform.services[0].guid;
    let single = get(&running, &format!("{CUSTOMERS}/{guid}?allDetails=True"));
    assert!(single["SiteLocation"].is_array());
}

#[test]
fn a_lead_has_no_guid_and_no_license() {
    let running = running(&["--services", "4", "--live-leads", "2"]);
    let truth = &running.truth().live_platform;
    assert_eq!((truth.services.len(), truth.leads.len()), (4, 2));
    let list = get(&running, CUSTOMERS);
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 6);
    for (lead, name) in list[4..].iter().zip(&truth.leads) {
        assert_eq!(lead["CustomerFullName"], name.as_str());
        assert!(lead["UmpCustomerGuid"].is_null() && lead.get("UmpCustomerGuid").is_some());
        assert!(lead["LicensedUsersCount"].is_null());
    }
    assert!(get(&running, "/tenantui/api/v2/customer")[5]["Id"].is_null());
    assert!(info(&running, "null")["Message"].as_str().unwrap().starts_with("Error: "));
    // They change nothing for the services before them.
    let without = self::running(&["--services", "4"]);
    assert_eq!(get(&without, CUSTOMERS).as_array().unwrap(), &list[..4]);
}

#[test]
fn services_that_fail_once_can_be_read_then() {
    let running = running(&["--services", "5", "--live-failing-once", "2"]);
    let truth = &running.truth().live_platform;
    assert_eq!(truth.readable, 4, "they count as readable");
    let mut failed = 0;
    for service in truth.services.iter().filter(|service| service.readable) {
        let url = running.live(&format!("{CUSTOMERS}/{}/licenseinfo", service.guid));
        let first = running.get(&url, &[LIVE]);
        failed += usize::from(first.status == 500);
        let second = running.get(&url, &[LIVE]);
        assert_eq!(second.status, 200);
        assert_eq!(second.json()[0]["currentlyLicensed"], service.licensed);
    }
    assert_eq!(failed, 2);
}

#[test]
fn a_factor_that_is_off_still_has_a_count() {
    for seed in ["1", "2", "3"] {
        let running = running(&["--seed", seed, "--services", "9"]);
        let info = info(&running, &running.truth().live_platform.services[8].guid);
        let info = &info[0];
        assert_eq!(info["LicenseFactors"]["Managed Service Numbers"], false);
        assert!(info["managedServiceNumbers"].as_u64().unwrap() > 0);
        assert!(counts(info) > info["currentlyLicensed"].as_u64().unwrap(), "seed {seed}");
        assert_eq!(info["licenseSettingsFlagsLevel"], 2);
    }
}

#[test]
fn one_service_was_last_updated_years_before_the_others() {
    let running = running(&["--services", "9"]);
    let services = &running.truth().live_platform.services;
    let updated = |number: usize| {
        info(&running, &services[number].guid)[0]["lastUpdate"].as_str().unwrap().to_owned()
    };
    assert!(updated(5).starts_with("2023-") && updated(4).starts_with("2026-"));
}

#[test]
fn a_contradiction_is_served_as_the_truth_tells_it() {
    assert!(running(&[]).truth().live_platform.services.iter().all(|one| one.unexplained == 0));
    let running = running(&["--contradictions", "on"]);
    let services = &running.truth().live_platform.services;
    let [service] = services.iter().filter(|one| one.unexplained > 0).collect::<Vec<_>>()[..]
    else {
        panic!("not one service")
    };
    let info = info(&running, &service.guid);
    let info = &info[0];
    let licensed = info["currentlyLicensed"].as_u64().unwrap();
    assert_eq!(licensed, u64::from(service.licensed));
    assert_eq!(licensed, switched_on(info) + u64::from(service.unexplained));
}
