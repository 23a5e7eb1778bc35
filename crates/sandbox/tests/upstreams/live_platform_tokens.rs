//! How tokens of Live Platform are got, and how they end.

use crate::harness::{LIVE, Reply, Running, sandbox};

const CUSTOMERS: &str = "/tenantui/api/v3/customer";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn running(flags: &[&str]) -> Running {
    sandbox(&[&["--serve", "live-platform", "--services", "3"], flags].concat())
}

fn fields(running: &Running) -> Vec<(&'static str, &'static str)> {
    let sign_in = &running.truth().sign_in.live_platform;
    vec![
        ("grant_type", "client_credentials"),
        ("client_id", sign_in.client_id),
        ("client_secret", sign_in.client_secret),
        ("scope", sign_in.scope),
    ]
}

fn ask(running: &Running, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
    let tenant = running.truth().sign_in.live_platform.tenant;
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let url = running.live(&format!("/{tenant}/oauth2/v2.0/token"));
    running.post(&url, &[&[FORM], headers].concat(), &pairs.join("&"))
}

fn list(running: &Running, token: &str) -> Reply {
    let bearer = format!("Bearer {token}");
    running.get(&running.live(CUSTOMERS), &[("Authorization", &bearer)])
}

#[test]
fn a_registration_gets_a_token_for_its_secret_and_no_refresh_token() {
    let running = running(&[]);
    let reply = ask(&running, &fields(&running), &[]);
    assert_eq!(reply.status, 200);
    let token = reply.json();
    assert_eq!((&token["token_type"], &token["expires_in"]), (&"Bearer".into(), &3599.into()));
    assert!(token.get("refresh_token").is_none());
    assert_eq!(list(&running, token["access_token"].as_str().unwrap()).status, 200);
}

#[test]
fn a_page_gets_none_and_may_not_read_why() {
    let running = running(&[]);
    let origin = [("Origin", "http://127.0.0.1:8700")];
    let reply = ask(&running, &fields(&running), &origin);
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (400, None));
    let why = reply.json();
    assert_eq!(why["error_codes"][0], 9_002_326);
    assert!(why["error_description"].as_str().unwrap().starts_with("AADSTS9002326: "));
}

#[test]
fn what_is_wrong_with_a_registration_is_told_with_its_code() {
    let running = running(&[]);
    for (name, error, code) in [
        ("grant_type", "unsupported_grant_type", 70_003),
        ("client_id", "unauthorized_client", 700_016),
        ("client_secret", "invalid_client", 7_000_215),
        ("scope", "invalid_scope", 70_011),
    ] {
        let mut fields = fields(&running);
        fields.retain(|(field, _)| *field != name);
        let reply = ask(&running, &fields, &[]);
        assert!((400..=401).contains(&reply.status), "{name}");
        assert_eq!(reply.json()["error"], error, "{name}");
        assert_eq!(reply.json()["error_codes"][0], code, "{name}");
    }
    let elsewhere = running.live("/common/oauth2/v2.0/token");
    assert_eq!(running.post(&elsewhere, &[FORM], "grant_type=client_credentials").status, 400);
}

#[test]
fn a_token_ends_and_the_reply_says_so_in_a_header_only() {
    let running = running(&["--live-token-ttl", "0"]);
    let token = ask(&running, &fields(&running), &[]).json();
    let reply = list(&running, token["access_token"].as_str().unwrap());
    assert_eq!((reply.status, reply.body.as_str()), (401, ""));
    assert!(reply.header("www-authenticate").unwrap().contains("expired"));
    let unknown = list(&running, "x");
    assert!(!unknown.header("www-authenticate").unwrap().contains("expired"));
    let missing = running.get(&running.live(CUSTOMERS), &[]);
    assert_eq!(missing.header("www-authenticate"), Some("Bearer"));
}

#[test]
fn the_control_ends_all_tokens_until_they_are_renewed() {
    let running = running(&[]);
    let token = ask(&running, &fields(&running), &[]).json();
    let token = token["access_token"].as_str().unwrap();
    let known = || running.get(&running.live(CUSTOMERS), &[LIVE]).status;
    assert_eq!((list(&running, token).status, known()), (200, 200));
    assert_eq!(running.post(&running.live("/_sandbox/expire-tokens"), &[], "").status, 204);
    assert_eq!((list(&running, token).status, known()), (401, 401));
    assert_eq!(running.post(&running.live("/_sandbox/renew-tokens"), &[], "").status, 204);
    assert_eq!((list(&running, token).status, known()), (401, 200));
}
