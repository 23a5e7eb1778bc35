use proptest::prelude::*;
use seatree_core::draas::{
    Direction, Entities, Level, ListedEntity, Page, Query, Sort, Subscription, Subscriptions,
};
use seatree_core::estate::Figure;
use seatree_core::http::Reply;
use seatree_core::{Operation, Problem};
use serde_json::{Value, json};

use crate::{BASE, TENANT, api, ok, token, uuid};

const TENANTS: &str = include_str!("../../fixtures/draas/tenants-page.json");
const DETAIL: &str = include_str!("../../fixtures/draas/subscription-detail.json");

fn tenants() -> Entities {
    Entities::new(&api(), Level::Tenant, &Query::default(), &token())
}

fn read(body: &Value) -> Page<ListedEntity> {
    tenants().decode(&ok(body.to_string())).unwrap()
}

fn subscription() -> Subscription {
    Subscription::new(&api(), uuid(TENANT), 2, &token())
}

#[test]
fn each_level_is_listed_at_its_own_address_with_what_was_chosen() {
    for (level, plural) in [
        (Level::Group, "groups"),
        (Level::Distributor, "distributors"),
        (Level::Reseller, "resellers"),
        (Level::Tenant, "tenants"),
    ] {
        let request = Entities::new(&api(), level, &Query::default(), &token()).request();
        assert_eq!(request.url, format!("{BASE}draas/draas_v1/{plural}"));
        assert_eq!(request.header("authorization"), Some("Bearer a1"));
    }
    let query = Query {
        search: "dev".into(),
        sort: Some(Sort { by: "name".into(), direction: Direction::Descending }),
        ..Query::below(uuid(TENANT))
    };
    let request = Subscriptions::new(&api(), uuid(TENANT), &query, &token()).request();
    assert_eq!(
        request.url,
        format!(
            "{BASE}draas/draas_v1/tenants/{TENANT}/subscriptions\
             ?search=dev&sort=name&dir=desc&parent={TENANT}&page_size=100"
        )
    );
}

#[test]
fn a_page_has_its_items_and_what_asks_for_the_next() {
    let page = tenants().decode(&ok(TENANTS)).unwrap();
    assert_eq!((page.items.len(), page.total), (2, Figure::known(3)));
    assert_eq!(page.next.as_deref(), Some("eyJvZmZzZXQiOjJ9"));
    let first = &page.items[0];
    assert_eq!((first.uuid, first.name.as_str()), (Some(uuid(TENANT)), "Netaxis DEV"));
    assert_eq!(first.billing_id.as_deref(), Some("C-1042"));
    assert_eq!(first.markup.as_deref(), Some("12.5"));
    assert_eq!(first.status.as_deref(), Some("active"));
    let owner = first.owner.as_ref().unwrap();
    assert_eq!((owner.level.as_str(), owner.name.as_str()), ("reseller", "Netaxis Reseller"));
    assert_eq!(page.items[1].billing_id, None);
    assert_eq!(page.complaints, []);
}

#[test]
fn an_odd_item_is_reported_by_its_place_and_the_others_are_kept() {
    let page = read(&json!({"results": "3", "next": 17, "tenants": [
        "tenant", {"uuid": "53", "name": ["x"], "owner": {"uuid": 7}, "billingId": 1042},
        {"uuid": TENANT, "name": " T ", "owner": "group", "markup": {"markup": 2.5}}, null,
    ]}));
    let places: Vec<&str> = page.complaints.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "tenants[0]",
            "tenants[1].uuid",
            "tenants[1].name",
            "tenants[1].owner.uuid",
            "tenants[2].owner",
            "tenants[3]"
        ]
    );
    assert_eq!(page.items.len(), 2);
    assert_eq!(page.items[0].billing_id.as_deref(), Some("1042"));
    assert_eq!(page.items[1].name, "T");
    assert_eq!(page.items[1].markup.as_deref(), Some("2.5"));
    assert_eq!(page.next.as_deref(), Some("17"));
}

