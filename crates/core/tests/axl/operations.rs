//! What each operation sends and understands, beyond its own example.

use seatree_core::axl::legacy::*;
use seatree_core::axl::sql::*;
use seatree_core::axl::*;
use seatree_core::estate::{Figure, Uuid};
use seatree_core::http::{Reply, Request};
use seatree_core::{Operation, Problem};

use crate::{api, body, credentials, envelope, v};

/// What is inside the operation's own element.
fn inside<'a>(request: &'a Request, operation: &str) -> &'a str {
    let (_, rest) = body(request).split_once(&format!("<ns:{operation}>")).unwrap();
    rest.split_once(&format!("</ns:{operation}>")).unwrap().0
}

fn ok(reply: &str) -> Reply {
    Reply::new(200, reply)
}

fn known(count: i64) -> Figure {
    Figure::known(count)
}

#[test]
fn one_user_is_asked_for_by_name_or_by_uuid_in_braces() {
    let tags = "<returnedTags><userId/><firstName/><lastName/><snrEnabled/><emEnabled/>\
                <deviceCount/><licenseType/><licenseUsed/></returnedTags>";
    let ask = |key| GetLicensedUser::new(&api(), &credentials(), v("11.0"), key).request();
    let by_name = ask(UserKey::Name(UserName::new(" R&D ").unwrap()));
    assert_eq!(inside(&by_name, "getLicensedUser"), format!("<name>R&amp;D</name>{tags}"));
    let uuid = Uuid::parse("1f1d3aff-f77d-319b-7693-3c2221e6af78").unwrap();
    assert_eq!(
        inside(&ask(UserKey::Uuid(uuid)), "getLicensedUser"),
        format!("<uuid>{{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}}</uuid>{tags}")
    );
    assert_eq!(by_name.header("soapaction"), Some("\"CUCM:DB ver=11.0 getLicensedUser\""));
    assert_eq!(UserName::new("  "), None);
    assert_eq!(UserName::new(&"x".repeat(101)), None);
    assert!(UserName::new(&"é".repeat(100)).is_some());
}

#[test]
fn one_user_is_found_or_is_not_there() {
    let name = UserName::new("dstaudt").unwrap();
    let get = GetLicensedUser::new(&api(), &credentials(), v("10.5"), UserKey::Name(name));
    let found = get.decode(&ok(fixture!("licensed-user.xml"))).unwrap().unwrap();
    assert_eq!(found.user.uuid, Uuid::parse("1F1D3AFF-F77D-319B-7693-3C2221E6AF78"));
    assert_eq!((found.user.em, found.user.device_count), (Some(false), known(1)));
    let gone = get.decode(&Reply::new(500, fixture!("fault-user-not-found.xml")));
    assert_eq!(gone, Ok(None));
    let empty = envelope("getLicensedUserResponse", "<return/>");
    assert_eq!(get.decode(&ok(&empty)), Ok(None));
    let other_fault = get.decode(&Reply::new(500, fixture!("fault-memory.xml"))).unwrap_err();
    assert!(matches!(other_fault.problem, Problem::Throttled { .. }));
}

#[test]
fn an_update_of_usage_says_whether_it_was_done() {
    let update = DoUpdateLicenseUsage::new(&api(), &credentials(), v("12.5"));
    assert_eq!(inside(&update.request(), "doUpdateLicenseUsage"), "");
    assert_eq!(update.decode(&ok(fixture!("update-usage.xml"))), Ok(Outcome::Done));
    let said = |text: &str| update.decode(&ok(&envelope("doUpdateLicenseUsageResponse", text)));
    assert_eq!(said("<return>FALSE</return>"), Ok(Outcome::NotDone));
    let uuid = "{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}";
    assert_eq!(
        said(&format!("<return>{uuid}</return>")),
        Ok(Outcome::Changed(Uuid::parse(uuid).unwrap()))
    );
    for neither in ["", "<return/>", "<return>perhaps</return>"] {
        let error = said(neither).unwrap_err();
        assert!(matches!(error.problem, Problem::Malformed { .. }), "{neither}: {error}");
    }
}

