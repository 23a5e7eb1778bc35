use proptest::prelude::*;
use seatree_core::draas::{
    Limit, LimitChange, LimitError, SubscriptionLicenses, UpdateSubscriptionLicenses,
};
use seatree_core::estate::Figure;
use seatree_core::http::{Method, Reply};
use seatree_core::{Operation, Problem};
use serde_json::{Value, json};

use crate::{BASE, TENANT, api, body, ok, token, uuid};

const READ: &str = include_str!("../../fixtures/draas/subscription.json");
const UPDATE: &str = include_str!("../../fixtures/draas/subscription-update.json");

fn limit(count: i64) -> Limit {
    Limit::new(count).unwrap()
}

fn update(change: LimitChange) -> UpdateSubscriptionLicenses {
    UpdateSubscriptionLicenses::new(&api(), uuid(TENANT), 2, change, &token())
}

fn licenses() -> SubscriptionLicenses {
    SubscriptionLicenses::new(&api(), uuid(TENANT), 2, &token())
}

#[test]
fn one_meter_is_changed_as_the_vendor_prints_it() {
    let request = update(LimitChange::teams_users(limit(10))).request();
    assert_eq!(request.method, Method::Put);
    assert_eq!(
        request.url,
        format!("{BASE}draas/draas_v1/tenants/{TENANT}/subscriptions/2/licenses")
    );
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(body(&request), serde_json::from_str::<Value>(UPDATE).unwrap());
}

#[test]
fn several_meters_and_unknown_ones_go_in_one_request() {
    let change = LimitChange::teams_users(limit(10))
        .and("sipTrunkChannels", limit(0))
        .and("anywhereNowAgents", limit(4))
        .and("msTeamsUsers", limit(12));
    let expected = json!({
        "msTeamsUsers": {"assigned": 12},
        "sipTrunkChannels": {"assigned": 0},
        "anywhereNowAgents": {"assigned": 4},
    });
    assert_eq!(body(&update(change).request()), expected);
}

#[test]
fn the_reply_is_what_all_licenses_are_now() {
    let update = update(LimitChange::teams_users(limit(59)));
    let now = update.decode(&ok(READ)).unwrap();
    assert_eq!(now, licenses().decode(&ok(READ)).unwrap());
    assert_eq!(now.reading("msTeamsUsers").assigned, Figure::known(59));
    assert_eq!(now.reading("sipTrunkChannels").in_use, Figure::UNKNOWN);
}

#[test]
fn a_refused_change_names_the_role_or_the_platforms_reason() {
    let update = update(LimitChange::sip_channels(limit(1)));
    let problem =
        |status, body: &str| update.decode(&Reply::new(status, body)).unwrap_err().problem;
    let role = Some("tenants.instance.subscriptions.licenses.update");
    assert_eq!(problem(403, "{}"), Problem::Forbidden { role });
    let message = "fewer than in use.".to_owned();
    assert_eq!(
        problem(400, r#"{"error":"fewer than in use"}"#),
        Problem::Rejected { status: 400, code: None, message }
    );
}

#[test]
fn a_change_that_was_made_but_answered_oddly_is_told_as_a_reading() {
    let update = update(LimitChange::sip_channels(limit(1)));
    for body in ["", "{}", "<html>"] {
        let error = update.decode(&ok(body)).unwrap_err();
        assert!(error.what().contains("reading back"), "{error}");
    }
}

#[test]
fn one_odd_count_leaves_the_others() {
    let odd = json!({"msTeamsUsers": {"assigned": "many", "inUse": "3"}, "sipTrunkChannels": 7,
                     "anywhereNowAgents": {"assigned": 4}});
    let read = licenses().decode(&ok(odd.to_string())).unwrap();
    assert_eq!(read.reading("msTeamsUsers").in_use, Figure::known(3));
    assert_eq!(read.reading("anywhereNowAgents").assigned, Figure::known(4));
    let places: Vec<&str> = read.complaints.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["msTeamsUsers.assigned", "sipTrunkChannels"]);
}

#[test]
fn a_subscription_without_licenses_is_no_outage() {
    let none = licenses().decode(&Reply::new(404, r#"{"error":"No license found"}"#));
    assert_eq!(none.unwrap_err().problem, Problem::NothingFound);
    let role = Some("tenants.instance.subscriptions.licenses.list");
    let refused = licenses().decode(&Reply::new(403, "")).unwrap_err().problem;
    assert_eq!(refused, Problem::Forbidden { role });
    let told = licenses().decode(&ok(r#"{"error":{"reason":"no such"}}"#)).unwrap_err();
    assert!(told.what().contains("no such"), "{told}");
}

#[test]
fn what_cannot_be_a_limit_is_not_sent() {
    for (typed, error) in [
        ("", LimitError::Missing),
        ("-1", LimitError::Negative),
        ("−1", LimitError::Negative),
        ("1.0", LimitError::NotWhole),
        ("1e3", LimitError::NotWhole),
        ("+1", LimitError::NotWhole),
        ("-", LimitError::NotWhole),
        ("١", LimitError::NotWhole),
        ("9007199254740992", LimitError::TooLarge),
        ("99999999999999999999999", LimitError::TooLarge),
    ] {
        assert_eq!(Limit::parse(typed), Err(error), "{typed}");
    }
    assert_eq!(Limit::new(-1), Err(LimitError::Negative));
    assert_eq!(Limit::new(Limit::MAX + 1), Err(LimitError::TooLarge));
}

proptest! {
    #[test]
    fn a_limit_is_sent_as_it_was_typed(count in 0..=Limit::MAX) {
        let typed = Limit::parse(&format!(" {count} ")).unwrap();
        let sent = body(&update(LimitChange::of("key", typed)).request());
        prop_assert_eq!(sent, json!({"key": {"assigned": count}}));
    }

    #[test]
    fn nothing_typed_makes_it_panic(text in "\\PC{0,30}") {
        let _ = Limit::parse(&text);
    }
}
