//! Errors in every shape and on every operation.

use seatree_core::draas::{
    Detail, Entities, Entity, Level, Licenses, LocalUser, Login, Query, Refresh,
    SubscriptionLicenses, Subscriptions,
};
use seatree_core::http::{Reply, Secret};
use seatree_core::{Operation, Problem, UpstreamError};

use crate::{TENANT, api, token, uuid};

/// What each operation makes of one reply.
fn errors(reply: &Reply) -> Vec<UpstreamError> {
    let (api, token, tenant) = (api(), token(), uuid(TENANT));
    let entity = Entity { level: Level::Group, uuid: tenant };
    let query = Query::default();
    let lists = [
        Entities::new(&api, Level::Tenant, &query, &token).decode(reply).err(),
        Subscriptions::new(&api, tenant, &query, &token).decode(reply).err(),
    ];
    let others = [
        Login::new(&api, "ada", &Secret::from("s3cret")).decode(reply).err(),
        Refresh::new(&api, &token).decode(reply).err(),
        LocalUser::new(&api, &token).decode(reply).err(),
        Licenses::new(&api, entity, Detail::Tree, &token).decode(reply).err(),
        SubscriptionLicenses::new(&api, tenant, 2, &token).decode(reply).err(),
    ];
    // Lists take "nothing found" for an empty list.
    let others = others.map(|error| error.expect("an error"));
    others.into_iter().chain(lists.into_iter().flatten()).collect()
}

#[test]
fn the_platforms_words_are_shown_in_whichever_shape_they_come() {
    for body in [
        r#"{"error":"bad uuid"}"#,
        r#"{"error":{"reason":"bad uuid"}}"#,
        r#"{"Error":"bad uuid","status":400}"#,
        "bad uuid\n",
        r#""bad uuid""#,
    ] {
        for error in errors(&Reply::new(400, body)) {
            let message = "bad uuid.".to_owned();
            assert_eq!(error.problem, Problem::Rejected { status: 400, code: None, message });
        }
    }
}

#[test]
fn nothing_found_an_ended_token_and_a_busy_platform_are_told_apart() {
    let problem = |reply: &Reply| errors(reply).into_iter().map(|error| error.problem);
    for body in [r#"{"error":"No license found"}"#, "No license found", ""] {
        assert!(problem(&Reply::new(404, body)).all(|it| it == Problem::NothingFound));
        assert!(problem(&Reply::new(401, body)).all(|it| it == Problem::SignedOut));
    }
    let throttled = Problem::Throttled { retry_after_s: Some(9), suggested_rows: None };
    for (status, body) in [(429, ""), (503, "<html><h1>503</h1></html>")] {
        let reply = Reply::new(status, body).with_header("retry-after", "9");
        assert!(problem(&reply).all(|it| it == throttled), "{status}");
    }
}

#[test]
fn a_page_for_people_is_called_one() {
    for status in [200, 302, 400, 404, 500, 502] {
        for error in errors(&Reply::new(status, "<!doctype html><title>Portal</title>")) {
            assert!(error.what().contains("a page for people"), "{status}: {error}");
        }
    }
}