#[test]
fn devices_without_an_owner_are_listed() {
    let list =
        |criteria| ListUnassignedDevice::new(&api(), &credentials(), v("12.5"), criteria, 500, 250);
    let tags = "<returnedTags><name/><description/><deviceType/><licenseType/><extension/>\
                </returnedTags><skip>500</skip><first>250</first>";
    assert_eq!(
        inside(&list(DeviceCriteria::default()).request(), "listUnassignedDevice"),
        format!("<searchCriteria><name>%</name></searchCriteria>{tags}")
    );
    let lobby = DeviceCriteria { name: None, description: Some("Lobby & %".into()) };
    assert!(
        body(&list(lobby).request())
            .contains("<searchCriteria><description>Lobby &amp; %</description></searchCriteria>")
    );
    let all = list(DeviceCriteria::default());
    let page = all.decode(&ok(fixture!("unassigned-devices.xml"))).unwrap();
    assert_eq!((page.rows.len(), page.source), (2, Source::Operation));
    assert_eq!(
        page.rows[0],
        UnassignedDevice {
            uuid: Uuid::parse("3d2f1a60-7c4b-4e19-9b7d-1a5c8e0f6d42"),
            name: "SEP0011223344AA".into(),
            description: "Lobby & reception".into(),
            device_type: "Cisco 8841".into(),
            license_type: "Enhanced".into(),
            extension: "4001".into(),
        }
    );
    let odd = envelope(
        "listUnassignedDeviceResponse",
        "<return><unassignedDevice uuid='7'><name>A</name></unassignedDevice></return>",
    );
    assert_eq!(all.decode(&ok(&odd)).unwrap().complaints, ["unassignedDevice[0].uuid"]);
}

#[test]
fn smart_status_is_read_with_and_without_return() {
    let get = GetSmartLicenseStatus::new(&api(), &credentials(), v("14.0"));
    assert_eq!(inside(&get.request(), "getSmartLicenseStatus"), "");
    let without = fixture!("smart-license-status.xml");
    let smart = get.decode(&ok(without)).unwrap();
    assert_eq!(smart.smart_licensing.as_deref(), Some("ENABLED"));
    assert_eq!(smart.registration.status, Some(RegistrationStatus::Registered));
    assert_eq!(
        smart.registration.next_renewal_attempt.as_deref(),
        Some("Fri Aug 29 12:10:22 EDT 2025")
    );
    assert_eq!(smart.registration.last_renewal_attempt, None);
    assert_eq!(smart.authorization.status, Some(AuthorizationStatus::OutOfCompliance));
    assert_eq!(smart.authorization.evaluation_period_remaining.as_deref(), Some("89"));
    let read: Vec<_> = smart
        .entitlements
        .iter()
        .map(|one| (one.license_type.clone(), one.count, one.compliance.clone()))
        .collect();
    assert_eq!(
        read,
        [
            (Some(LicenseType::Cuwl), known(12), Some(Compliance::InCompliance)),
            (Some(LicenseType::EnhancedPlus), known(3), Some(Compliance::OutOfCompliance)),
            (Some(LicenseType::Basic), Figure::UNKNOWN, Some(Compliance::Init)),
        ]
    );
    assert_eq!((&smart.said, smart.complaints.len()), (&None, 0));

    let (said, details) = ("<return>Status of licensing</return>", "<LicenseDetails>");
    let beside = without.replace(details, &format!("{said}{details}"));
    let around = without
        .replace(details, "<return>Status of licensing<LicenseDetails>")
        .replace("</LicenseDetails>", "</LicenseDetails></return>");
    let expected = SmartLicenseStatus { said: Some("Status of licensing".into()), ..smart.clone() };
    for with in [beside, around] {
        assert_eq!(get.decode(&ok(&with)).unwrap(), expected, "{with}");
    }
}

