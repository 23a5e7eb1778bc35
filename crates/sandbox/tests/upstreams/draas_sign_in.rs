//! Signing in to DRaaS with everything that can come in between.

use serde_json::{Value, json};

use crate::harness::{Reply, Running, sandbox};

const LOCAL: &str = "/api/v01/system/users/local";
const REFRESH: &str = "/api/v01/auth/access_token";

fn running(flags: &[&str]) -> Running {
    sandbox(&[&["--serve", "draas", "--size", "300"], flags].concat())
}

fn log_in_with(running: &Running, user: &str, password: &str, headers: &[(&str, &str)]) -> Reply {
    let body = json!({ "username": user, "password": password }).to_string();
    running.post(&running.draas("/api/v01/auth/login"), headers, &body)
}

fn log_in(running: &Running, user: &str) -> Reply {
    log_in_with(running, user, "sandbox-demo", &[])
}

fn give(running: &Running, path: &str, body: &Value, headers: &[(&str, &str)]) -> Reply {
    running.post(&running.draas(&format!("/api/v01/auth/{path}")), headers, &body.to_string())
}

fn bearer(reply: &Value, key: &str) -> String {
    format!("Bearer {}", reply[key].as_str().unwrap())
}

fn get(running: &Running, path: &str, bearer: &str) -> Reply {
    running.get(&running.draas(path), &[("Authorization", bearer)])
}

#[test]
fn the_mailed_code_goes_to_another_address_than_the_app_s() {
    let running = running(&[]);
    for (user, option, path, code, other) in [
        ("demo-email", json!("email"), "2fa", "654321", "2fa_totp"),
        ("demo-2fa", json!("totp"), "2fa_totp", "123456", "2fa"),
        ("demo-2fa-unnamed", Value::Null, "2fa", "654321", "2fa_totp"),
    ] {
        let login = log_in(&running, user);
        assert_eq!(login.status, 200, "{user}");
        let login = login.json();
        assert_eq!(login["option"], option, "{user}");
        assert_eq!(login.get("option").is_some(), !option.is_null(), "{user}: left out, not null");
        assert!(login.get("access_token").is_none());
        let body = |code: &str| json!({ "2fa_payload": login["2fa_payload"], "code": code });
        assert_eq!(give(&running, other, &body(code), &[]).status, 400, "{user}");
        assert_eq!(give(&running, path, &body("000000"), &[]).status, 400, "{user}");
        let done = give(&running, path, &body(code), &[]);
        assert_eq!(done.status, 200, "{user}");
        assert_eq!(get(&running, LOCAL, &bearer(&done.json(), "access_token")).status, 200);
        assert_eq!(give(&running, path, &body(code), &[]).status, 400, "{user}: used up");
    }
}

#[test]
fn a_payload_is_over_after_its_time() {
    let running = running(&["--second-factor-ttl", "0"]);
    let payload = log_in(&running, "demo-2fa").json()["2fa_payload"].clone();
    let body = json!({ "2fa_payload": payload, "code": "123456" });
    let reply = give(&running, "2fa_totp", &body, &[]);
    assert_eq!(reply.status, 400);
    assert!(reply.json()["error"].as_str().unwrap().contains("expired"));
}

#[test]
fn trust_is_remembered_for_a_user_agent_at_an_address() {
    let running = running(&["--draas-client-header", "X-Client"]);
    let at =
        |agent: &'static str, address: &'static str| [("User-Agent", agent), ("X-Client", address)];
    let asked = |headers: &[(&str, &str)]| {
        let reply = log_in_with(&running, "demo-2fa", "sandbox-demo", headers).json();
        reply.get("2fa_payload").cloned()
    };
    let here = at("Firefox", "192.0.2.1");
    let with =
        |payload, trust: bool| json!({ "2fa_payload": payload, "code": "123456", "trust": trust });
    let untrusting = with(asked(&here).unwrap(), false);
    assert_eq!(give(&running, "2fa_totp", &untrusting, &here).status, 200);
    let trusting = with(asked(&here).expect("not trusted yet"), true);
    assert_eq!(give(&running, "2fa_totp", &trusting, &here).status, 200);
    assert_eq!(asked(&here), None, "trusted");
    assert!(asked(&at("Chrome", "192.0.2.1")).is_some());
    assert!(asked(&at("Firefox", "192.0.2.2")).is_some());
    let other = log_in_with(&running, "demo-email", "sandbox-demo", &here).json();
    assert!(other.get("2fa_payload").is_some(), "of another user");
}

#[test]
fn an_account_locks_after_wrong_passwords_in_a_row_and_tells_nobody() {
    let running = running(&["--lockout-threshold", "3"]);
    let wrong = || log_in_with(&running, "demo", "wrong", &[]);
    let first = wrong();
    assert_eq!((first.status, wrong().status), (401, 401));
    assert_eq!(log_in(&running, "demo").status, 200, "two are too few, and forgotten now");
    for _ in 0..3 {
        assert_eq!(wrong().status, 401);
    }
    let locked = log_in(&running, "demo");
    assert_eq!((locked.status, &locked.body), (401, &first.body), "with the right password");
    assert_eq!(log_in(&running, "demo-tenant").status, 200, "others are not locked");
}

