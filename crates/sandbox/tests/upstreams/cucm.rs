use std::collections::BTreeMap;

use seatree_sandbox::cucm::xml::{self, Element};

use crate::harness::{AXL, Reply, Running, agent, sandbox};

const ALL: &str =
    "<userId/><firstName/><lastName/><snrEnabled/><deviceCount/><licenseType/><licenseUsed/>";

fn envelope(version: &str, body: &str) -> String {
    format!(
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:ns=\"http://www.cisco.com/AXL/API/{version}\"><soapenv:Header/><soapenv:Body>\
         {body}</soapenv:Body></soapenv:Envelope>"
    )
}

fn axl(running: &Running, version: &str, body: &str) -> Reply {
    let action = format!("\"CUCM:DB ver={version} x\"");
    let headers = [AXL, ("SOAPAction", action.as_str()), ("Content-Type", "text/xml")];
    running.post(&running.cucm("/axl/"), &headers, &envelope(version, body))
}

fn list(criteria: &str, tags: &str, paging: &str) -> String {
    format!(
        "<ns:listLicensedUser><searchCriteria>{criteria}</searchCriteria>\
         <returnedTags>{tags}</returnedTags>{paging}</ns:listLicensedUser>"
    )
}

fn users(reply: &Reply) -> Vec<Element> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let envelope = xml::parse(reply.body.as_bytes()).unwrap();
    let response = &envelope.child("Body").unwrap().children[0];
    response.child("return").unwrap().children.clone()
}

fn ids(reply: &Reply) -> Vec<String> {
    users(reply).iter().map(|user| user.child("userId").unwrap().text.clone()).collect()
}

fn fault(reply: &Reply) -> (i32, String) {
    assert_eq!(reply.status, 500, "{}", reply.body);
    let envelope = xml::parse(reply.body.as_bytes()).unwrap();
    let fault = envelope.child("Body").unwrap().child("Fault").unwrap();
    let error = fault.child("detail").unwrap().child("axlError").unwrap();
    let code = error.child("axlcode").unwrap().text.parse().unwrap();
    (code, fault.child("faultstring").unwrap().text.clone())
}

#[test]
fn certificate_is_not_trusted_unless_told_so() {
    let running = sandbox(&["--size", "10"]);
    let url = running.cucm("/cucm-uds/version");
    assert_eq!(running.get(&url, &[]).status, 200);
    assert!(agent(None).get(&url).call().is_err());
}

#[test]
fn refusals_are_html_pages() {
    let running = sandbox(&["--size", "10", "--cucm-version", "15"]);
    let url = running.cucm("/axl/");
    let request = envelope("15.0", "<ns:getCCMVersion/>");
    let nobody = running.post(&url, &[], &request);
    assert_eq!(nobody.status, 401);
    assert_eq!(nobody.body, include_str!("../../../core/fixtures/axl/page-401.html"));
    // no-axl:sandbox-demo
    let no_role = [("Authorization", "Basic bm8tYXhsOnNhbmRib3gtZGVtbw==")];
    let no_role = running.post(&url, &no_role, &request);
    assert_eq!(no_role.status, 403);
    assert_eq!(no_role.body, include_str!("../../../core/fixtures/axl/page-403.html"));
    let old = axl(&running, "11.5", "<ns:getCCMVersion/>");
    assert_eq!(old.status, 599);
    assert_eq!(old.body, include_str!("../../../core/fixtures/axl/page-599.html"));
    assert!(old.header("content-type").unwrap().starts_with("text/html"));
}

#[test]
fn trailing_slash_is_part_of_the_path() {
    let running = sandbox(&["--size", "10"]);
    let reply = running.post(&running.cucm("/axl"), &[AXL], "");
    assert_eq!(reply.status, 404);
    assert!(reply.body.contains("<html>"));
}

