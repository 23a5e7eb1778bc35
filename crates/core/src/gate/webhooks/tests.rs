use super::*;
use crate::gate::{Body, Settings};

const SETTINGS: &str = r#"{
    "visitors":{"issuer":"i","audience":"a","keys":[]},
    "metrics":{"token":{"secret":"METRICS"}},
    "upstreams":{"draas":{"address":"https://prov.example","memory":{},
        "draas":{"instance":"draas_v1","root":"group:cae902b4-2307-41ef-b554-43a12c63cc97"},
        "credentials":{"kind":"token","token":{"secret":"TOKEN"}}}},
    "webhooks":{"operator":{"secret":"OPERATOR"},
        "receivers":{"desk":{"address":"https://desk.example","keys":[{"secret":"KEY"}]}}}}"#;

fn gate(settings: &str) -> Gate {
    let secret = |name: &str| {
        let secret = match name {
            "KEY" => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
            name => format!("the-secret-called-{name}"),
        };
        Some(secret.into())
    };
    Gate::new(Settings::with_secrets(settings, &secret).expect("valid settings"))
}

fn decide(method: &str, target: &str, token: &str) -> Option<Result<WebhookCall, RefusalKind>> {
    let header = |name: &str| {
        (name == "authorization" && !token.is_empty()).then(|| format!("Bearer {token}"))
    };
    let ask = Ask { method, target, header: &header, body: Body::None };
    Some(gate(SETTINGS).decide_webhooks(&ask)?.map_err(|refusal| refusal.kind))
}

const OPERATOR: &str = "the-secret-called-OPERATOR";

#[test]
fn an_operator_sees_and_retries() {
    for (method, target, call) in [
        ("GET", "/webhooks", WebhookCall::Receivers),
        ("GET", "/webhooks/dead", WebhookCall::Dead),
        ("POST", "/webhooks/dead/retry", WebhookCall::RetryAll),
        ("POST", "/webhooks/dead/evt_1a/retry", WebhookCall::Retry("evt_1a".to_owned())),
        ("POST", "/webhooks/receivers/desk/test", WebhookCall::Test("desk".to_owned())),
    ] {
        assert_eq!(decide(method, target, OPERATOR), Some(Ok(call)));
        let other = if method == "GET" { "POST" } else { "GET" };
        assert_eq!(decide(other, target, OPERATOR), Some(Err(RefusalKind::MethodRefused)));
    }
}

#[test]
fn nobody_else_is_told_anything() {
    let long = format!("/webhooks/dead/{}/retry", "a".repeat(65));
    for target in [
        "/webhooks",
        "/webhooks/dead",
        "/webhooks/dead/evt_1/retry",
        "/webhooks/nothing",
        "/webhooks/receivers/desk/test",
        "/webhooks/",
    ] {
        for token in ["", "the-secret-called-METRICS", "the-secret-called-TOKEN", "x"] {
            assert_eq!(decide("GET", target, token), Some(Err(RefusalKind::TokenRefused)));
        }
        // Without such a token in the settings nothing opens it.
        for token in [None, Some("Bearer ".to_owned())] {
            let header = |_: &str| token.clone();
            let ask = Ask { method: "GET", target, header: &header, body: Body::None };
            let refusal = gate("{}").decide_webhooks(&ask);
            assert_eq!(refusal.unwrap().unwrap_err().kind, RefusalKind::TokenRefused);
        }
    }
    for target in [
        "/webhooks/",
        "/webhooks/dead/",
        "/webhooks/dead?x",
        "/webhooks/dead/../x/retry",
        "/webhooks/dead/%65/retry",
        "/webhooks/receivers/other/test",
        &long,
    ] {
        assert_eq!(decide("POST", target, OPERATOR), Some(Err(RefusalKind::NotFound)), "{target}");
    }
    assert_eq!(decide("GET", "/webhooksx", OPERATOR), None);
    assert_eq!(decide("GET", "/to/draas/", OPERATOR), None);
}
