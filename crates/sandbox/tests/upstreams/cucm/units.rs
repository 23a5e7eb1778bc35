//! What only 8.5 and 9.1 have: capabilities of users, units of devices.

use super::{ADMINISTRATOR, axl, axl_as, fault, response, rows, text};
use crate::harness::{Running, sandbox};

const ALL: &str = "<userid/><enableUps>true</enableUps><enableUpc>0</enableUpc>";

fn list(criteria: &str, paging: &str) -> String {
    super::list(criteria, ALL, paging).replace("LicensedUser", "LicenseCapabilities")
}

fn one(running: &Running, key: &str) -> super::Element {
    let request = format!("<ns:getLicenseCapabilities>{key}</ns:getLicenseCapabilities>");
    rows(&axl(running, "8.5", &request))[0].clone()
}

#[test]
fn capabilities_are_listed_and_changed_on_8_5() {
    let running = sandbox(&["--serve", "cucm", "--cucm-version", "8.5"]);
    let all = rows(&axl(&running, "8.5", &list("<userid>%</userid>", "")));
    assert_eq!(all.len(), running.truth().cucm.users);
    let of = |value: &str, name| all.iter().filter(|user| text(user, name) == value).count();
    assert!(of("true", "enableUps") > 0 && of("false", "enableUpc") > 0);

    let user = one(&running, "<userid>zed</userid>");
    let uuid = user.attribute("uuid").unwrap().to_owned();
    let turned = |name| if text(&user, name) == "true" { "false" } else { "true" };
    let change = format!(
        "<ns:updateLicenseCapabilities><uuid>{uuid}</uuid><enableUps>{}</enableUps>\
         <enableUpc>{}</enableUpc></ns:updateLicenseCapabilities>",
        turned("enableUps"),
        turned("enableUpc")
    );
    assert_eq!(axl(&running, "8.5", &change).status, 403, "may only read");
    let changed = response(&axl_as(ADMINISTRATOR, &running, "8.5", &change));
    assert_eq!(text(&changed, "return"), uuid);
    let after = one(&running, &format!("<uuid>{uuid}</uuid>"));
    for name in ["enableUps", "enableUpc"] {
        assert_ne!(text(&after, name), text(&user, name), "{name}");
    }
    let nobody = "<ns:getLicenseCapabilities><userid>nobody</userid></ns:getLicenseCapabilities>";
    assert_eq!(fault(&axl(&running, "8.5", nobody)).0, 5007);
    let by_name = nobody.replace("userid", "name");
    assert!(fault(&axl(&running, "8.5", &by_name)).1.contains("name"));
}

#[test]
fn tags_are_typed_and_an_empty_one_is_refused() {
    let running = sandbox(&["--serve", "cucm", "--cucm-version", "8.5"]);
    let request = list("<userid>%</userid>", "").replace("<enableUps>true<", "<enableUps><");
    let (_, text) = fault(&axl(&running, "8.5", &request));
    assert!(text.contains("enableUps"), "{text}");
}

#[test]
fn units_add_up_on_8_5() {
    let running = sandbox(&["--serve", "cucm", "--cucm-version", "8.5"]);
    let report = &rows(&axl(&running, "8.5", "<ns:getLicenseUnitReport/>"))[0];
    let phones = report.child("phoneLicenseFeature").unwrap();
    let number = |name| text(phones, name).parse::<u32>().unwrap();
    let truth = &running.truth().cucm;
    let devices = truth.devices + u32::try_from(truth.unassigned_devices).unwrap();
    assert_eq!(number("unitsUsed"), devices * 4);
    assert_eq!(number("unitsAuthorized"), number("unitsUsed") + number("unitsRemaining"));
}

#[test]
fn from_9_0_on_the_same_requests_are_accepted_and_say_nothing() {
    for release in ["9.1", "10.0"] {
        let running = sandbox(&["--serve", "cucm", "--cucm-version", release]);
        let reply = axl(&running, "9.1", &list("<userid>%</userid>", ""));
        assert!(reply.body.contains("<return/>"), "{}", reply.body);
        let report = &rows(&axl(&running, "9.1", "<ns:getLicenseUnitReport/>"))[0];
        assert!(report.name == "licenseUnitReport" && report.children.is_empty());
        let user = "<ns:getLicenseCapabilities><userid>zed</userid></ns:getLicenseCapabilities>";
        assert!(rows(&axl(&running, "9.1", user))[0].children.is_empty());
    }
}