#[test]
fn a_browser_gets_no_cors_headers_and_no_preflight() {
    let running = sandbox(&["--size", "10"]);
    let origin = ("Origin", "http://127.0.0.1:8700");
    let preflight = [origin, ("Access-Control-Request-Method", "POST")];
    let reply = running.options(&running.cucm("/axl/"), &preflight);
    assert_eq!(reply.status, 405);
    let read = running.get(&running.cucm("/axl/"), &[AXL, origin]);
    assert_eq!(read.status, 200);
    assert!(read.body.contains("working and accepting requests"));
    for reply in [reply, read] {
        assert!(!reply.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    }
}

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
fn listed_users_add_up_to_the_truth() {
    let running = sandbox(&["--size", "10"]);
    let all = users(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, "")));
    let truth = &running.truth().cucm;
    assert_eq!(all.len(), truth.users);
    let text = |user: &Element, name: &str| user.child(name).unwrap().text.clone();
    let mut required: BTreeMap<String, u32> = BTreeMap::new();
    let mut without = 0;
    for user in &all {
        let used: u32 = text(user, "licenseUsed").parse().unwrap();
        match text(user, "licenseType") {
            kind if kind.is_empty() => {
                assert_eq!(used, 0);
                without += 1;
            }
            kind => *required.entry(kind).or_default() += used,
        }
    }
    assert_eq!(without, truth.without_license);
    assert!(without > 0);
    let truth: BTreeMap<String, u32> =
        truth.required.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    assert_eq!(required, truth);
}

#[test]
fn license_follows_devices_and_single_number_reach() {
    let running = sandbox(&["--size", "10"]);
    let text = |user: &Element, name: &str| user.child(name).unwrap().text.clone();
    for user in users(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, ""))) {
        let devices: u32 = text(&user, "deviceCount").parse().unwrap();
        let reach = text(&user, "snrEnabled") == "true";
        let license = text(&user, "licenseType");
        let holds = match devices {
            0 => license == if reach { "Basic" } else { "" },
            1 if reach => license != "Essential" && !license.is_empty(),
            1 => ["Essential", "Basic", "Enhanced", "TelePresence Room"].contains(&&*license),
            2 => license == "Enhanced Plus",
            _ => license == "CUWL Standard",
        };
        assert!(holds, "{devices} devices, reach {reach}: {license}");
        assert_eq!(text(&user, "licenseUsed") == "2", devices > 10);
    }
}

#[test]
fn pages_join_to_the_whole_sorted_by_user_id() {
    let running = sandbox(&["--size", "10", "--users", "250"]);
    let page = |paging: &str| {
        ids(&axl(&running, "14.0", &list("<userId>%</userId>", "<userId/>", paging)))
    };
    let whole = page("");
    assert_eq!(whole.len(), 250);
    assert!(whole.is_sorted_by(|one, next| one < next), "sorted, each once");
    let mut joined = Vec::new();
    for skip in [0, 100, 200] {
        joined.extend(page(&format!("<skip>{skip}</skip><first>100</first>")));
    }
    assert_eq!(joined, whole);
    assert_eq!(page("<skip>100</skip>"), whole, "skip means nothing without first");
    let beyond =
        axl(&running, "14.0", &list("<userId>%</userId>", "", "<skip>250</skip><first>9</first>"));
    assert!(beyond.body.contains("<return/>"), "{}", beyond.body);
}

#[test]
fn search_is_like_in_any_case_and_criteria_are_joined_by_and() {
    let running = sandbox(&["--size", "10"]);
    let found = |criteria: &str| ids(&axl(&running, "14.0", &list(criteria, "<userId/>", "")));
    // The underscore is a wildcard, so that a user id with one finds its neighbor as well.
    assert_eq!(found("<userId>SVC_fax</userId>").len(), 2);
    assert_eq!(found("<userId>svcxfax</userId>"), ["svcxfax"]);
    assert_eq!(found("<firstName>lobby</firstName>"), ["svc_fax"]);
    assert_eq!(found("<lastName>fax &amp; %</lastName>"), ["svc_fax"]);
    assert!(found("<userId>%</userId><lastName>nobody</lastName>").is_empty());
    assert_eq!(found("<userId>svc%</userId><lastName>fax%</lastName>"), ["svc_fax"]);
    assert!(found("<userId/>").is_empty(), "an empty criterion matches nothing");
}

#[test]
fn only_the_requested_fields_come_back() {
    let running = sandbox(&["--size", "10"]);
    let request = list("<userId>svc_fax</userId>", "<lastName/><licenseUsed/>", "<first>1</first>");
    let reply = axl(&running, "14.0", &request);
    let user = &users(&reply)[0];
    let names: Vec<&str> = user.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(names, ["lastName", "licenseUsed"]);
    assert_eq!(user.child("lastName").unwrap().text, "Fax & <Print>");
    assert!(reply.body.contains("Fax &amp; &lt;Print&gt;"));
    assert!(user.attribute("uuid").unwrap().starts_with('{'));
    assert_eq!(user.namespace, None);
}

