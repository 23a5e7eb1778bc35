//! Releases, the schemas they support, and several clusters at once.

use seatree_sandbox::cucm::xml;

use super::{ALL, axl, envelope, fault, ids, list, response, rows, text};
use crate::harness::{AXL, sandbox};

#[test]
fn version_is_found_without_knowing_it() {
    let running = sandbox(&["--size", "10", "--cucm-version", "12.5"]);
    let reply =
        running.post(&running.cucm("/axl/"), &[AXL], &envelope("1.0", "<ns:getCCMVersion/>"));
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("<version>12.5.1.10000-22</version>"));
    let uds = running.get(&running.cucm("/cucm-uds/version"), &[]);
    assert!(uds.body.contains("<version>12.5.1</version>"), "{}", uds.body);
}

#[test]
fn soap_action_and_namespace_have_to_agree() {
    let running = sandbox(&["--size", "10"]);
    let url = running.cucm("/axl/");
    let body = envelope("14.0", "<ns:getCCMVersion/>");
    let status = |action: &str| running.post(&url, &[AXL, ("SOAPAction", action)], &body).status;
    assert_eq!(status("\"CUCM:DB ver=14.0 getCCMVersion\""), 200);
    assert_eq!(status("CUCM:DB ver=14.0"), 200, "unquoted, without operation");
    assert_eq!(status("\"CUCM:DB ver=12.5 getCCMVersion\""), 599);
    assert_eq!(running.post(&url, &[AXL], &body).status, 599, "without SOAPAction");
}

#[test]
fn each_release_supports_its_schemas() {
    for (release, supported, refused, sentence) in [
        ("11.0", "9.1", "11.5", "9.x, 10.0 and 11.0"),
        ("11.5", "11.5", "12.0", "9.x, 10.0 and 11.x"),
        ("12.5", "10.0", "9.1", "10.0, 11.x and 12.x"),
        ("14.0", "11.0", "15.0", "11.x, 12.x and 14.0"),
        ("15.0", "12.0", "11.5", "12.x, 14.0 and 15.0"),
    ] {
        let running = sandbox(&["--size", "10", "--serve", "cucm", "--cucm-version", release]);
        let reply = axl(&running, supported, "<ns:getCCMVersion/>");
        assert_eq!(reply.status, 200, "{supported} on {release}");
        let reply = axl(&running, refused, "<ns:getCCMVersion/>");
        assert_eq!(reply.status, 599, "{refused} on {release}");
        let text = format!("Supported axl versions are {sentence}<");
        assert!(reply.body.contains(&text), "{release}: {}", reply.body);
    }
}

#[test]
fn another_wording_of_the_599_page_is_a_bare_list() {
    let running = sandbox(&["--size", "10", "--serve", "cucm", "--cucm-version", "12"]);
    let reply = axl(&running, "14.0", "<ns:getCCMVersion/>");
    assert_eq!(reply.status, 599);
    assert!(reply.body.contains("Supported axl versions: 10,11,11.5,12<"), "{}", reply.body);
}

#[test]
fn operations_exist_in_their_schemas_only() {
    let users = list("<userId>%</userId>", "<userId/>", "<first>1</first>");
    let devices = users.replace("LicensedUser", "UnassignedDevice").replace("userId", "name");
    let one = "<ns:getLicensedUser><name>svc_fax</name></ns:getLicensedUser>";
    let capabilities = list("<userid>%</userid>", "<userid/>", "<first>1</first>")
        .replace("LicensedUser", "LicenseCapabilities");
    let all = [
        ("getCCMVersion", "<ns:getCCMVersion/>", "8.0", "15.0"),
        ("listLicensedUser", &users, "11.0", "15.0"),
        ("getLicensedUser", one, "10.5", "15.0"),
        ("listUnassignedDevice", &devices, "11.0", "15.0"),
        ("getSmartLicenseStatus", "<ns:getSmartLicenseStatus/>", "12.5", "15.0"),
        ("listLicenseCapabilities", &capabilities, "8.0", "9.1"),
        ("getLicenseUnitReport", "<ns:getLicenseUnitReport/>", "8.0", "9.1"),
    ];
    let number = |version: &str| version.parse::<f64>().unwrap();
    // Each schema on a release that supports it.
    for (release, schemas) in
        [("10.5", &["8.5", "9.1", "10.0", "10.5"][..]), ("14", &["11.0", "12.0", "12.5", "14.0"])]
    {
        let running = sandbox(&["--size", "10", "--serve", "cucm", "--cucm-version", release]);
        for schema in schemas {
            for (operation, request, first, last) in all {
                let reply = axl(&running, schema, request);
                let there = (number(first)..=number(last)).contains(&number(schema));
                assert_eq!(reply.status == 200, there, "{operation} in {schema}: {}", reply.body);
                if !there {
                    assert_operation_not_found(&reply.body, schema);
                }
            }
        }
    }
}

