//! The lists of DRaaS: who sees what, and how it is paged.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{MACHINE, Reply, Running, sandbox};

const SYSTEM: (&str, &str) = ("Authorization", "Bearer sandbox-system-token");

fn running(flags: &[&str]) -> Running {
    sandbox(&[&["--serve", "draas", "--size", "900"], flags].concat())
}

fn list(running: &Running, path: &str, who: (&str, &str)) -> Reply {
    running.get(&running.draas(&format!("/api/v01/draas/draas_v1/{path}")), &[who])
}

/// The bearer header of a user who signed in.
fn signed_in(running: &Running, user: &str) -> String {
    let body = json!({ "username": user, "password": "sandbox-demo" }).to_string();
    let login = running.post(&running.draas("/api/v01/auth/login"), &[], &body).json();
    format!("Bearer {}", login["access_token"].as_str().unwrap())
}

fn names(reply: &Reply, plural: &str) -> Vec<String> {
    let entries = reply.json()[plural].as_array().unwrap().clone();
    entries.iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// All entries, page by page.
fn all(running: &Running, plural: &str, query: &str, who: (&str, &str)) -> Vec<Value> {
    let mut found = Vec::new();
    let mut next = String::new();
    loop {
        let reply = list(running, &format!("{plural}?{query}{next}"), who);
        assert_eq!(reply.status, 200, "{}", reply.body);
        let reply = reply.json();
        found.extend(reply[plural.rsplit('/').next().unwrap()].as_array().unwrap().iter().cloned());
        let Some(token) = reply.get("next") else {
            assert_eq!(reply["results"], found.len());
            return found;
        };
        next = format!("&next={}", token.as_str().unwrap());
    }
}

#[test]
fn a_page_has_ten_entries_and_next_leads_to_the_rest() {
    let running = running(&[]);
    let total = running.truth().draas.counts["tenants"];
    let first = list(&running, "tenants", MACHINE).json();
    assert_eq!(first["tenants"].as_array().unwrap().len(), 10);
    assert_eq!(first["results"], total);
    assert_eq!(first["pages"], total.div_ceil(10));
    assert_eq!(first["page"], 1);
    for query in ["", "page_size=7&", "page_size=100000&sort=name&dir=desc&"] {
        let found = all(&running, "tenants", query, MACHINE);
        let uuids: BTreeSet<&str> = found.iter().map(|t| t["uuid"].as_str().unwrap()).collect();
        assert_eq!((found.len(), uuids.len()), (total, total), "{query}");
    }
    let second = list(&running, "tenants?page=2", MACHINE).json();
    assert_eq!(second["page"], 2);
    assert_ne!(second["tenants"], first["tenants"]);
    assert_eq!(list(&running, "tenants?page=999", MACHINE).json()["tenants"], json!([]));
}

#[test]
fn however_much_is_asked_for_a_page_ends() {
    let running = sandbox(&["--serve", "draas", "--size", "3000"]);
    let reply = list(&running, "tenants?page_size=100000", MACHINE).json();
    assert_eq!(reply["tenants"].as_array().unwrap().len(), 500);
    assert!(reply["next"].is_string());
}

#[test]
fn next_is_opaque_and_only_good_for_the_same_question() {
    let running = running(&[]);
    let reply = list(&running, "tenants?search=a", MACHINE).json();
    let next = reply["next"].as_str().unwrap();
    assert_eq!(list(&running, &format!("tenants?search=a&next={next}"), MACHINE).status, 200);
    for other in
        ["tenants?search=b", "tenants?x=1", "resellers?search=a", "tenants?search=a&dir=desc"]
    {
        let reply = list(&running, &format!("{other}&next={next}"), MACHINE);
        assert_eq!(reply.status, 400, "{other}");
    }
    assert_eq!(list(&running, "tenants?next=%21%21", MACHINE).status, 400);
}

#[test]
fn searching_and_sorting_are_the_server_s() {
    let running = running(&[]);
    let sample = running.truth().draas.samples.tenant.as_ref().unwrap().name.clone();
    let found =
        list(&running, &format!("tenants?search={}", encoded(&sample.to_uppercase())), MACHINE);
    assert!(names(&found, "tenants").contains(&sample));
    assert_eq!(list(&running, "tenants?search=no-such-name", MACHINE).json()["results"], 0);
    let sorted = |query: &str| names(&list(&running, query, MACHINE), "tenants");
    let up = sorted("tenants?sort=name&page_size=500");
    let mut expected = up.clone();
    expected.sort();
    assert_eq!(up, expected);
    expected.reverse();
    assert_eq!(sorted("tenants?sort=name&dir=desc&page_size=500"), expected);
    for wrong in ["sort=markup", "dir=down", "page_size=0", "page_size=ten", "parent=x"] {
        assert_eq!(list(&running, &format!("tenants?{wrong}"), MACHINE).status, 400, "{wrong}");
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| ["%", &hexadecimal(byte)].concat()).collect()
}

fn hexadecimal(byte: u8) -> String {
    format!("{byte:02X}")
}

#[test]
fn entries_have_what_partners_bill_on_but_not_all_of_them() {
    let running = running(&[]);
    for (plural, sample) in [
        ("distributors", &running.truth().draas.samples.distributor),
        ("resellers", &running.truth().draas.samples.reseller),
        ("tenants", &running.truth().draas.samples.tenant),
    ] {
        let sample = sample.as_ref().unwrap();
        let found = all(&running, plural, "page_size=500&", MACHINE);
        assert_eq!(found.len(), running.truth().draas.counts[plural]);
        let one = found.iter().find(|entry| entry["uuid"] == sample.uuid.as_str()).unwrap();
        assert_eq!(one["name"], sample.name.as_str());
        assert_eq!(one["billingId"].as_str(), sample.billing_id.as_deref());
        for entry in &found {
            assert!(entry["owner"]["uuid"].is_string() && entry["owner"]["type"].is_string());
            assert!(["active", "suspended"].contains(&entry["status"].as_str().unwrap()));
            assert!(entry.get("msTeamsUsers").is_none(), "no licenses in lists");
        }
    }
    let tenants = all(&running, "tenants", "page_size=500&", MACHINE);
    assert!(tenants.iter().any(|tenant| tenant["billingId"].is_string()));
    assert!(tenants.iter().any(|tenant| tenant["billingId"].is_null()));
    assert!(tenants[0]["markup"].is_string());
}

#[test]
fn groups_are_for_system_administrators_and_distributors_of_a_parent_for_them() {
    let running = running(&[]);
    let group = &running.truth().draas.group;
    let groups = list(&running, "groups", SYSTEM).json();
    assert_eq!(groups["groups"][0]["uuid"], group.uuid.as_str());
    let refused = list(&running, "groups", MACHINE);
    assert_eq!(refused.status, 403);
    assert!(refused.json()["error"].as_str().unwrap().contains("groups.list"));
    let without = list(&running, "distributors", SYSTEM);
    assert_eq!(without.status, 400);
    assert!(without.json()["error"]["reason"].is_string(), "as a workflow says it");
    assert_eq!(list(&running, &format!("distributors?parent={}", group.uuid), SYSTEM).status, 200);
    assert_eq!(list(&running, "distributors", MACHINE).status, 200);
}

#[test]
fn a_parent_narrows_a_list_to_all_below_it() {
    let running = running(&[]);
    let draas = &running.truth().draas;
    let deep = draas.deep_tenant.as_ref().unwrap();
    let distributors = all(&running, "distributors", "page_size=500&", MACHINE);
    let owner = distributors.iter().find(|one| one["name"] == deep.path[1].as_str()).unwrap();
    let query = format!("page_size=500&parent={}&", owner["uuid"].as_str().unwrap());
    let below = all(&running, "tenants", &query, MACHINE);
    assert!(below.len() < draas.counts["tenants"]);
    assert!(below.iter().any(|tenant| tenant["uuid"] == deep.uuid.as_str()), "also indirectly");
    let none = list(&running, "tenants?parent=00000000-0000-4000-8000-000000000000", MACHINE);
    assert_eq!((none.status, none.json()["results"].as_u64()), (200, Some(0)));
}

#[test]
fn everybody_sees_what_is_under_their_control_and_no_more() {
    let running = running(&[]);
    let draas = &running.truth().draas;
    let deep = &draas.deep_tenant.as_ref().unwrap().uuid;
    let look = |user: &str| {
        let bearer = signed_in(&running, user);
        let who = ("Authorization", bearer.as_str());
        let status = |path: &str| list(&running, path, who).status;
        let tenants = list(&running, "tenants?page_size=500", who).json()["results"].as_u64();
        (status("distributors"), status("resellers"), tenants.unwrap())
    };
    let everything = draas.counts["tenants"] as u64;
    assert_eq!(look("demo"), (200, 200, everything));
    assert_eq!(look("demo-tenant"), (403, 403, 1));
    assert_eq!(look("demo-subscription"), (403, 403, 1));
    assert_eq!(look("demo-nobody"), (403, 403, 0));
    let (distributors, resellers, tenants) = look("demo-distributor");
    assert_eq!((distributors, resellers), (403, 200));
    assert!((2..everything).contains(&tenants));
    let (_, resellers, of_reseller) = look("demo-reseller");
    assert_eq!(resellers, 403);
    assert!((1..everything).contains(&of_reseller));
    let (_, _, of_all) = look("demo-several");
    assert!(of_all >= tenants + of_reseller, "one is not below the other");

    let bearer = signed_in(&running, "demo-subscription");
    let who = ("Authorization", bearer.as_str());
    assert_eq!(list(&running, &format!("tenants/{deep}/licenses"), who).status, 403);
    let own = list(&running, &format!("tenants/{deep}/subscriptions"), who).json();
    assert_eq!(own["results"], 1);
    let id = own["subscriptions"][0]["id"].as_u64().unwrap();
    let path = format!("tenants/{deep}/subscriptions/{id}/licenses");
    assert_eq!(list(&running, &path, who).status, 200);
}

#[test]
fn a_reader_may_not_change_and_a_tenant_s_administrator_may() {
    let running = running(&[]);
    let deep = &running.truth().draas.deep_tenant.as_ref().unwrap().uuid;
    for (user, status) in [("demo-limited", 403), ("demo-tenant", 200)] {
        let bearer = signed_in(&running, user);
        let who = ("Authorization", bearer.as_str());
        let own = list(&running, &format!("tenants/{deep}/subscriptions"), who).json();
        let id = own["subscriptions"][0]["id"].as_u64().unwrap();
        let path = format!("/api/v01/draas/draas_v1/tenants/{deep}/subscriptions/{id}/licenses");
        let body = r#"{"sipTrunkChannels":{"assigned":9}}"#;
        assert_eq!(running.put(&running.draas(&path), &[who], body).status, status, "{user}");
    }
}

#[test]
fn a_subscription_has_its_limits_as_plain_numbers() {
    let running = running(&[]);
    let sample = running.truth().draas.samples.subscription.as_ref().unwrap();
    let path = format!("tenants/{}/subscriptions/{}", sample.tenant_uuid, sample.id);
    let details = list(&running, &path, MACHINE).json();
    let licenses = list(&running, &format!("{path}/licenses"), MACHINE).json();
    assert_eq!(details["id"], sample.id);
    assert_eq!(details["licenses"]["msTeamsUsers"], licenses["msTeamsUsers"]["assigned"]);
    assert_eq!(details["billingId"].as_str(), sample.billing_id.as_deref());
    let missing = format!("tenants/{}/subscriptions/999999", sample.tenant_uuid);
    assert_eq!(list(&running, &missing, MACHINE).status, 404);
}

#[test]
fn lists_are_there_under_the_older_prefix_too() {
    let running = running(&[]);
    let url = running.draas("/api/v01/custom/draas_v1/tenants");
    assert_eq!(running.get(&url, &[MACHINE]).status, 200);
    assert_eq!(
        running.get(&running.draas("/api/v01/draas/draas_v2/tenants"), &[MACHINE]).status,
        404
    );
    assert_eq!(list(&running, "users", MACHINE).status, 404);
}

#[test]
fn a_license_that_no_manual_names_is_on_a_part_of_the_tree() {
    let plain = running(&[]);
    assert!(plain.truth().draas.unknown_license.is_none());
    let running = running(&["--unknown-license", "on"]);
    let draas = &running.truth().draas;
    let truth = draas.unknown_license.as_ref().unwrap();
    let path = format!("groups/{}/licenses?detailed=true", draas.group.uuid);
    let reply = list(&running, &path, MACHINE);
    assert!(reply.body.starts_with("{\"anywhereNowAgents\":{\"assigned\":"), "first by alphabet");
    let root = reply.json();
    assert_eq!(root[truth.key], json!({ "assigned": truth.assigned, "inUse": truth.in_use }));
    assert!(root["group"].get(truth.key).is_none(), "beside it, as the others are");
    let times = reply.body.matches(truth.key).count();
    assert!(times > truth.subscriptions && times < draas.nodes / 2, "{times}");
    // The rest of the tree is the same.
    let without = list(&plain, &path, MACHINE).json();
    assert_eq!(root["msTeamsUsers"], without["msTeamsUsers"]);
}

#[test]
fn it_can_be_assigned_only_where_it_is() {
    let running = running(&["--unknown-license", "on"]);
    let draas = &running.truth().draas;
    let total = || {
        let reply = list(&running, &format!("groups/{}/licenses", draas.group.uuid), MACHINE);
        reply.json()["anywhereNowAgents"]["assigned"].as_u64().unwrap()
    };
    let mut statuses = BTreeSet::new();
    let before = total();
    for tenant in all(&running, "tenants", "page_size=500&", MACHINE) {
        let path = format!("tenants/{}/subscriptions", tenant["uuid"].as_str().unwrap());
        for subscription in all(&running, &path, "page_size=500&", MACHINE) {
            let path = format!("{path}/{}/licenses", subscription["id"]);
            let has =
                list(&running, &path, MACHINE).json()["anywhereNowAgents"]["assigned"].as_u64();
            let limit = has.unwrap_or(1) + 5;
            let body = json!({ "anywhereNowAgents": { "assigned": limit } }).to_string();
            let url = running.draas(&format!("/api/v01/draas/draas_v1/{path}"));
            let reply = running.put(&url, &[MACHINE], &body);
            assert_eq!(reply.status, if has.is_some() { 200 } else { 400 });
            if has.is_some() && statuses.is_empty() {
                assert_eq!(total(), before + 5, "it reaches the sums above");
            }
            statuses.insert(reply.status);
        }
        if statuses.len() == 2 {
            return;
        }
    }
    panic!("only {statuses:?}");
}

#[test]
fn what_cannot_be_assigned_is_refused_in_two_shapes() {
    let running = running(&[]);
    let sample = running.truth().draas.samples.subscription.as_ref().unwrap();
    let path = format!("tenants/{}/subscriptions/{}/licenses", sample.tenant_uuid, sample.id);
    let url = running.draas(&format!("/api/v01/draas/draas_v1/{path}"));
    let before = list(&running, &path, MACHINE).body;
    let put = |body: &str| running.put(&url, &[MACHINE], body);
    for body in [
        r#"{"msTeamsUsers":{"assigned":-1}}"#,
        r#"{"msTeamsUsers":{"assigned":"5"}}"#,
        r#"{"msTeamsUsers":{"assigned":1.5}}"#,
        r#"{"msTeamsUsers":{"assigned":5,"inUse":1}}"#,
        r#"{"msTeamsUsers":5}"#,
        r#"{"anywhereNowAgents":{"assigned":5}}"#,
        "",
    ] {
        let reply = put(body);
        assert_eq!((reply.status, reply.json()["error"].is_string()), (400, true), "{body}");
    }
    let reply = put(r#"{"msTeamsUsers":{"assigned":1000001}}"#);
    assert_eq!((reply.status, reply.json()["error"]["reason"].is_string()), (400, true));
    assert_eq!(list(&running, &path, MACHINE).body, before);
}

#[test]
fn a_contradiction_is_served_as_the_truth_tells_it() {
    assert!(running(&[]).truth().draas.contradictions.is_empty());
    let running = running(&["--contradictions", "on"]);
    let [contradiction] = running.truth().draas.contradictions.as_slice() else {
        panic!("{:?}", running.truth().draas.contradictions)
    };
    let path = format!("resellers/{}/licenses?detailed=true", contradiction.uuid);
    let reply = list(&running, &path, MACHINE).json();
    assert_eq!(reply["msTeamsUsers"]["assigned"], contradiction.said);
    let tenants = reply["reseller"]["tenants"].as_array().unwrap().clone();
    let sum: u64 = tenants.iter().map(|t| t["msTeamsUsers"]["assigned"].as_u64().unwrap()).sum();
    assert_eq!(sum, contradiction.sum);
    assert_ne!(contradiction.said, contradiction.sum);
}