#[test]
fn smart_status_without_details_is_no_answer_and_odd_parts_are_kept() {
    let get = GetSmartLicenseStatus::new(&api(), &credentials(), v("14.0"));
    let read = |inside: &str| get.decode(&ok(&envelope("getSmartLicenseStatusResponse", inside)));
    for nothing in ["", "<return/>", "<return>failed</return>"] {
        let error = read(nothing).unwrap_err();
        assert!(matches!(error.problem, Problem::Malformed { .. }), "{nothing}");
    }
    let odd = read(
        "<LicenseDetails><Registration><Status>On fire</Status></Registration><LicenseStatus>\
         <Entitlement><Tag>none</Tag><Count>many</Count><Status>Waiting</Status></Entitlement>\
         </LicenseStatus></LicenseDetails>",
    )
    .unwrap();
    assert_eq!(odd.registration.status, Some(RegistrationStatus::Other("On fire".into())));
    assert_eq!(odd.authorization, Authorization::default());
    assert_eq!(odd.entitlements[0].count, Figure::UNKNOWN);
    assert_eq!(odd.entitlements[0].compliance, Some(Compliance::Other("Waiting".into())));
    assert_eq!(odd.complaints, ["Entitlement[0].Count"]);
}

#[test]
fn totals_from_the_database_are_trimmed_and_say_where_they_are_from() {
    let read = ReadLicenseTotals::new(&api(), &credentials(), v("9.1"));
    assert_eq!(
        inside(&read.request(), "executeSQLQuery"),
        "<sql><![CDATA[SELECT name,value,UserValue,DeviceValue FROM TABLE (FUNCTION \
         LicenseTotals()) (pkid,name,value,UserValue,DeviceValue)]]></sql>"
    );
    let page = read.decode(&ok(fixture!("license-totals.xml"))).unwrap();
    assert_eq!(page.source, Source::Sql);
    assert_eq!(
        page.rows[..2],
        [
            LicenseTotal {
                license_type: Some(LicenseType::Basic),
                total: known(4),
                users: known(3),
                devices: known(1),
            },
            LicenseTotal {
                license_type: Some(LicenseType::Cuwl),
                total: known(42),
                users: known(42),
                devices: known(0),
            },
        ]
    );
    let odd = "<return><row><NAME>Gold</NAME><value>-3</value></row></return>";
    let odd = read.decode(&ok(&envelope("executeSQLQueryResponse", odd))).unwrap();
    assert_eq!(odd.rows[0].license_type, Some(LicenseType::Other("Gold".into())));
    assert_eq!(odd.rows[0].total, Figure::UNKNOWN);
    assert_eq!(odd.complaints, ["row[0].value"]);
}

#[test]
fn resource_usage_is_paged_and_no_user_id_breaks_out_of_its_statement() {
    let list = |id| ListResourceUsage::new(&api(), &credentials(), v("9.1"), id, 500, 250);
    let all = list(None).request();
    let all = inside(&all, "executeSQLQuery");
    assert!(all.starts_with("<sql><![CDATA[SELECT SKIP 500 FIRST 250 u.pkid,"), "{all}");
    assert!(all.ends_with(" ORDER BY u.pkid]]></sql>") && !all.contains("WHERE"), "{all}");
    let one = list(Some("x' OR '1'='1]]></sql>")).request();
    let expected = " WHERE e.userid='x'' OR ''1''=''1]]]]><![CDATA[></sql>' ORDER BY u.pkid]]>";
    assert!(body(&one).contains(expected), "{}", body(&one));

    let page = list(None).decode(&ok(fixture!("resource-usage.xml"))).unwrap();
    assert_eq!((page.source, page.complaints.len()), (Source::Sql, 0));
    assert_eq!(
        page.rows[0],
        ResourceUsage {
            uuid: Uuid::parse("77a09a6c-0000-4a20-b950-000000000001"),
            user: Uuid::parse("c44b6aa1-0000-2dda-bab3-000000000001"),
            user_id: "ada".into(),
            first_name: "Ada".into(),
            middle_name: String::new(),
            last_name: "O'Brien".into(),
            em: Some(false),
            snr: Some(true),
            tin: known(1),
        }
    );
    assert_eq!((page.rows[1].user, page.rows[1].user_id.as_str()), (None, ""));
}