#[test]
fn schema_is_enforced() {
    let running = sandbox(&["--size", "10"]);
    let all = "<searchCriteria><userId>%</userId></searchCriteria>";
    let tags = "<returnedTags><userId/></returnedTags>";
    let op = |inner: &str| format!("<ns:listLicensedUser>{inner}</ns:listLicensedUser>");
    let qualified = "<listLicensedUser xmlns=\"http://www.cisco.com/AXL/API/14.0\">\
        <searchCriteria><userId>%</userId></searchCriteria><returnedTags><userId/></returnedTags>\
        </listLicensedUser>";
    for (what, body, expected) in [
        ("first before skip", op(&format!("{all}{tags}<first>1</first><skip>0</skip>")), "skip"),
        ("tags before criteria", op(&format!("{tags}{all}")), "searchCriteria"),
        ("no tags", op(all), "returnedTags"),
        ("no criteria", op(tags), "searchCriteria"),
        ("unknown tag", op(&format!("{all}<returnedTags><email/></returnedTags>")), "email"),
        (
            "tags out of order",
            op(&format!("{all}<returnedTags><lastName/><userId/></returnedTags>")),
            "userId",
        ),
        ("negative page", op(&format!("{all}{tags}<first>-1</first>")), "first"),
        ("qualified children", qualified.to_owned(), "Unexpected subelement {http"),
    ] {
        let (code, text) = fault(&axl(&running, "14.0", &body));
        assert_eq!(code, -1, "{what}");
        assert!(text.contains(expected), "{what}: {text}");
    }
    assert_eq!(fault(&running.post(&running.cucm("/axl/"), &[AXL], "<a>")).0, -1, "no XML");
}

#[test]
fn extension_mobility_is_known_from_12_5_on() {
    let running = sandbox(&["--size", "10"]);
    let request = list("<userId>svc_fax</userId>", "<userId/><emEnabled/>", "");
    assert!(axl(&running, "12.5", &request).body.contains("<emEnabled>"));
    let (_, text) = fault(&axl(&running, "12.0", &request));
    assert!(text.contains("emEnabled"), "{text}");
}

#[test]
fn too_large_a_reply_is_refused_and_the_suggested_page_fits() {
    let running = sandbox(&["--size", "10", "--axl-reply-limit", "65536"]);
    let (code, text) = fault(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, "")));
    assert_eq!(code, -1);
    let text =
        text.strip_prefix("Query request too large. Total rows matched: 1200 rows. ").unwrap();
    let fewer = text.strip_prefix("Suggestive Row Fetch: less than ").unwrap();
    let fewer: usize = fewer.strip_suffix(" rows").unwrap().parse().unwrap();
    assert!((10..1200).contains(&fewer), "{fewer}");
    // The suggestion is an average, as rows differ: a little less always fits.
    let page = format!("<skip>0</skip><first>{}</first>", fewer * 9 / 10);
    let reply = axl(&running, "14.0", &list("<userId>%</userId>", ALL, &page));
    assert_eq!(users(&reply).len(), fewer * 9 / 10);
}

#[test]
fn single_user_is_found_by_uuid_or_not_at_all() {
    let running = sandbox(&["--size", "10"]);
    let listed = users(&axl(
        &running,
        "14.0",
        &list("<userId>svc_fax</userId>", "<userId/>", "<first>1</first>"),
    ));
    let uuid = listed[0].attribute("uuid").unwrap();
    let get = |key: &str| {
        axl(&running, "14.0", &format!("<ns:getLicensedUser>{key}</ns:getLicensedUser>"))
    };
    assert_eq!(ids(&get(&format!("<uuid>{uuid}</uuid>"))), ["svc_fax"]);
    let bare = uuid.trim_matches(['{', '}']).to_lowercase();
    assert_eq!(ids(&get(&format!("<uuid>{{{bare}}}</uuid>"))), ["svc_fax"], "in any case");
    let (_, text) = fault(&get(&format!("<uuid>{bare}</uuid>")));
    assert!(text.contains("XUUID"), "without braces: {text}");
    let (code, text) = fault(&get("<name>nobody</name>"));
    assert_eq!(code, 5007);
    assert_eq!(text, "Item not valid: The specified User was not found");
    fault(&get("<userId>svc_fax</userId>"));
}
