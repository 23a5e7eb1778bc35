use proptest::prelude::*;
use seatree_core::draas::{AdminOf, Entity, Level, LocalUser, Scope, User};
use seatree_core::error::SecondFactor;
use seatree_core::http::Reply;
use seatree_core::{Operation, Problem};
use serde_json::{Value, json};

use crate::{BASE, api, ok, token, uuid};

const USER: &str = include_str!("../../fixtures/draas/user-local.json");
const DISTRIBUTOR: &str = "43139118-e1c0-4639-8444-930e408a2224";

fn who() -> LocalUser {
    LocalUser::new(&api(), &token())
}

fn read(body: &Value) -> User {
    who().decode(&ok(body.to_string())).unwrap()
}

fn admin(level: &str, reference: Option<&str>) -> AdminOf {
    AdminOf { level: Scope::parse(level), reference: reference.map(str::to_owned) }
}

#[test]
fn an_account_says_what_it_administers_on_several_levels() {
    assert_eq!(who().request().url, format!("{BASE}system/users/local"));
    let user = who().decode(&ok(USER)).unwrap();
    assert_eq!(user.username, "ada");
    assert_eq!(
        user.entities(),
        [
            Entity { level: Level::Distributor, uuid: uuid(DISTRIBUTOR) },
            Entity { level: Level::Tenant, uuid: uuid("87aacd3b-8faa-4bbe-9b08-d20886ee846a") },
        ]
    );
    assert_eq!(user.roles, ["distributor-admin"]);
    assert_eq!(user.language.as_deref(), Some("en"));
    assert_eq!(user.second_factor, Some(SecondFactor::Email));
    assert_eq!(user.complaints, []);
}

#[test]
fn levels_not_known_here_are_kept_in_the_platforms_word() {
    let user = read(&json!({"username": "ada", "admin_of": [
        {"level": "continent", "reference": 7},
        {"level": "System"},
        {"level": "subscription", "reference": "118"},
        {"level": "tenant", "reference": "not a uuid"},
    ]}));
    let expected = [
        admin("continent", Some("7")),
        admin("system", None),
        admin("subscription", Some("118")),
        admin("tenant", Some("not a uuid")),
    ];
    assert_eq!(user.admin_of, expected);
    assert_eq!(user.admin_of[0].level.word(), "continent");
    assert_eq!(user.entities(), [], "none whose licenses could be asked for");
    assert_eq!(user.complaints, []);
}

#[test]
fn each_level_is_followed_by_the_lists_below_it() {
    let lists = |level, reference| admin(level, reference).lists();
    let parent = Some(uuid(DISTRIBUTOR));
    assert_eq!(lists("system", None), [(Level::Group, None)]);
    assert_eq!(
        lists("group", Some(DISTRIBUTOR)),
        [Level::Distributor, Level::Reseller, Level::Tenant].map(|level| (level, parent))
    );
    assert_eq!(lists("reseller", Some(DISTRIBUTOR)), [(Level::Tenant, parent)]);
    assert_eq!(lists("tenant", Some(DISTRIBUTOR)), []);
    assert_eq!(lists("subscription", Some("118")), []);
    assert_eq!(lists("continent", Some(DISTRIBUTOR)), []);
}

#[test]
fn odd_parts_are_reported_by_their_place_and_the_rest_is_kept() {
    let user = read(&json!({"username": 7, "roles": "admin", "admin_of": [
        "reseller", {"reference": DISTRIBUTOR}, {"level": "distributor", "reference": DISTRIBUTOR},
    ]}));
    assert_eq!(user.username, "7");
    assert_eq!(user.entities().len(), 1);
    let places: Vec<&str> = user.complaints.iter().map(|it| it.place.as_str()).collect();
    assert_eq!(places, ["admin_of[0]", "admin_of[1].level", "roles"]);
}

#[test]
fn an_account_without_anything_is_a_user_and_another_reply_is_none() {
    for body in [json!({"username": "ada", "admin_of": []}), json!({"username": "ada"})] {
        assert_eq!(read(&body).admin_of, []);
    }
    for body in ["{}", "[]", "7", "null", "", r#"{"status":"ok"}"#] {
        let error = who().decode(&ok(body)).unwrap_err();
        assert!(matches!(error.problem, Problem::Malformed { .. }), "{body}: {error}");
    }
    let told = who().decode(&ok(r#"{"error":"no such user"}"#)).unwrap_err();
    assert!(told.what().contains("no such user"), "{told}");
    assert_eq!(who().decode(&Reply::new(401, "")).unwrap_err().problem, Problem::SignedOut);
}

proptest! {
    #[test]
    fn no_reply_makes_it_panic(body in "[\\[\\]{}\":,a-z0-9.null-]{0,80}") {
        let _ = who().decode(&ok(body));
    }
}
