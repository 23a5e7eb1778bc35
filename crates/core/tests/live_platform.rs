//! The Live Platform contract against the vendor's printed replies and its known quirks.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use proptest::prelude::*;
use seatree_core::estate::{Figure, Kind, Meter, Tree, Uuid};
use seatree_core::http::{Method, Reply, Secret};
use seatree_core::live_platform::*;
use seatree_core::{Operation, Problem, UpstreamError};
use serde_json::{Value, json};

const CUSTOMERS: &str = include_str!("../fixtures/live-platform/customers.json");
const CUSTOMERS_V2: &str = include_str!("../fixtures/live-platform/customers-v2.json");
const LICENSE_INFO: &str = include_str!("../fixtures/live-platform/license-info.json");
const WITH_SECRETS: &str = include_str!("../fixtures/live-platform/customer-with-secrets.json");
const ERROR_UNDER_200: &str = include_str!("../fixtures/live-platform/error-under-200.json");

fn api() -> Api {
    Api::new("https://portal.example/tenantui/").unwrap()
}

fn guid() -> Uuid {
    Uuid::parse("b11a3f8a-9220-457a-938f-cae531f79d67").unwrap()
}

fn customers() -> Customers {
    Customers::new(&api(), &Secret::from("t0ken"))
}

fn info() -> LicenseInfo {
    LicenseInfo::new(&api(), &Secret::from("t0ken"), guid())
}

fn read(body: &Value) -> Result<ServiceLicense, UpstreamError> {
    info().decode(&Reply::new(200, body.to_string()))
}

/// The vendor's example with one field changed.
fn example_with(field: &str, value: Value) -> Value {
    let mut example: Value = serde_json::from_str(LICENSE_INFO).unwrap();
    example[0][field] = value;
    example
}

#[test]
fn requests_carry_the_token_as_a_header_only() {
    let request = info().request();
    assert_eq!(request.method, Method::Get);
    assert_eq!(
        request.url,
        "https://portal.example/tenantui/api/v3/customer/b11a3f8a-9220-457a-938f-cae531f79d67/licenseinfo"
    );
    assert_eq!(request.header("authorization"), Some("Bearer t0ken"));
    assert!(!format!("{:?} {request:?}", info()).contains("t0ken"));
    assert_eq!(customers().request().url, "https://portal.example/tenantui/api/v3/customer");
}

#[test]
fn the_vendors_license_info_is_read_whole() {
    let license = info().decode(&Reply::new(200, LICENSE_INFO)).unwrap();
    assert_eq!(license.customer, Some(guid()));
    assert_eq!(license.acquired, Figure::known(50));
    assert_eq!(license.licensed, Figure::known(24));
    assert_eq!(license.monitored, Figure::known(20));
    assert_eq!(license.available(), Figure::known(26));
    assert_eq!(license.utilization(), Some(0.48));
    let factors: Vec<Figure> = Factor::ALL.map(|factor| license.factors.of(factor)).into();
    assert_eq!(factors, [6, 2, 4, 10, 2].map(Figure::known));
    assert_eq!(license.sum_of_factors(), Figure::known(24));
    assert_eq!(license.sums_agree(), Some(true));
    assert_eq!(license.enabled.len(), 3);
    assert_eq!(license.last_update.as_deref(), Some("2023-11-06T16:05:06.0202209+00:00"));
    assert_eq!(license.last_update_s, Some(1_699_286_706));
    assert_eq!(license.settings_level.as_deref(), Some("2"));
    assert_eq!(license.complaints, Vec::<String>::new());
}

#[test]
fn monitored_users_are_read_as_text_or_number() {
    for sent in [json!(20), json!("20")] {
        let license = read(&example_with("totalMonitoredUsers", sent)).unwrap();
        assert_eq!(license.monitored, Figure::known(20));
    }
    let license = read(&example_with("totalMonitoredUsers", json!(null))).unwrap();
    assert_eq!(license.monitored, Figure::UNKNOWN);
    assert_eq!(license.complaints, Vec::<String>::new());
}

#[test]
fn a_field_that_cannot_be_read_is_unknown_and_named() {
    let license = read(&example_with("acquiredLicenses", json!("fifty"))).unwrap();
    assert_eq!(license.acquired, Figure::UNKNOWN);
    assert_eq!(license.available(), Figure::UNKNOWN);
    assert_eq!(license.licensed, Figure::known(24));
    assert_eq!(license.complaints, ["acquiredLicenses"]);
    let odd = json!({"Managed Service Numbers": 7, "Managed Users - By Template": "false"});
    let license = read(&example_with("LicenseFactors", odd)).unwrap();
    assert_eq!(license.complaints, ["LicenseFactors[\"Managed Service Numbers\"]"]);
    assert!(!license.is_counted(Factor::LifeCycle));
}