#[test]
fn a_lock_ends_and_a_threshold_of_none_never_locks() {
    for flags in [["--lockout-seconds", "0"], ["--lockout-threshold", "0"]] {
        let running = running(&flags);
        for _ in 0..9 {
            assert_eq!(log_in_with(&running, "demo", "wrong", &[]).status, 401);
        }
        assert_eq!(log_in(&running, "demo").status, 200, "{flags:?}");
    }
}

#[test]
fn values_too_long_are_refused() {
    let running = running(&[]);
    let long = "x".repeat(201);
    for body in [
        json!({ "username": long, "password": "p" }),
        json!({ "username": "u", "password": long }),
        json!({ "username": "u", "password": "p", "proxy": &long[..71] }),
        json!({ "username": "u" }),
    ] {
        assert_eq!(give(&running, "login", &body, &[]).status, 400, "{body}");
    }
}

#[test]
fn a_new_refresh_token_comes_only_when_the_old_one_is_near_its_end() {
    let fresh = running(&[]);
    let login = log_in(&fresh, "demo").json();
    let reply = get(&fresh, REFRESH, &bearer(&login, "refresh_token"));
    assert!(reply.json().get("refresh_token").is_none());

    let near = running(&["--refresh-ttl", "599", "--access-ttl", "300"]);
    let login = log_in(&near, "demo").json();
    let reply = get(&near, REFRESH, &bearer(&login, "refresh_token")).json();
    assert_ne!(reply["refresh_token"], login["refresh_token"]);
    assert_eq!(get(&near, REFRESH, &bearer(&reply, "refresh_token")).status, 200);

    let over = running(&["--refresh-ttl", "0"]);
    let login = log_in(&over, "demo").json();
    assert_eq!(get(&over, REFRESH, &bearer(&login, "refresh_token")).status, 401);
}

#[test]
fn logout_ends_the_refresh_token_it_names_or_all_of_the_user() {
    let running = running(&[]);
    let (one, other) = (log_in(&running, "demo").json(), log_in(&running, "demo").json());
    let somebody = log_in(&running, "demo-tenant").json();
    let access = bearer(&one, "access_token");
    let works =
        |login: &Value| get(&running, REFRESH, &bearer(login, "refresh_token")).status == 200;
    let unknown = "/api/v01/auth/logout?sign=da39a3ee5e6b4b0d3255bfef95601890afd80709";
    assert_eq!(get(&running, unknown, &access).status, 200);
    assert!(works(&one) && works(&other));
    // Which token is the bearer is not documented.
    let third = log_in(&running, "demo").json();
    let refresh = bearer(&third, "refresh_token");
    assert_eq!(get(&running, "/api/v01/auth/logout", &refresh).status, 200);
    assert!(!works(&third) && works(&one) && works(&other));
    assert_eq!(get(&running, "/api/v01/auth/logout", "Bearer x").status, 401);
    assert_eq!(get(&running, "/api/v01/auth/logout", &access).status, 200);
    assert!(!works(&one) && !works(&other) && works(&somebody));
    assert_eq!(get(&running, LOCAL, &access).status, 200, "access tokens live on");
}

#[test]
fn the_control_ends_refresh_tokens_too_if_it_is_told_to() {
    let running = running(&[]);
    let login = log_in(&running, "demo").json();
    let control = running.draas("/_sandbox/expire-tokens?refresh=true");
    assert_eq!(running.post(&control, &[], "").status, 204);
    assert_eq!(get(&running, REFRESH, &bearer(&login, "refresh_token")).status, 401);
}

#[test]
fn the_machine_token_comes_with_the_login_as_text_null_or_not_at_all() {
    let running = running(&[]);
    let token = |user: &str| log_in(&running, user).json().get("token").cloned();
    assert_eq!(token("demo"), Some(json!("sandbox-machine-token")));
    assert_eq!(token("demo-tenant"), Some(Value::Null));
    assert_eq!(token("demo-limited"), None);
}

#[test]
fn everybody_administers_something_else() {
    let running = running(&[]);
    let draas = &running.truth().draas;
    let levels = |user: &str| -> Vec<(String, Value)> {
        let access = bearer(&log_in(&running, user).json(), "access_token");
        let me = get(&running, LOCAL, &access).json();
        assert_eq!(me["is_system"], user == "demo-system");
        let admin_of = me["admin_of"].as_array().unwrap().clone();
        let level =
            |one: &Value| (one["level"].as_str().unwrap().to_owned(), one["reference"].clone());
        admin_of.iter().map(level).collect()
    };
    let one = |level: &str, reference: Value| vec![(level.to_owned(), reference)];
    let tenant = json!(draas.deep_tenant.as_ref().unwrap().uuid);
    let distributor = json!(draas.samples.distributor.as_ref().unwrap().uuid);
    assert_eq!(levels("demo-system"), one("system", Value::Null));
    assert_eq!(levels("demo-distributor"), one("distributor", distributor.clone()));
    assert_eq!(levels("demo-tenant"), one("tenant", tenant.clone()));
    assert_eq!(levels("demo-nobody"), []);
    let reseller = levels("demo-reseller");
    assert_eq!((reseller.len(), reseller[0].0.as_str()), (1, "reseller"));
    // A subscription has no uuid to be referred by.
    let subscription = levels("demo-subscription");
    assert_eq!(subscription[0].0, "subscription");
    assert!(subscription[0].1.as_str().unwrap().parse::<u64>().is_ok());
    let several = levels("demo-several");
    let expected = [one("distributor", distributor), reseller, one("tenant", tenant)].concat();
    assert_eq!(several, expected);
}