#[test]
fn a_table_that_is_not_there_is_told_with_the_databases_code() {
    let list = ListResourceUsage::new(&api(), &credentials(), v("15.0"), None, 0, 500);
    let error = list.decode(&Reply::new(500, fixture!("fault-sql.xml"))).unwrap_err();
    assert!(matches!(error.problem, Problem::Rejected { code: Some(-206), .. }), "{error}");
    assert!(error.what().contains("what counts for each user's license"), "{error}");
}

#[test]
fn legacy_capabilities_are_listed_read_and_changed() {
    let tags = "<returnedTags><userid/><enableUps>true</enableUps><enableUpc>true</enableUpc>\
                </returnedTags>";
    let list = ListLicenseCapabilities::new(&api(), &credentials(), v("8.5"), None, 0, 9);
    assert_eq!(
        inside(&list.request(), "listLicenseCapabilities"),
        format!(
            "<searchCriteria><userid>%</userid></searchCriteria>{tags}<skip>0</skip>\
             <first>9</first>"
        )
    );
    let page = list.decode(&ok(fixture!("license-capabilities.xml"))).unwrap();
    assert_eq!(
        page.rows,
        [
            LicenseCapabilities {
                uuid: Uuid::parse("1f1d3aff-f77d-319b-7693-3c2221e6af78"),
                user_id: "ada".into(),
                presence: Some(true),
                personal_communicator: Some(false),
            },
            LicenseCapabilities {
                uuid: None,
                user_id: "bob".into(),
                presence: None,
                personal_communicator: Some(true),
            },
        ]
    );
    let key = CapabilitiesKey::UserId("a<b".into());
    let get = GetLicenseCapabilities::new(&api(), &credentials(), v("9.1"), key.clone());
    assert_eq!(
        inside(&get.request(), "getLicenseCapabilities"),
        format!("<userid>a&lt;b</userid>{tags}")
    );
    let both = CapabilityChange { presence: Some(true), personal_communicator: Some(false) };
    let update = UpdateLicenseCapabilities::new(&api(), &credentials(), v("9.1"), key, both);
    assert_eq!(
        inside(&update.request(), "updateLicenseCapabilities"),
        "<userid>a&lt;b</userid><enableUps>true</enableUps><enableUpc>false</enableUpc>"
    );
}

#[test]
fn license_units_are_read() {
    let get = GetLicenseUnitReport::new(&api(), &credentials(), v("8.5"));
    let report = get.decode(&ok(fixture!("license-unit-report.xml"))).unwrap();
    assert_eq!(
        report,
        LicenseUnitReport {
            server: Some("CUCM-PUB".into()),
            phones: Units {
                authorized: known(500),
                used: known(420),
                remaining: known(80),
                pending: known(0),
                status: Some(true),
            },
            nodes: Units {
                authorized: known(2),
                used: known(2),
                remaining: known(0),
                pending: Figure::UNKNOWN,
                status: Some(true),
            },
            software: SoftwareLicense { version: Some("8.0".into()), status: Some(true) },
            complaints: vec![],
        }
    );
    // What 9.x is said to answer.
    let empty = envelope("getLicenseUnitReportResponse", "<return/>");
    let error = get.decode(&ok(&empty)).unwrap_err();
    assert!(matches!(error.problem, Problem::Malformed { .. }), "{error}");
}

