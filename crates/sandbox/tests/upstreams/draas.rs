use serde_json::{Value, json};

use crate::harness::{MACHINE, Reply, Running, sandbox};

const LICENSES: &str = "/api/v01/draas/draas_v1";

fn log_in(running: &Running, user: &str) -> Reply {
    let body = json!({ "username": user, "password": "sandbox-demo" }).to_string();
    running.post(&running.draas("/api/v01/auth/login"), &[], &body)
}

fn bearer(reply: &Reply, key: &str) -> String {
    format!("Bearer {}", reply.json()[key].as_str().unwrap())
}

fn group(running: &Running) -> String {
    let uuid = &running.truth().draas.group.uuid;
    running.draas(&format!("{LICENSES}/groups/{uuid}/licenses"))
}

#[test]
fn health_needs_no_sign_in() {
    let running = sandbox(&["--size", "10"]);
    let reply = running.get(&running.draas("/api/v01/health"), &[]);
    assert_eq!((reply.status, reply.json()), (200, json!({ "status": "ok" })));
}

#[test]
fn login_gives_tokens_and_the_access_token_reads_licenses() {
    let running = sandbox(&["--size", "10"]);
    let login = log_in(&running, "demo");
    assert_eq!(login.status, 200);
    let access = bearer(&login, "access_token");
    let reply = running.get(&group(&running), &[("Authorization", &access)]);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[test]
fn login_with_another_field_is_refused() {
    let running = sandbox(&["--size", "10"]);
    let url = running.draas("/api/v01/auth/login");
    let body = r#"{"username":"demo","password":"sandbox-demo","remember":true}"#;
    let reply = running.post(&url, &[], body);
    assert_eq!(reply.status, 400);
    assert!(reply.json()["error"].as_str().unwrap().contains("remember"));
    let with_proxy = r#"{"username":"demo","password":"sandbox-demo","proxy":"p"}"#;
    assert_eq!(running.post(&url, &[], with_proxy).status, 200);
}

#[test]
fn wrong_password_is_401_with_an_error() {
    let running = sandbox(&["--size", "10"]);
    let body = r#"{"username":"demo","password":"wrong"}"#;
    let reply = running.post(&running.draas("/api/v01/auth/login"), &[], body);
    assert_eq!(reply.status, 401);
    assert!(reply.json()["error"].is_string());
}

#[test]
fn second_factor_comes_under_200_without_tokens() {
    let running = sandbox(&["--size", "10"]);
    let login = log_in(&running, "demo-2fa");
    assert_eq!(login.status, 200);
    let login = login.json();
    assert_eq!(login["option"], "totp");
    assert!(login.get("access_token").is_none());

    let url = running.draas("/api/v01/auth/2fa_totp");
    let with = |code: &str| json!({ "2fa_payload": login["2fa_payload"], "code": code });
    assert_eq!(running.post(&url, &[], &with("000000").to_string()).status, 400);
    let done = running.post(&url, &[], &with("123456").to_string());
    assert_eq!(done.status, 200);
    let access = bearer(&done, "access_token");
    assert_eq!(running.get(&group(&running), &[("Authorization", &access)]).status, 200);
}

#[test]
fn expired_access_token_is_401_and_refresh_gives_another() {
    // A lifetime of no seconds: expired at once, without a wait.
    let running = sandbox(&["--size", "10", "--access-ttl", "0"]);
    let login = log_in(&running, "demo");
    let access = bearer(&login, "access_token");
    let reply = running.get(&group(&running), &[("Authorization", &access)]);
    assert_eq!(reply.status, 401);
    assert!(reply.json()["error"].as_str().unwrap().contains("expired"));

    let refresh = bearer(&login, "refresh_token");
    let url = running.draas("/api/v01/auth/access_token");
    let refreshed = running.get(&url, &[("Authorization", &refresh)]);
    assert_eq!(refreshed.status, 200);
    assert_ne!(bearer(&refreshed, "access_token"), access);
    assert!(refreshed.json().get("refresh_token").is_none());
}

#[test]
fn control_drops_access_tokens_and_keeps_refresh_tokens() {
    let running = sandbox(&["--size", "10"]);
    let login = log_in(&running, "demo");
    let access = bearer(&login, "access_token");
    assert_eq!(running.get(&group(&running), &[("Authorization", &access)]).status, 200);
    assert_eq!(running.post(&running.draas("/_sandbox/expire-tokens"), &[], "").status, 204);
    assert_eq!(running.get(&group(&running), &[("Authorization", &access)]).status, 401);

    let refresh = bearer(&login, "refresh_token");
    let url = running.draas("/api/v01/auth/access_token");
    let refreshed = running.get(&url, &[("Authorization", &refresh)]);
    let access = bearer(&refreshed, "access_token");
    assert_eq!(running.get(&group(&running), &[("Authorization", &access)]).status, 200);
}

#[test]
fn tokens_are_not_interchangeable() {
    let running = sandbox(&["--size", "10"]);
    let login = log_in(&running, "demo");
    let refresh = bearer(&login, "refresh_token");
    assert_eq!(running.get(&group(&running), &[("Authorization", &refresh)]).status, 401);
    let access = bearer(&login, "access_token");
    let url = running.draas("/api/v01/auth/access_token");
    assert_eq!(running.get(&url, &[("Authorization", &access)]).status, 401);
    assert_eq!(running.get(&group(&running), &[]).status, 401);
    assert_eq!(running.get(&group(&running), &[("Authorization", "Bearer x")]).status, 401);
}

#[test]
fn users_local_tells_what_one_administers() {
    let running = sandbox(&["--size", "60"]);
    let url = running.draas("/api/v01/system/users/local");
    let demo = running.get(&url, &[MACHINE]).json();
    let truth = &running.truth().draas;
    assert_eq!(demo["admin_of"], json!([{ "level": "group", "reference": truth.group.uuid }]));

    let limited = bearer(&log_in(&running, "demo-limited"), "access_token");
    let limited = running.get(&url, &[("Authorization", &limited)]).json();
    let tenant = &truth.deep_tenant.as_ref().unwrap().uuid;
    assert_eq!(limited["admin_of"], json!([{ "level": "tenant", "reference": tenant }]));
}

#[test]
fn limited_user_reads_one_tenant_and_is_forbidden_the_rest() {
    let running = sandbox(&["--size", "200"]);
    let access = bearer(&log_in(&running, "demo-limited"), "access_token");
    let with = [("Authorization", access.as_str())];
    let forbidden = running.get(&group(&running), &with);
    assert_eq!(forbidden.status, 403);
    assert!(forbidden.json()["error"].as_str().unwrap().contains("groups.instance.licenses.list"));

    let draas = &running.truth().draas;
    let own = &draas.deep_tenant.as_ref().unwrap().uuid;
    let tenant = |uuid: &str| running.draas(&format!("{LICENSES}/tenants/{uuid}/licenses"));
    assert_eq!(running.get(&tenant(own), &with).status, 200);
    let other = &draas.samples.tenant.as_ref().unwrap().uuid;
    assert_ne!(own, other);
    assert_eq!(running.get(&tenant(other), &with).status, 403);
}

#[test]
fn detailed_takes_the_spellings_of_go() {
    let running = sandbox(&["--size", "60"]);
    let url = group(&running);
    let plain = running.get(&url, &[MACHINE]);
    assert!(plain.json().get("group").is_none());
    let full = running.get(&format!("{url}?detailed=true"), &[MACHINE]).body;
    for spelling in ["True", "1", "TRUE", "t"] {
        let reply = running.get(&format!("{url}?detailed={spelling}"), &[MACHINE]);
        assert!(reply.body == full, "detailed={spelling}");
    }
    let off = running.get(&format!("{url}?detailed=False"), &[MACHINE]);
    assert_eq!(off.body, plain.body);
    assert_eq!(running.get(&format!("{url}?detailed=yes"), &[MACHINE]).status, 400);
}

#[test]
fn root_has_no_totals_of_its_own_and_they_stand_beside_it() {
    let running = sandbox(&["--size", "300"]);
    let draas = &running.truth().draas;
    let samples = &draas.samples;
    let roots = [
        ("group", "groups", &draas.group),
        ("distributor", "distributors", samples.distributor.as_ref().unwrap()),
        ("reseller", "resellers", samples.reseller.as_ref().unwrap()),
        ("tenant", "tenants", samples.tenant.as_ref().unwrap()),
    ];
    for (word, plural, named) in roots {
        let path = format!("{LICENSES}/{plural}/{}/licenses?detailed=true", named.uuid);
        let reply = running.get(&running.draas(&path), &[MACHINE]).json();
        assert_eq!(reply[word]["name"], named.name);
        assert_eq!(reply[word]["uuid"], named.uuid);
        assert!(reply[word].get("msTeamsUsers").is_none(), "{word}");
        assert!(reply[word].get("sipTrunkChannels").is_none(), "{word}");
        assert!(reply["msTeamsUsers"]["assigned"].is_u64(), "{word}");
        let sip = reply["sipTrunkChannels"].as_object().unwrap();
        assert_eq!(sip.keys().collect::<Vec<_>>(), ["assigned"], "{word}");
    }
}

#[test]
fn keys_come_in_alphabetical_order() {
    let running = sandbox(&["--size", "300"]);
    let body = running.get(&format!("{}?detailed=true", group(&running)), &[MACHINE]).body;
    // A map that sorts, written again, and the escapes of Go put back: the same bytes.
    let sorted: Value = serde_json::from_str(&body).unwrap();
    let again = sorted.to_string();
    let again = again.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    assert!(body == again);
}

#[test]
fn older_cores_mount_the_instance_as_custom() {
    let running = sandbox(&["--size", "10"]);
    let uuid = &running.truth().draas.group.uuid;
    let status = |path: &str| running.get(&running.draas(path), &[MACHINE]).status;
    assert_eq!(status(&format!("/api/v01/custom/draas_v1/groups/{uuid}/licenses")), 200);
    assert_eq!(status(&format!("/api/v01/draas/draas_v2/groups/{uuid}/licenses")), 404);
    assert_eq!(status(&format!("/api/v01/other/draas_v1/groups/{uuid}/licenses")), 404);
}

#[test]
fn unknown_uuid_is_no_license_found_and_a_malformed_one_an_error() {
    let running = sandbox(&["--size", "10"]);
    let unknown = "00000000-0000-4000-8000-000000000000";
    let path = format!("{LICENSES}/tenants/{unknown}/licenses");
    let reply = running.get(&running.draas(&path), &[MACHINE]);
    assert_eq!((reply.status, reply.json()), (404, json!({ "error": "No license found" })));
    // A group's uuid is no tenant's.
    let group = &running.truth().draas.group.uuid;
    let path = format!("{LICENSES}/tenants/{group}/licenses");
    assert_eq!(running.get(&running.draas(&path), &[MACHINE]).status, 404);
    let path = format!("{LICENSES}/tenants/not-a-uuid/licenses");
    assert_eq!(running.get(&running.draas(&path), &[MACHINE]).status, 400);
}

#[test]
fn subscription_is_read_and_its_update_reaches_every_sum_above() {
    let running = sandbox(&["--size", "200"]);
    let draas = &running.truth().draas;
    let sample = draas.samples.subscription.as_ref().unwrap();
    let path =
        format!("{LICENSES}/tenants/{}/subscriptions/{}/licenses", sample.tenant_uuid, sample.id);
    let url = running.draas(&path);
    let before = running.get(&url, &[MACHINE]);
    assert_eq!(before.status, 200);
    let before = before.json();
    let assigned = before["msTeamsUsers"]["assigned"].as_u64().unwrap();

    let body = json!({ "msTeamsUsers": { "assigned": assigned + 7 } }).to_string();
    let changed = running.put(&url, &[MACHINE], &body);
    assert_eq!(changed.status, 200);
    let changed = changed.json();
    assert_eq!(changed["msTeamsUsers"]["assigned"], assigned + 7);
    assert_eq!(changed["sipTrunkChannels"], before["sipTrunkChannels"], "what is not named stays");
    let total = running.get(&group(&running), &[MACHINE]).json();
    assert_eq!(total["msTeamsUsers"]["assigned"], draas.teams.assigned + 7);

    assert_eq!(running.put(&url, &[MACHINE], r#"{"seats":1}"#).status, 400);
    let other =
        running.draas(&path.replace(&format!("/{}/licenses", sample.id), "/999999/licenses"));
    assert_eq!(running.get(&other, &[MACHINE]).status, 404);
    let word = running.draas(&path.replace(&format!("/{}/licenses", sample.id), "/abc/licenses"));
    assert_eq!(running.get(&word, &[MACHINE]).status, 400);
}

#[test]
fn listed_origin_gets_cors_headers_and_others_do_not() {
    let running = sandbox(&["--size", "10", "--origin", "http://localhost:1234"]);
    let url = group(&running);
    let preflight = |origin| {
        let headers = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "GET"),
            ("Access-Control-Request-Headers", "authorization"),
        ];
        running.options(&url, &headers)
    };
    let listed = preflight("http://localhost:1234");
    assert_eq!(listed.status, 204);
    assert_eq!(listed.header("access-control-allow-origin"), Some("http://localhost:1234"));
    assert!(listed.header("access-control-allow-headers").unwrap().contains("Authorization"));
    assert_eq!(listed.header("vary"), Some("Origin"));
    let unlisted = preflight("http://127.0.0.1:8700");
    assert_eq!(unlisted.header("access-control-allow-origin"), None);
    assert_eq!(unlisted.header("vary"), Some("Origin"));

    // Also on what is refused: a page has to be able to read why.
    let refused = running.get(&url, &[("Origin", "http://localhost:1234")]);
    assert_eq!(refused.status, 401);
    assert_eq!(refused.header("access-control-allow-origin"), Some("http://localhost:1234"));
    let read = running.get(&url, &[MACHINE, ("Origin", "null")]);
    assert_eq!((read.status, read.header("access-control-allow-origin")), (200, None));
}
