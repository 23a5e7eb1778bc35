use seatree_core::draas::{Login, Logout, SecondFactorCode, SignIn, Tokens, Trust};
use seatree_core::error::SecondFactor;
use seatree_core::http::{Method, Reply, Secret};
use seatree_core::{Operation, Problem};
use serde_json::json;

use crate::{BASE, api, body, ok};

fn code(by: SecondFactor, typed: &str, trust: Trust) -> SecondFactorCode {
    SecondFactorCode::new(&api(), by, &Secret::from("jwt"), typed, trust)
}

#[test]
fn a_login_that_wants_a_code_hands_over_what_the_code_is_sent_with() {
    let login = Login::new(&api(), "ada", &Secret::from("s3cret"));
    let reply = ok(include_str!("../../fixtures/draas/login-second-factor.json"));
    let SignIn::SecondFactor { by, payload } = login.decode(&reply).unwrap() else {
        panic!("no second factor");
    };
    let request = SecondFactorCode::new(&api(), by, &payload, "123456", Trust::Once).request();
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.url, format!("{BASE}auth/2fa_totp"));
    let expected = json!({"2fa_payload": "eyJhbGciOiJSUzI1NiJ9.payload", "code": "123456"});
    assert_eq!(body(&request), expected);
}

#[test]
fn each_way_has_its_route_and_an_unnamed_one_takes_the_oldest() {
    for (option, route) in [
        (Some("email"), "auth/2fa"),
        (Some("totp"), "auth/2fa_totp"),
        (Some("pigeon"), "auth/2fa"),
        (None, "auth/2fa"),
    ] {
        let reply = ok(json!({"2fa_payload": "jwt", "option": option}).to_string());
        let login = Login::new(&api(), "ada", &Secret::from("s3cret"));
        let Ok(SignIn::SecondFactor { by, .. }) = login.decode(&reply) else {
            panic!("{option:?}");
        };
        assert_eq!(code(by, "1", Trust::Once).request().url, format!("{BASE}{route}"));
    }
}

#[test]
fn trust_is_sent_only_when_it_was_chosen() {
    let once = code(SecondFactor::Email, "1", Trust::Once).request();
    let always = code(SecondFactor::Email, "1", Trust::ThisHost).request();
    assert_eq!(body(&once).get("trust"), None);
    assert_eq!(body(&always)["trust"], json!(true));
}

#[test]
fn a_code_is_sent_without_the_spaces_it_was_copied_with() {
    let request = code(SecondFactor::Totp, " 123 456\n", Trust::Once).request();
    assert_eq!(body(&request)["code"], json!("123456"));
}

#[test]
fn a_wrong_code_says_so_and_the_same_payload_goes_out_again() {
    let wrong = code(SecondFactor::Email, "000000", Trust::Once);
    let error = wrong.decode(&Reply::new(400, r#"{"error":"invalid code"}"#)).unwrap_err();
    assert_eq!(error.problem, Problem::WrongCode { said: "invalid code.".into() });
    assert!(!error.wants_sign_in(), "the password is not asked for again");

    let right = code(SecondFactor::Email, "123456", Trust::Once);
    assert_eq!(body(&right.request())["2fa_payload"], json!("jwt"));
    let tokens = right.decode(&ok(include_str!("../../fixtures/draas/login.json"))).unwrap();
    let secret = |part| Some(Secret::from(format!("eyJhbGciOiJSUzI1NiJ9.{part}")));
    assert_eq!((Some(tokens.access), tokens.refresh), (secret("access"), secret("refresh")));
}

#[test]
fn other_refusals_of_a_code_are_not_taken_for_a_wrong_one() {
    let code = code(SecondFactor::Email, "123456", Trust::Once);
    let problem = |status, body: &str| code.decode(&Reply::new(status, body)).unwrap_err().problem;
    assert_eq!(problem(401, r#"{"error":"expired"}"#), Problem::SignedOut);
    assert!(matches!(problem(429, ""), Problem::Throttled { .. }));
    assert!(matches!(problem(400, "<html>Bad Request"), Problem::Malformed { .. }));
    assert!(matches!(problem(200, "{}"), Problem::Malformed { .. }));
}

#[test]
fn signing_out_names_the_refresh_token_by_its_digest_only() {
    let tokens = Tokens { access: Secret::from("a1"), refresh: Some(Secret::from("r-eF9")) };
    let logout = Logout::new(&api(), &tokens).unwrap();
    let request = logout.request();
    // printf r-eF9 | sha1sum
    let sign = "098ba5459537325de276dbf8ae88762fc794ae77";
    assert_eq!(request.method, Method::Get);
    assert_eq!(request.url, format!("{BASE}auth/logout?sign={sign}"));
    assert_eq!(logout.request().header("authorization"), Some("Bearer a1"));
}

#[test]
fn signing_out_of_an_ended_session_is_done_and_an_outage_is_told() {
    let tokens = Tokens { access: Secret::from("a1"), refresh: Some(Secret::from("r1")) };
    let logout = Logout::new(&api(), &tokens).unwrap();
    assert_eq!(logout.decode(&Reply::new(401, r#"{"error":"expired"}"#)), Ok(()));
    assert!(logout.decode(&Reply::new(500, r#"{"error":"oops"}"#)).is_err());
}