#[test]
fn the_release_of_another_server_can_be_asked_for() {
    let ask = GetCcmVersion::new(&api(), &credentials(), Some(v("12.5"))).of_node("sub<1>");
    assert_eq!(
        inside(&ask.request(), "getCCMVersion"),
        "<processNodeName>sub&lt;1&gt;</processNodeName>"
    );
}

#[test]
fn wildcards_in_criteria_are_told_and_can_be_meant_literally() {
    let criteria = Criteria {
        user_id: Some("a_b%\\".into()),
        first_name: Some("Ada".into()),
        last_name: None,
    };
    assert_eq!(criteria.wildcards(), ["userId"]);
    let literally = criteria.literally();
    assert_eq!(literally.user_id.as_deref(), Some("a\\_b\\%\\\\"));
    assert_eq!(literally.first_name.as_deref(), Some("Ada"));
    assert_eq!(literally.last_name, None);
}

#[test]
fn a_field_that_is_there_twice_is_told_and_the_last_one_counts() {
    let list = ListUnassignedDevice::new(
        &api(),
        &credentials(),
        v("12.5"),
        DeviceCriteria::default(),
        0,
        9,
    );
    let devices = "<return><unassignedDevice><name>A</name><name>B</name></unassignedDevice>\
                   </return>";
    let page = list.decode(&ok(&envelope("listUnassignedDeviceResponse", devices))).unwrap();
    assert_eq!(
        (page.rows[0].name.as_str(), page.complaints),
        ("B", vec!["unassignedDevice[0].name".to_owned()])
    );
    let totals = ReadLicenseTotals::new(&api(), &credentials(), v("9.1"));
    let rows = "<return><row/><row><value>1</value><value>2</value></row></return>";
    let page = totals.decode(&ok(&envelope("executeSQLQueryResponse", rows))).unwrap();
    assert_eq!((page.rows[1].total, page.complaints), (known(2), vec!["row[1].value".to_owned()]));
    let smart = GetSmartLicenseStatus::new(&api(), &credentials(), v("14.0"));
    let details = "<LicenseDetails><Authorization><Status>Authorized</Status><Status>Out of \
                   Compliance</Status></Authorization></LicenseDetails>";
    let read = smart.decode(&ok(&envelope("getSmartLicenseStatusResponse", details))).unwrap();
    assert_eq!(read.complaints, ["Authorization.Status"]);
    let update = DoUpdateLicenseUsage::new(&api(), &credentials(), v("12.5"));
    let both = "<return>true</return><return>false</return>";
    assert!(update.decode(&ok(&envelope("doUpdateLicenseUsageResponse", both))).is_err());
}

#[test]
fn rows_of_nothing_do_not_fill_the_memory() {
    let query = ExecuteSqlQuery::new(
        &api(),
        &credentials(),
        v("9.1"),
        Statement::new("SELECT pkid FROM enduser"),
    );
    let read = |rows: usize| {
        let rows = format!("<return>{}</return>", "<row/>".repeat(rows));
        query.decode(&ok(&envelope("executeSQLQueryResponse", &rows)))
    };
    assert_eq!(read(200_000).unwrap().rows.len(), 200_000);
    let error = read(200_001).unwrap_err();
    assert!(error.technical.contains("more than 200000 rows"), "{error:?}");
}

#[test]
fn columns_keep_their_order_and_names_and_lose_their_padding() {
    let query = ExecuteSqlQuery::new(
        &api(),
        &credentials(),
        v("9.1"),
        Statement::new("SELECT name FROM device"),
    );
    let rows = "<return><row><name>SEP1  </name><empty/><Tk_Class> 7</Tk_Class></row></return>";
    let page = query.decode(&ok(&envelope("executeSQLQueryResponse", rows))).unwrap();
    let columns: Vec<_> = page.rows[0].columns().collect();
    assert_eq!(columns, [("name", "SEP1"), ("Tk_Class", "7")]);
    assert_eq!((page.rows[0].get("TK_CLASS"), page.rows[0].get("empty")), (Some("7"), None));
}
