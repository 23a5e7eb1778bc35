//! The calls: addresses, headers, and what replies mean.

use seatree_core::draas::{Entity, Level, Limit, LimitChange};
use seatree_core::edge::{Api, AskToken, BelowUse, ChangeLimits, Estate, ReadEstate, ReadLimits};
use seatree_core::estate::{Figure, Uuid};
use seatree_core::http::{Method, Reply, Secret};
use seatree_core::{Operation, Problem};

const TENANT: &str = "53fd92c7-fbef-44fd-af76-d92334432ac9";

fn tenant() -> Uuid {
    Uuid::parse(TENANT).unwrap()
}

fn api() -> Api {
    let scope = Entity { level: Level::Tenant, uuid: tenant() };
    Api::new("https://edge.example/sub/", "draas", Some(scope)).unwrap()
}

fn token() -> Secret {
    Secret::from("the-visitors-token")
}

#[test]
fn the_scope_is_of_what_is_read_and_the_token_never_in_an_address() {
    let estate = ReadEstate::new(&api(), Some("\"tag\""), &token()).request();
    assert_eq!(
        estate.url,
        format!("https://edge.example/sub/api/v1/estate?upstream=draas&scope=tenant:{TENANT}")
    );
    assert_eq!(estate.header("accept"), Some("application/x-ndjson"));
    assert_eq!(estate.header("if-none-match"), Some("\"tag\""));
    let limits = ReadLimits::new(&api(), tenant(), 2, &token()).request();
    assert_eq!(
        limits.url,
        format!("https://edge.example/sub/api/v1/limits/subscription:{TENANT}:2?upstream=draas")
    );
    let change = LimitChange::of("msTeamsUsers", Limit::new(3).unwrap());
    let change = ChangeLimits::new(&api(), tenant(), 2, change, BelowUse::Meant, &token());
    let request = change.request();
    assert_eq!(request.method, Method::Put);
    assert!(request.body.as_deref().unwrap().contains(r#""below_use":true"#));
    let only = Api::new("https://edge.example", "", None).unwrap();
    let asked = AskToken::new(&only, &token()).request();
    assert_eq!(asked.url, "https://edge.example/api/v1/token");
    for request in [estate, limits, request, asked] {
        assert_eq!(request.header("authorization"), Some("Bearer the-visitors-token"));
        assert!(!request.url.contains("the-visitors-token"));
        assert!(!format!("{request:?}").contains("the-visitors-token"));
    }
    assert!(!format!("{change:?}").contains("the-visitors-token"));
}

#[test]
fn nothing_new_is_no_tree() {
    let asked = ReadEstate::new(&api(), Some("\"tag\""), &token());
    assert!(matches!(asked.decode(&Reply::new(304, "")), Ok(Estate::Unchanged)));
    let unasked = ReadEstate::new(&api(), None, &token());
    assert!(unasked.decode(&Reply::new(304, "")).is_err());
}

#[test]
fn a_token_permits_what_the_edge_says_and_no_more() {
    let ask = AskToken::new(&api(), &token());
    let permitted = |body: &str| ask.decode(&Reply::new(200, body));
    let both =
        permitted(r#"{"permissions":["read","limits:write"],"expires":1800000000}"#).unwrap();
    assert!(both.may_change_limits);
    assert_eq!(both.until_s, Some(1_800_000_000));
    let reading = permitted(r#"{"permissions":["read","x",7],"expires":"soon"}"#).unwrap();
    assert!(!reading.may_change_limits);
    assert_eq!(reading.until_s, None);
    for odd in ["{}", "[]", "", "<html>", r#"{"permissions":"limits:write"}"#] {
        assert!(matches!(permitted(odd).unwrap_err().problem, Problem::Malformed { .. }), "{odd}");
    }
}

#[test]
fn licenses_are_read_as_far_as_they_can_be() {
    let read = ReadLimits::new(&api(), tenant(), 2, &token());
    let body = r#"{"node":"x","licenses":{"msTeamsUsers":{"assigned":10,"in_use":"many","users":4},
        "sipTrunkChannels":{"assigned":null},"odd":7}}"#;
    let licenses = read.decode(&Reply::new(200, body)).unwrap();
    let teams = licenses.reading("msTeamsUsers");
    assert_eq!((teams.assigned, teams.in_use), (Figure::known(10), Figure::UNKNOWN));
    assert_eq!(licenses.reading("sipTrunkChannels").assigned, Figure::UNKNOWN);
    assert_eq!(licenses.complaints.len(), 2, "{:?}", licenses.complaints);
    for odd in ["{}", r#"{"licenses":[]}"#, "<html>", ""] {
        assert!(read.decode(&Reply::new(200, odd)).is_err(), "{odd}");
    }
}
