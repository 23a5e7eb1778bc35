//! `listLicensedUser` and `getLicensedUser`.

use std::collections::BTreeMap;

use super::{ALL, axl, fault, ids, list, rows, text};
use crate::harness::sandbox;

#[test]
fn listed_users_add_up_to_the_truth() {
    let running = sandbox(&["--size", "10"]);
    let all = rows(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, "")));
    let truth = &running.truth().cucm;
    assert_eq!(all.len(), truth.users);
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
    for user in rows(&axl(&running, "14.0", &list("<userId>%</userId>", ALL, ""))) {
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
    let user = &rows(&reply)[0];
    let names: Vec<&str> = user.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(names, ["lastName", "licenseUsed"]);
    assert_eq!(user.child("lastName").unwrap().text, "Fax & <Print>");
    assert!(reply.body.contains("Fax &amp; &lt;Print&gt;"));
    assert!(user.attribute("uuid").unwrap().starts_with('{'));
    assert_eq!(user.namespace, None);
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
fn single_user_is_found_by_uuid_or_not_at_all() {
    let running = sandbox(&["--size", "10"]);
    let listed = rows(&axl(
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

#[test]
fn text_that_looks_like_markup_comes_whole_escaped_or_as_cdata() {
    let find = list("<userId>cdata</userId>", "<firstName/><lastName/>", "");
    for (quirk, part) in
        [("no-em", "<firstName>]]&gt;</firstName>"), ("cdata", "<![CDATA[]]]]><![CDATA[>]]>")]
    {
        let running = sandbox(&["--serve", "cucm", "--cucm-quirk", quirk]);
        let reply = axl(&running, "14.0", &find);
        assert!(reply.body.contains(part), "{quirk}: {}", reply.body);
        let user = &rows(&reply)[0];
        assert_eq!(text(user, "firstName"), "]]>");
        assert_eq!(text(user, "lastName"), "<![CDATA[Smith]]>");
    }
}

#[test]
fn a_name_that_is_missing_is_nil_and_where_that_is_declared_depends_on_the_release() {
    const XSI: &str = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    for (release, nil) in [
        ("12.5", format!("<firstName {XSI} xsi:nil=\"true\"/>")),
        ("15", "<firstName xsi:nil=\"true\"/>".to_owned()),
    ] {
        let running = sandbox(&["--serve", "cucm", "--cucm-version", release]);
        let find = list("<userId>room-3</userId>", "<firstName/>", "");
        let reply = axl(&running, "12.5", &find);
        assert!(reply.body.contains(&nil), "{release}: {}", reply.body);
        assert_eq!(reply.body.matches(XSI).count(), 1);
    }
}

#[test]
fn the_sequence_of_a_request_is_repeated() {
    let running = sandbox(&["--serve", "cucm"]);
    let find = list("<userId>zed</userId>", "<userId/>", "")
        .replace("<ns:listLicensedUser>", "<ns:listLicensedUser sequence=\"42\">");
    let response = super::response(&axl(&running, "14.0", &find));
    assert_eq!(response.attribute("sequence"), Some("42"));
}

#[test]
fn em_is_left_out_and_fields_come_in_another_order_where_asked_for() {
    let running = sandbox(&["--serve", "cucm", "--cucm-quirk", "no-em,field-order"]);
    let find = list("<userId>zed</userId>", "<userId/><emEnabled/><licenseUsed/>", "");
    let users = rows(&axl(&running, "14.0", &find));
    let names: Vec<&str> = users[0].children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(names, ["licenseUsed", "userId"]);
}

#[test]
fn while_users_change_a_page_begins_with_the_last_row_of_the_one_before() {
    let flags = ["--serve", "cucm", "--users", "25", "--cucm-quirk", "changing-users"];
    let running = sandbox(&flags);
    let page = |skip: u32| {
        let paging = format!("<skip>{skip}</skip><first>10</first>");
        ids(&axl(&running, "14.0", &list("<userId>%</userId>", "<userId/>", &paging)))
    };
    let (first, second, third) = (page(0), page(10), page(20));
    assert_eq!(second[0], first[9]);
    assert_eq!(third[0], second[9]);
    let mut all = [first, second, third].concat();
    assert_eq!(all.len(), 27);
    all.dedup();
    assert_eq!(all.len(), 25);
}