#[test]
fn no_tenants_is_an_empty_list_and_another_reply_is_an_error() {
    for body in [json!({"tenants": []}), json!([]), json!({"results": 0})] {
        assert_eq!(read(&body).items, [], "{body}");
    }
    let none = Reply::new(404, r#"{"error":"No tenant found"}"#);
    assert_eq!(tenants().decode(&none), Ok(Page::default()));
    let elsewhere = tenants().decode(&Reply::new(404, "<html>not found"));
    assert!(matches!(elsewhere.unwrap_err().problem, Problem::Malformed { .. }));
    for body in ["{}", r#"{"resellers":[]}"#, r#"{"tenants":{}}"#, "7", "", "<html>"] {
        let error = tenants().decode(&ok(body)).unwrap_err();
        assert!(matches!(error.problem, Problem::Malformed { .. }), "{body}: {error}");
    }
    let told = tenants().decode(&ok(r#"{"error":{"reason":"no parent"}}"#)).unwrap_err();
    assert!(told.what().contains("no parent"), "{told}");
}

#[test]
fn a_list_that_is_refused_names_the_role() {
    for (level, role) in [
        (Level::Group, "groups.list"),
        (Level::Distributor, "distributors.list"),
        (Level::Reseller, "resellers.list"),
        (Level::Tenant, "tenants.list"),
    ] {
        let list = Entities::new(&api(), level, &Query::default(), &token());
        let problem = list.decode(&Reply::new(403, "{}")).unwrap_err().problem;
        assert_eq!(problem, Problem::Forbidden { role: Some(role) });
    }
    let list = Subscriptions::new(&api(), uuid(TENANT), &Query::default(), &token());
    let problem = list.decode(&Reply::new(403, "{}")).unwrap_err().problem;
    let role = Some("tenants.instance.subscriptions.list");
    assert_eq!(problem, Problem::Forbidden { role });
}

#[test]
fn a_subscription_is_read_with_plain_and_with_nested_counts() {
    assert!(subscription().request().url.ends_with(&format!("tenants/{TENANT}/subscriptions/2")));
    let (read, complaints) = subscription().decode(&ok(DETAIL)).unwrap();
    assert_eq!((read.id, read.billing_id.as_deref()), (Some(2), Some("C-1042-2")));
    assert_eq!((read.users, read.trunk_groups), (Figure::known(5), Figure::known(1)));
    let known = Figure::known;
    assert_eq!(
        read.licenses,
        [("msTeamsUsers".to_owned(), known(59)), ("sipTrunkChannels".to_owned(), known(69))]
    );
    assert_eq!(complaints, []);

    let nested = json!({"id": "2", "name": "S", "numberOfUsers": -0.5, "licenses": {
        "a": {"assigned": 3}, "b": null, "c": "many",
    }});
    let (read, complaints) = subscription().decode(&ok(nested.to_string())).unwrap();
    assert_eq!(read.id, Some(2));
    let figures: Vec<Figure> = read.licenses.iter().map(|(_, figure)| *figure).collect();
    assert_eq!(figures, [known(3), Figure::UNKNOWN, Figure::UNKNOWN]);
    let places: Vec<&str> = complaints.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["numberOfUsers", "licenses.c"]);
}

#[test]
fn what_is_no_subscription_is_said_to_be_none() {
    for body in ["{}", "[]", r#"{"id":-1}"#, r#"{"id":null}"#] {
        let error = subscription().decode(&ok(body)).unwrap_err();
        assert!(matches!(error.problem, Problem::Malformed { .. }), "{body}: {error}");
    }
    let gone = subscription().decode(&Reply::new(404, r#"{"error":"not found"}"#));
    assert_eq!(gone.unwrap_err().problem, Problem::NothingFound);
}

proptest! {
    #[test]
    fn whatever_an_item_holds_the_others_are_read(odd in odd_value(), name in "\\PC{1,20}") {
        let mut item = json!({"uuid": odd, "billingId": odd, "owner": odd, "status": odd});
        item["markup"] = odd.clone();
        let page = read(&json!({"results": odd, "next": odd, "tenants": [
            odd, item, {"uuid": TENANT, "name": name},
        ]}));
        let last = page.items.last().unwrap();
        prop_assert_eq!(last.name.as_str(), name.trim());
        prop_assert_eq!(last.uuid, Some(uuid(TENANT)));
    }

    #[test]
    fn a_page_cut_anywhere_is_an_error(end in 0..TENANTS.trim_end().len()) {
        prop_assert!(tenants().decode(&ok(&TENANTS.as_bytes()[..end])).is_err());
    }
}

/// JSON of any small shape.
fn odd_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|float| json!(float)),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}
