//! The small replies of DRaaS, and its errors.

use std::fmt::Debug;

use seatree_core::draas::{
    Api, Complaint, Detail, Entities, Entity, Health, Level, Licenses, Limit, LimitChange,
    LocalUser, Login, Logout, Page, Pager, Query, Refresh, SecondFactorCode, Subscription,
    SubscriptionLicenses, Subscriptions, Tokens, Trust, UpdateSubscriptionLicenses, fault,
    join_entities,
};
use seatree_core::error::SecondFactor;
use seatree_core::estate::{Tree, Uuid};
use seatree_core::http::{Reply, Secret};
use seatree_core::{Operation, UpstreamError};

use super::reply;
use crate::check::{PASSWORD, TOKEN};
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "draas-replies",
    decodes: "DRaaS: sign-in, own scope, lists, subscriptions, limits, health, every error",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new("aa", "[", ""),
        Repeat::new("aa[", "{},", "{}]"),
        Repeat::new("aa{", r#""a":"b","#, r#""a":1}"#),
        Repeat::new("fa{", r#""a":{"assigned":1},"#, r#""a":1}"#),
        Repeat::new("fa{\"", "long key", "\":{\"assigned\":[]}}"),
        Repeat::new("fe", "word ", ""),
        Repeat::new("fe{\"error\":\"", "word ", "\"}"),
        Repeat::new("fe", "x", ""),
        Repeat::new("ha{\"username\":\"a\",\"admin_of\":[", "{\"level\":\"x\"},", "{}]}"),
        Repeat::new("ha{\"username\":\"a\",\"admin_of\":[{\"level\":\"", "long", "\"}]}"),
        Repeat::new("ia{\"tenants\":[", "{\"name\":1},", "{}]}"),
        Repeat::new("ia{\"tenants\":[", "1,", "{}]}"),
        Repeat::new("ja{\"subscriptions\":[{\"licenses\":{\"a\":1}}", ",{\"id\":\"x\"}", "]}"),
        Repeat::new("ka{\"id\":1,\"licenses\":{\"", "long", "\":true}}"),
        Repeat::new("lk[", "[],", "1]"),
    ],
    feed,
};

/// The operations, by letter: see [`feed`].
const OPERATIONS: usize = 12;

