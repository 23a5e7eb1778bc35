//! `listUnassignedDevice`.

use std::collections::BTreeMap;

use super::{axl, fault, rows, text};
use crate::harness::sandbox;

const ALL: &str = "<name/><description/><deviceType/><licenseType/><extension/>";

fn list(criteria: &str, tags: &str, paging: &str) -> String {
    super::list(criteria, tags, paging).replace("LicensedUser", "UnassignedDevice")
}

#[test]
fn devices_without_an_owner_add_up_to_the_truth() {
    let running = sandbox(&["--serve", "cucm"]);
    let devices = rows(&axl(&running, "14.0", &list("<name>%</name>", ALL, "")));
    let truth = &running.truth().cucm;
    assert_eq!(devices.len(), truth.unassigned_devices);
    assert!(devices.len() > 10);
    let mut required: BTreeMap<&str, u32> =
        truth.required.keys().map(|license| (*license, 0)).collect();
    for device in &devices {
        let license = text(device, "licenseType");
        *required.get_mut(license.as_str()).unwrap() += 1;
        assert!(device.attribute("uuid").unwrap().starts_with('{'));
        assert!(text(device, "name").len() <= 50);
    }
    assert_eq!(required, truth.unassigned);
    let total = |license: &str| truth.required[license] + truth.unassigned[license];
    assert!(truth.total.iter().all(|(license, count)| *count == total(license)));
}

#[test]
fn devices_are_searched_and_paged_as_users_are() {
    let running = sandbox(&["--serve", "cucm"]);
    let found = |criteria: &str, paging: &str| {
        rows(&axl(&running, "14.0", &list(criteria, "<name/><description/>", paging)))
    };
    let all = found("<name>%</name>", "");
    let ata = found("<name>ata%</name>", "");
    assert!(!ata.is_empty() && ata.len() < all.len());
    assert!(ata.iter().all(|device| text(device, "name").starts_with("ATA")));
    assert_eq!(found("<name>%</name>", "<skip>3</skip><first>4</first>"), all[3..7]);
    assert!(found("<name>%</name><description>nothing like it</description>", "").is_empty());
    let wrong = list("<userId>%</userId>", "<name/>", "");
    assert!(fault(&axl(&running, "14.0", &wrong)).1.contains("userId"));
}
