use super::*;
use crate::{axl, draas, live_platform::ClientCredentials};

fn login() -> Credentials {
    let api = draas::Api::new("https://prov.example", "draas", "draas_v1").unwrap();
    Credentials::Login { api, username: "edge".into(), password: "canary-password".into() }
}

fn client() -> Credentials {
    Credentials::Client(ClientCredentials {
        endpoint: "https://login.example/token".into(),
        client_id: "edge".into(),
        client_secret: "canary-secret".into(),
        scope: "api://x/.default".into(),
    })
}

fn tokens(access: &str, refresh: &str) -> Reply {
    Reply::new(200, format!(r#"{{"access_token":"{access}","refresh_token":"{refresh}"}}"#))
}

fn fetch(keeper: &mut Keeper, credentials: &Credentials, now: u64) -> Errand {
    match keeper.step(credentials, now) {
        Step::Fetch(errand) => errand,
        other => panic!("not fetched: {other:?}"),
    }
}

fn used(keeper: &mut Keeper, credentials: &Credentials, now: u64) -> (String, u64) {
    match keeper.step(credentials, now) {
        Step::Use { authorization, generation } => (authorization.expose().to_owned(), generation),
        other => panic!("not used: {other:?}"),
    }
}

#[test]
fn what_lasts_is_used_as_it_is() {
    let mut keeper = Keeper::default();
    let basic = axl::Credentials { user: "axl".into(), password: "pw".into() };
    assert_eq!(used(&mut keeper, &Credentials::Basic(basic), 0).0, "Basic YXhsOnB3");
    assert_eq!(used(&mut keeper, &Credentials::Token("m".into()), 0).0, "Bearer m");
}

#[test]
fn one_logs_in_and_the_others_wait() {
    let (mut keeper, login) = (Keeper::default(), login());
    let errand = fetch(&mut keeper, &login, 0);
    assert!(errand.request.url.ends_with("/auth/login"));
    assert!(matches!(keeper.step(&login, 10), Step::Wait));
    keeper.heard(&login, &errand, Ok(&tokens("a1", "r1")), 20);
    assert_eq!(used(&mut keeper, &login, 30), ("Bearer a1".to_owned(), 1));
}

#[test]
fn a_refused_token_is_renewed_once_for_all() {
    let (mut keeper, login) = (Keeper::default(), login());
    let errand = fetch(&mut keeper, &login, 0);
    keeper.heard(&login, &errand, Ok(&tokens("a1", "r1")), 0);
    let later = 600_000;
    keeper.refused(1, later);
    let errand = fetch(&mut keeper, &login, later);
    assert!(errand.request.url.ends_with("/auth/access_token"));
    assert_eq!(errand.request.header("authorization"), Some("Bearer r1"));
    keeper.refused(1, later + 1);
    assert!(matches!(keeper.step(&login, later + 1), Step::Wait));
    let renewed = Reply::new(200, r#"{"access_token":"a2"}"#);
    keeper.heard(&login, &errand, Ok(&renewed), later + 2);
    // Late news of the old token.
    keeper.refused(1, later + 3);
    assert_eq!(used(&mut keeper, &login, later + 3), ("Bearer a2".to_owned(), 2));
}

#[test]
fn when_the_refresh_token_ended_it_logs_in_again() {
    let (mut keeper, login) = (Keeper::default(), login());
    let errand = fetch(&mut keeper, &login, 0);
    keeper.heard(&login, &errand, Ok(&tokens("a1", "r1")), 0);
    keeper.refused(1, 600_000);
    let errand = fetch(&mut keeper, &login, 600_000);
    keeper.heard(&login, &errand, Ok(&Reply::new(401, r#"{"error":"x"}"#)), 600_001);
    let errand = fetch(&mut keeper, &login, 600_002);
    assert!(errand.request.url.ends_with("/auth/login"));
}

#[test]
fn a_wrong_password_is_not_tried_again_for_ten_minutes() {
    let (mut keeper, login) = (Keeper::default(), login());
    let errand = fetch(&mut keeper, &login, 0);
    let wrong = Reply::new(401, r#"{"error":"Invalid username or password"}"#);
    keeper.heard(&login, &errand, Ok(&wrong), 1);
    for now in [2, 60_000, 599_000] {
        assert!(matches!(keeper.step(&login, now), Step::Fail(_)), "{now}");
    }
    assert!(matches!(keeper.step(&login, 600_002), Step::Fetch(_)));
}

/// Servers repeat what they were sent; the log must not.
#[test]
fn what_a_platform_repeats_is_not_why() {
    for credentials in [login(), client()] {
        let mut keeper = Keeper::default();
        let errand = fetch(&mut keeper, &credentials, 0);
        let sent = errand.request.body.clone().unwrap();
        let echo = format!("cannot sign in with {sent}");
        for body in [sent.clone(), echo.clone(), serde_json::json!({ "error": echo }).to_string()] {
            for status in [200, 400, 401, 403, 404, 429, 500] {
                let mut keeper = Keeper::default();
                let errand = fetch(&mut keeper, &credentials, 0);
                keeper.heard(&credentials, &errand, Ok(&Reply::new(status, body.clone())), 1);
                let Step::Fail(why) = keeper.step(&credentials, 2) else { panic!("{status}") };
                let line = crate::gate::trouble("up", "sign-in", &why);
                assert!(!line.contains("canary"), "{line}");
                assert!(line.contains(&format!(r#""status":{status}"#)), "{line}");
            }
        }
    }
}

#[test]
fn a_second_factor_is_told_with_what_to_do() {
    let (mut keeper, login) = (Keeper::default(), login());
    let errand = fetch(&mut keeper, &login, 0);
    keeper.heard(&login, &errand, Ok(&Reply::new(200, r#"{"2fa_payload":"x"}"#)), 1);
    let Step::Fail(why) = keeper.step(&login, 2) else { panic!("no failure") };
    assert!(why.words().contains("machine token"), "{why:?}");
}

#[test]
fn a_failure_on_the_way_is_tried_again_soon() {
    let lost = Why::lost("Network connection lost.");
    for reply in [Err(lost), Ok(&Reply::new(503, "")), Ok(&Reply::new(502, "<html>"))] {
        let (mut keeper, login) = (Keeper::default(), login());
        let errand = fetch(&mut keeper, &login, 0);
        keeper.heard(&login, &errand, reply.clone(), 1);
        assert!(matches!(keeper.step(&login, 2), Step::Fail(_)));
        assert!(matches!(keeper.step(&login, 5_002), Step::Fetch(_)), "{reply:?}");
    }
}

#[test]
fn a_clients_token_is_renewed_before_it_ends() {
    let (mut keeper, client) = (Keeper::default(), client());
    let errand = fetch(&mut keeper, &client, 0);
    assert_eq!(errand.request.url, "https://login.example/token");
    let reply = Reply::new(200, r#"{"access_token":"t1","expires_in":3599}"#);
    keeper.heard(&client, &errand, Ok(&reply), 0);
    assert_eq!(used(&mut keeper, &client, 3_298_000).0, "Bearer t1");
    let errand = fetch(&mut keeper, &client, 3_299_000);
    let short = Reply::new(200, r#"{"access_token":"t2","expires_in":10}"#);
    keeper.heard(&client, &errand, Ok(&short), 3_299_000);
    assert_eq!(used(&mut keeper, &client, 3_306_999).0, "Bearer t2");
    assert!(matches!(keeper.step(&client, 3_307_000), Step::Fetch(_)));
}

#[test]
fn a_jwt_is_renewed_before_it_says_it_ends() {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    let (mut keeper, login) = (Keeper::default(), login());
    let errand = fetch(&mut keeper, &login, 1_000_000);
    let claims = URL_SAFE_NO_PAD.encode(r#"{"exp":1300}"#);
    keeper.heard(&login, &errand, Ok(&tokens(&format!("h.{claims}.s"), "r")), 1_000_000);
    used(&mut keeper, &login, 1_239_000);
    let errand = fetch(&mut keeper, &login, 1_240_000);
    assert!(errand.request.url.ends_with("/access_token"), "with the refresh token it still has");
}

#[test]
fn tokens_that_are_all_refused_are_not_fetched_again_and_again() {
    let (mut keeper, client) = (Keeper::default(), client());
    let errand = fetch(&mut keeper, &client, 0);
    let reply = Reply::new(200, r#"{"access_token":"t1","expires_in":3599}"#);
    keeper.heard(&client, &errand, Ok(&reply), 0);
    keeper.refused(1, 100);
    let errand = fetch(&mut keeper, &client, 110);
    keeper.heard(&client, &errand, Ok(&reply), 120);
    keeper.refused(2, 150);
    assert!(matches!(keeper.step(&client, 200), Step::Fail(_)));
    assert!(matches!(keeper.step(&client, 20_000), Step::Fetch(_)));
}

#[test]
fn who_was_cut_off_holds_nobody_up_and_changes_nothing_later() {
    let (mut keeper, login) = (Keeper::default(), login());
    let cut_off = fetch(&mut keeper, &login, 0);
    let errand = fetch(&mut keeper, &login, FETCHING_MS);
    keeper.heard(&login, &errand, Ok(&tokens("new", "r")), FETCHING_MS + 1);
    keeper.heard(&login, &cut_off, Ok(&tokens("old", "r")), FETCHING_MS + 2);
    assert_eq!(used(&mut keeper, &login, FETCHING_MS + 3).0, "Bearer new");
}

#[test]
fn nothing_of_it_prints_a_secret() {
    for credentials in [login(), client()] {
        let mut keeper = Keeper::default();
        let errand = fetch(&mut keeper, &credentials, 0);
        let step = keeper.step(&credentials, 0);
        let echo =
            Reply::new(400, r#"{"error":"canary-password canary-secret-of-thirty-characters"}"#);
        keeper.heard(&credentials, &errand, Ok(&echo), 0);
        let printed = format!("{credentials:?} {errand:?} {step:?} {keeper:?}");
        assert!(
            !printed.contains("canary-password\"") && !printed.contains("client_secret="),
            "{printed}"
        );
        keeper.heard(&credentials, &errand, Ok(&tokens("canary-access", "canary-refresh")), 0);
        let printed = format!("{keeper:?} {:?}", keeper.step(&credentials, 1));
        assert!(
            !printed.contains("canary-access") && !printed.contains("canary-refresh"),
            "{printed}"
        );
    }
}