#[test]
fn the_license_of_the_service_asked_for_is_taken_from_any_wrapping() {
    let mine = example_with("acquiredLicenses", json!(7))[0].clone();
    let others = example_with("umpCustomerGuid", json!("2f0d7c55-6a1e-4b7f-8f63-0c9a1d2e3b44"));
    let unmarked = json!({"AcquiredLicenses": 7, "CurrentlyLicensed": 3, "UmpCustomerGuid": null});
    for body in [mine.clone(), json!([others[0], mine]), unmarked] {
        assert_eq!(read(&body).unwrap().acquired, Figure::known(7), "{body}");
    }
    let error = read(&others).unwrap_err();
    assert!(matches!(error.problem, Problem::Malformed { .. }), "{error}");
}

#[test]
fn an_empty_list_means_that_nothing_was_found() {
    assert_eq!(read(&json!([])).unwrap_err().problem, Problem::NothingFound);
}

#[test]
fn an_error_under_status_200_is_an_error_with_the_vendors_words() {
    let expected = Problem::Rejected {
        status: 200,
        code: None,
        message: "Error: License information of the requested customer could not be read.".into(),
    };
    let reply = Reply::new(200, ERROR_UNDER_200);
    assert_eq!(info().decode(&reply).unwrap_err().problem, expected);
    assert_eq!(customers().decode(&reply).unwrap_err().problem, expected);
    let wrapped = Reply::new(200, format!("[{ERROR_UNDER_200}]"));
    assert_eq!(info().decode(&wrapped).unwrap_err().problem, expected);
}

#[test]
fn what_is_no_license_info_is_said_to_be_none() {
    for body in ["", "{\"acquired", "[{}]", "{}", "7", "[7]", "null", "<html></html>"] {
        let error = info().decode(&Reply::new(200, body)).unwrap_err();
        assert!(matches!(error.problem, Problem::Malformed { .. }), "{body}: {error}");
    }
}

#[test]
fn services_are_listed_with_their_license_types() {
    let list = customers().decode(&Reply::new(200, CUSTOMERS)).unwrap();
    assert_eq!(list.complaints, Vec::<String>::new());
    let shown: Vec<(String, String, Figure, Figure)> = list
        .customers
        .iter()
        .map(|c| (c.display_name(), c.license_type.name(), c.licensed_users, c.active_users))
        .collect();
    let known = Figure::known;
    assert_eq!(
        shown,
        [
            ("Contoso Ltd.".into(), "OC Pro".into(), known(50), known(20)),
            ("Fabrikam & Söhne GmbH".into(), "OC Essentials Plus".into(), known(25), known(11)),
            ("Northwind Traders".into(), "Hosted Essentials".into(), Figure::UNKNOWN, known(7)),
            ("Tailspin Toys \"Hosted\"".into(), "type 9".into(), known(120), known(0)),
        ]
    );
    assert_eq!(list.customers[0].guid, Some(guid()));
}

#[test]
fn version_2_names_the_same_services_without_counts() {
    let new = customers().decode(&Reply::new(200, CUSTOMERS)).unwrap().customers;
    let version_2 = Customers::version_2(&api(), &Secret::from("t0ken"));
    assert_eq!(version_2.request().url, "https://portal.example/tenantui/api/v2/customer");
    let old = version_2.decode(&Reply::new(200, CUSTOMERS_V2)).unwrap().customers;
    let without_counts: Vec<Customer> = new
        .into_iter()
        .map(|customer| Customer {
            licensed_users: Figure::UNKNOWN,
            active_users: Figure::UNKNOWN,
            live_hub_active_users: Figure::UNKNOWN,
            live_hub_simple_users: Figure::UNKNOWN,
            microsoft_tenant: None,
            ..customer
        })
        .collect();
    assert_eq!(old, without_counts);
}

#[test]
fn camel_case_and_leads_without_a_guid_are_read() {
    let body = json!([
        {"umpCustomerGuid": null, "customerShortName": "lead", "licenseType": "4"},
        {"umpCustomerGuid": "nonsense", "customerFullName": " ", "licenseType": []},
    ]);
    let list = customers().decode(&Reply::new(200, body.to_string())).unwrap();
    assert_eq!(list.customers[0].guid, None);
    assert_eq!(list.customers[0].display_name(), "lead");
    assert_eq!(list.customers[0].license_type, LicenseType(Some(4)));
    assert_eq!(list.customers[1].display_name(), "unnamed service");
    assert_eq!(list.complaints, ["[1].UmpCustomerGuid", "[1].LicenseType"]);
}

#[test]
fn no_services_is_an_empty_list_and_not_an_error() {
    assert_eq!(customers().decode(&Reply::new(200, "[]")).unwrap(), CustomerList::default());
}