fn seeds() -> Vec<Vec<u8>> {
    let login =
        format!(r#"{{"access_token":"{TOKEN}","refresh_token":"{PASSWORD}","token":null}}"#);
    let second = format!(r#"{{"2fa_payload":"{TOKEN}","option":"totp"}}"#);
    let machine = format!(r#"{{"token":"{TOKEN}","password":"{PASSWORD}"}}"#);
    let user = format!(
        r#"{{"username":"ada","token":"{TOKEN}","two_fa_option":"totp","roles":[{{"name":"r"}}],
            "admin_of":[{{"level":"reseller","reference":"cae902b4-2307-41ef-b554-43a12c63cc97"}},
            {{"level":"system"}},{{"level":"planet","reference":3}}]}}"#
    );
    let tenants = r#"{"results":2,"pages":1,"page":1,"next":"b3","tenants":[
        {"uuid":"53fd92c7-fbef-44fd-af76-d92334432ac9","name":"Netaxis DEV","billingId":"C-17",
         "owner":{"type":"reseller","uuid":"{00000000-0000-0000-0000-000000000000}"}},{}]}"#;
    let subscription = r#"{"id":2,"name":"s","billingId":"C-17-2","numberOfUsers":5,
        "licenses":{"msTeamsUsers":7,"sipTrunkChannels":{"assigned":"69"}},"status":"active"}"#;
    let licenses = include_str!("../../../core/fixtures/draas/subscription.json");
    vec![
        reply::write(0, 200, &login),
        reply::write(0, 200, second),
        reply::write(0, 200, &machine),
        reply::write(0, 401, r#"{"error":"invalid credentials"}"#),
        reply::write(0, 400, r#"{"error":{"reason":"no such user"}}"#),
        reply::write(0, 500, "<!DOCTYPE html><h1>Oops</h1>"),
        reply::write(1, 200, &login),
        reply::write(1, 400, r#"{"error":"invalid code"}"#),
        reply::write(2, 200, login),
        reply::write(2, 200, machine),
        reply::write(3, 200, r#"{"status":"ok","version":"1.2"}"#),
        reply::write(3, 401, r#"{"error":"invalid token"}"#),
        reply::write(4, 200, ""),
        reply::write(5, 200, licenses),
        reply::write(5, 200, r#"{"msTeamsUsers":{"assigned":"7","inUse":1.0},"x":{},"y":4}"#),
        reply::write(6, 200, include_str!("../../../core/fixtures/draas/subscription-update.json")),
        reply::write(6, 400, r#"{"error":"below the licenses in use"}"#),
        reply::write(7, 200, user),
        reply::write(8, 200, tenants),
        reply::write(8, 200, "[{\"uuid\":null}]"),
        reply::write(9, 200, format!(r#"{{"results":"1","subscriptions":[{subscription}]}}"#)),
        reply::write(10, 200, subscription),
        reply::write(11, 503, "busy, come back later"),
        reply::write(11, 404, r#"{"error":"No license found"}"#),
    ]
}

fn feed(input: &[u8]) {
    let Some(reply::Input { which, reply, .. }) = reply::read(input, OPERATIONS) else { return };
    let api = Api::new("https://prov.example.net", "draas", "draas_v1").expect("a good address");
    let (secret, query, tenant) = (Secret::from(TOKEN), Query::all(), Uuid::from_u128(7));
    match which {
        0 => sign_in(&Login::new(&api, "ada", &secret), &reply),
        1 => {
            let (by, trust) = (SecondFactor::Totp, Trust::Once);
            sign_in(&SecondFactorCode::new(&api, by, &secret, "123456", trust), &reply);
        }
        2 => sign_in(&Refresh::new(&api, &secret), &reply),
        3 => {
            let _ = decoded(&Health::new(&api), &reply);
        }
        4 => {
            let tokens = Tokens { access: secret.clone(), refresh: Some(secret) };
            let _ = decoded(&Logout::new(&api, &tokens).expect("a session to end"), &reply);
        }
        5 => {
            let asked = SubscriptionLicenses::new(&api, tenant, 12, &secret);
            complained(decoded(&asked, &reply).map(|meters| meters.complaints));
        }
        6 => {
            let change = LimitChange::teams_users(Limit::new(10).expect("a good limit"));
            let asked = UpdateSubscriptionLicenses::new(&api, tenant, 12, change, &secret);
            complained(decoded(&asked, &reply).map(|meters| meters.complaints));
        }
        7 => {
            let user = decoded(&LocalUser::new(&api, &secret), &reply);
            if let Some(user) = &user {
                check::keeps_secret(&reply.body, user);
                assert!(user.entities().len() <= user.admin_of.len());
            }
            complained(user.map(|user| user.complaints));
        }
        8 => listed(decoded(&Entities::new(&api, Level::Tenant, &query, &secret), &reply)),
        9 => {
            let page = decoded(&Subscriptions::new(&api, tenant, &query, &secret), &reply);
            complained(page.map(|page| page.complaints));
        }
        10 => {
            let one = decoded(&Subscription::new(&api, tenant, 12, &secret), &reply);
            complained(one.map(|(_, complaints)| complaints));
        }
        _ => {
            let role = Some("a.role");
            check::error(&within_memory(reply.body.len(), || fault("testing", role, &reply)));
            let entity = Entity { level: Level::Tenant, uuid: tenant };
            drop(decoded(&Licenses::new(&api, entity, Detail::Totals, &secret), &reply));
        }
    }
}

fn decoded<O: Operation>(operation: &O, reply: &Reply) -> Option<O::Output> {
    let decoded = within_memory(reply.body.len(), || operation.decode(reply));
    decoded.map_err(|error| check::error(&error)).ok()
}

fn complained(complaints: Option<Vec<Complaint>>) {
    let complaints = complaints.unwrap_or_default();
    assert!(complaints.len() <= 1_000, "{} complaints", complaints.len());
    for complaint in complaints {
        check::path(&complaint.place);
    }
}

/// A page of tenants, with what becomes of it: paged on and joined onto a tree.
fn listed(page: Option<Page<seatree_core::draas::ListedEntity>>) {
    let Some(page) = page else { return };
    let (sent, has_next) = (page.items.len(), page.next.is_some());
    complained(Some(page.complaints.clone()));
    let mut pager = Pager::new(Query::all());
    let items = pager.take("listing", page);
    assert!(items.len() <= sent);
    assert_eq!(pager.next().is_some(), has_next);
    let join = join_entities(&mut Tree::new(""), &items);
    assert_eq!(join.matched, 0, "found in an empty tree");
}

fn sign_in<O: Operation<Output: Debug>>(operation: &O, reply: &Reply) {
    let decoded: Result<O::Output, UpstreamError> =
        within_memory(reply.body.len(), || operation.decode(reply));
    match decoded {
        Ok(session) => {
            let debug = format!("{session:?}");
            assert!(!debug.contains(TOKEN) && !debug.contains(PASSWORD), "it shows: {debug}");
        }
        // A page holds no session; of anything else under a success nothing may be quoted.
        Err(error) if reply.is_success() && !reply.body.contains(&b'<') => {
            check::secretive_error(&error);
        }
        Err(error) => check::error(&error),
    }
}