/// Axis' fault has no code of AXL.
fn assert_operation_not_found(body: &str, schema: &str) {
    let envelope = xml::parse(body.as_bytes()).unwrap();
    let fault = envelope.child("Body").unwrap().child("Fault").unwrap();
    assert_eq!(text(fault, "faultcode"), "axis2ns1:Client");
    let expected = "The endpoint reference (EPR) for the Operation not found is \
                    https://127.0.0.1:8443/axl/services/AXLAPIService and the WSA Action = \
                    CUCM:DB ver=";
    assert_eq!(text(fault, "faultstring"), format!("{expected}{schema} x"));
    assert!(fault.child("detail").unwrap().children.is_empty());
}

#[test]
fn all_releases_start_and_name_themselves() {
    for release in ["8.5", "9.1", "10", "10.5", "11", "11.5", "12.0", "12.5", "14", "15.0"] {
        let running = sandbox(&["--serve", "cucm", "--users", "1", "--cucm-version", release]);
        let url = running.cucm("/axl/");
        let reply = running.post(&url, &[AXL], &envelope("1.0", "<ns:getCCMVersion/>"));
        let version = response(&reply);
        let version = text(&rows(&reply)[0], "version") + &version.namespace.unwrap();
        assert!(version.starts_with(release), "{release}: {version}");
        let uds = running.get(&running.cucm("/cucm-uds/version"), &[]).status;
        assert_eq!(uds, if ["8.5", "9.1"].contains(&release) { 404 } else { 200 }, "{release}");
    }
}

#[test]
fn several_clusters_have_users_and_a_release_of_their_own() {
    let flags = ["--serve", "cucm", "--users", "20", "--cucm-version", "15,12.5"];
    let running = sandbox(&flags);
    let all = list("<userId>%</userId>", ALL, "");
    let first = ids(&axl(&running, "15.0", &all));
    let second = running.second_cucm("/axl/");
    let action = ("SOAPAction", "CUCM:DB ver=12.5 listLicensedUser");
    let second = ids(&running.post(&second, &[AXL, action], &envelope("12.5", &all)));
    assert_eq!((first.len(), second.len()), (20, 20));
    assert_ne!(first, second);
    let truth = running.truth();
    let versions: Vec<&str> = truth.cucm_clusters.iter().map(|cluster| cluster.version).collect();
    assert_eq!(versions, ["15.0", "12.5"]);
    assert_eq!(truth.cucm.version, "15.0");
}

#[test]
fn a_schema_fault_is_prefixed_on_newer_releases_only() {
    for (release, schema, prefix) in
        [("11.5", "11.5", "<axlError>"), ("14", "14.0", "<ns2:axlError ")]
    {
        let running = sandbox(&["--serve", "cucm", "--users", "1", "--cucm-version", release]);
        let reply = axl(&running, schema, "<ns:getCCMVersion><x/></ns:getCCMVersion>");
        assert!(reply.body.contains(prefix), "{}", reply.body);
        assert!(fault(&reply).1.contains("Unexpected subelement x"));
    }
}