#[test]
fn all_details_of_a_customer_are_read_without_its_secrets() {
    let list = customers().decode(&Reply::new(200, WITH_SECRETS)).unwrap();
    let customer = &list.customers[0];
    assert_eq!(customer.display_name(), "Contoso Ltd.");
    assert_eq!(customer.licensed_users, Figure::known(50));
    assert_eq!(customer.live_hub_active_users, Figure::known(3));
    assert_eq!(customer.live_hub_simple_users, Figure::known(1));
    assert_eq!(customer.microsoft_tenant, Uuid::parse("2f0d7c55-6a1e-4b7f-8f63-0c9a1d2e3b44"));
    assert_eq!(list.complaints, Vec::<String>::new(), "sites are passed over");
}

#[test]
fn one_odd_entry_is_told_and_the_other_services_are_kept() {
    let body = json!([{"ShortName": "a"}, {"Message": "Error: no access"}, 7, {"ShortName": "b"}]);
    let list = customers().decode(&Reply::new(200, body.to_string())).unwrap();
    let names: Vec<_> = list.customers.iter().map(Customer::display_name).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(list.complaints, ["[1]: Error: no access.", "[2]"]);
}

#[test]
fn the_null_guid_means_that_there_is_none() {
    let null_guid = "00000000-0000-0000-0000-000000000000";
    let body = json!([{"UmpCustomerGuid": null_guid, "CustomerShortName": "lead", "MsTenantId": null_guid}]);
    let list = customers().decode(&Reply::new(200, body.to_string())).unwrap();
    assert_eq!((list.customers[0].guid, list.customers[0].microsoft_tenant), (None, None));
    assert_eq!(list.complaints, Vec::<String>::new());
    let license = read(&example_with("umpCustomerGuid", json!(null_guid))).unwrap();
    assert_eq!((license.customer, license.acquired), (None, Figure::known(50)));
}

proptest! {
    #[test]
    fn a_secret_in_a_reply_is_held_and_shown_nowhere(
        cut in any::<prop::sample::Index>(),
        wrapped in any::<bool>(),
        also in prop::sample::select(vec!["", r#""acquiredLicenses":"hunter","#, r#""Message":"no","#]),
        status in prop::sample::select(vec![200_u16, 400, 401, 403, 404, 500, 503]),
    ) {
        let mut body = WITH_SECRETS.replacen('{', &format!("{{{also}"), 1);
        if wrapped {
            body = format!("[{body}]");
        }
        for body in [body.as_str(), &body[..cut.index(body.len())]] {
            let reply = Reply::new(status, body);
            let shown = [
                show(customers().decode(&reply)),
                show(info().decode(&reply)),
                show(Err::<(), _>(fault("testing", &reply))),
            ]
            .concat();
            prop_assert!(!shown.contains("hunter2"), "{}: {}", status, shown);
        }
    }
}

fn show<T: std::fmt::Debug>(result: Result<T, UpstreamError>) -> String {
    match result {
        Ok(decoded) => format!("{decoded:?}"),
        Err(error) => format!("{error} {error:?} {}", error.details()),
    }
}

#[test]
fn services_become_nodes_whose_licenses_come_later() {
    let list = customers().decode(&Reply::new(200, CUSTOMERS)).unwrap();
    let mut tree = Tree::new("Live");
    let nodes = fill(&mut tree, &list.customers);
    assert_eq!(tree.children(0).collect::<Vec<_>>(), nodes);
    assert_eq!(tree.kind(nodes[0]), Kind::Service);
    assert_eq!(tree.name(nodes[1]), "Fabrikam & Söhne GmbH");
    assert_eq!(tree.uuid(nodes[0]), Some(guid()));
    assert_eq!(tree.reading(nodes[0], Meter::LIVE_USERS).assigned, Figure::UNKNOWN);

    let license = info().decode(&Reply::new(200, LICENSE_INFO)).unwrap();
    set_license(&mut tree, nodes[0], &license);

    let reading = tree.reading(nodes[0], Meter::LIVE_USERS);
    assert_eq!((reading.assigned, reading.in_use), (Figure::known(50), Figure::known(24)));
    assert_eq!(tree.reading(nodes[1], Meter::LIVE_USERS).in_use, Figure::UNKNOWN);
}

#[test]
fn any_truncation_of_a_reply_is_an_error_and_no_panic() {
    let whole = LICENSE_INFO.trim_end();
    for end in 0..whole.len() {
        assert!(info().decode(&Reply::new(200, &whole.as_bytes()[..end])).is_err(), "{end}");
    }
}

#[test]
fn without_a_token_none_is_sent_so_that_an_edge_may_add_its_own() {
    let api = Api::new("https://edge.example/to/live").unwrap();
    let request = Customers::new(&api, &Secret::default()).request();
    assert_eq!(request.header("authorization"), None);
}
