use super::super::visit::tests::{PAGE, RESELLER, SIBLING, gate, token, token_for};
use super::*;
use crate::gate::Body;

const NOW_MS: u64 = 1_800_000_000_000;

fn decide(method: &str, target: &str, headers: &[(&str, &str)]) -> Option<ApiDecision> {
    let header = |name: &str| {
        headers.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    };
    gate().decide_api(&Ask { method, target, header: &header, body: Body::None })
}

fn refused(method: &str, target: &str, headers: &[(&str, &str)]) -> RefusalKind {
    match decide(method, target, headers) {
        Some(ApiDecision::Refuse(refusal)) => refusal.kind,
        other => panic!("{method} {target}: {other:?}"),
    }
}

fn admitted(method: &str, target: &str, permissions: &[&str]) -> Result<ApiCall, RefusalKind> {
    brought(method, target, &token(&format!("reseller:{RESELLER}"), permissions))
}

fn brought(method: &str, target: &str, token: &str) -> Result<ApiCall, RefusalKind> {
    let Some(ApiDecision::Visit(visit)) = decide(method, target, &[("authorization", token)])
    else {
        panic!("{method} {target} is no visit")
    };
    let mut rates = Rates::default();
    gate().admit_to_api(*visit, true, &mut rates, NOW_MS).map_err(|refusal| refusal.kind)
}

#[test]
fn each_call_has_its_method_and_permission() {
    let name = format!("tenant:{SIBLING}");
    let node = NodeName::parse(&name).unwrap();
    let subscription = format!("subscription:{SIBLING}:7");
    let licenses = NodeName::parse(&subscription).unwrap();
    for (method, target, call, permission) in [
        ("GET", "/api/v1/estate", Call::Estate(Format::Json), "read"),
        ("GET", "/api/v1/findings?upstream=draas", Call::Findings, "read"),
        ("GET", &format!("/api/v1/node/{name}"), Call::Node(node), "read"),
        ("PUT", "/api/v1/limits", Call::Limits, "limits:write"),
        ("GET", &format!("/api/v1/limits/{subscription}"), Call::Licenses(licenses), "read"),
        ("GET", "/api/v1/snapshots", Call::Snapshots(Range::default()), "read"),
        (
            "GET",
            &format!("/api/v1/history?from=1970-01-02&node={name}&to=1970-01-02"),
            Call::History(node, Range { from_s: 86_400, to_s: 2 * 86_400 - 1 }),
            "read",
        ),
    ] {
        assert_eq!(admitted(method, target, &[permission]).map(|admitted| admitted.call), Ok(call));
        let other = if permission == "read" { "limits:write" } else { "read" };
        assert_eq!(admitted(method, target, &[other]).err(), Some(RefusalKind::PermissionRefused));
        let wrong = if method == "GET" { "PUT" } else { "GET" };
        assert_eq!(refused(wrong, target, &[]), RefusalKind::MethodRefused);
        assert_eq!(refused(method, target, &[]), RefusalKind::TokenRefused);
        assert_eq!(
            refused(method, target, &[("origin", "https://evil.example")]),
            RefusalKind::OriginRefused
        );
    }
}

#[test]
fn calls_are_counted_by_client_before_their_tokens_are_looked_at() {
    let (gate, mut rates) = (gate(), Rates::default());
    let mut count = |client: Option<&str>| {
        // Whatever stands in a token that nobody has looked at.
        let token = token("reseller:of-nobody", &[]);
        let mut headers = vec![("authorization", token.as_str()), ("origin", PAGE)];
        headers.extend(client.map(|client| ("x-real-ip", client)));
        match decide("GET", "/api/v1/estate", &headers) {
            Some(ApiDecision::Visit(visit)) => gate.count_call(&visit, &mut rates, NOW_MS),
            other => panic!("{other:?}"),
        }
    };
    // One network, out of which addresses are taken one after the other.
    for n in 0..6_000 {
        assert_eq!(count(Some(&format!("2001:db8::{n:x}"))), Ok(()));
    }
    let refusal = count(Some("2001:db8::ffff:1")).expect_err("too often");
    assert_eq!((refusal.kind, refusal.status()), (RefusalKind::RateLimited, 429));
    let headers = refusal.headers();
    assert!(headers.iter().any(|(name, _)| name == "access-control-allow-origin"));
    assert!(headers.contains(&("retry-after".to_owned(), "1".to_owned())));
    assert_eq!(count(Some("2001:db8:0:1::1")), Ok(()));
    // Who is not told apart does not use up what is everybody's.
    for _ in 0..7_000 {
        assert_eq!(count(None), Ok(()));
        assert_eq!(count(Some("unknown")), Ok(()));
    }
}

#[test]
fn a_token_for_another_upstream_opens_nothing() {
    let scope = format!("reseller:{RESELLER}");
    for target in ["/api/v1/estate", "/api/v1/token", "/api/v1/snapshots?upstream=draas"] {
        assert!(brought("GET", target, &token_for("draas", &scope)).is_ok(), "{target}");
        let other = brought("GET", target, &token_for("staging", &scope));
        assert_eq!(other.err(), Some(RefusalKind::ScopeRefused), "{target}");
    }
}

#[test]
fn what_it_permits_every_good_token_is_told() {
    for permissions in [&["read"][..], &["limits:write"], &[]] {
        let call = admitted("GET", "/api/v1/token", permissions).unwrap();
        let told = crate::api::token(&call.visitor, &call.upstream);
        assert_eq!(told["permissions"], serde_json::json!(permissions));
        assert_eq!(told["scope"], format!("reseller:{RESELLER}"));
        assert!(told["expires"].as_u64().unwrap() > NOW_MS / 1_000);
    }
    assert_eq!(refused("GET", "/api/v1/token", &[]), RefusalKind::TokenRefused);
    assert_eq!(refused("PUT", "/api/v1/token", &[]), RefusalKind::MethodRefused);
}

#[test]
fn a_part_of_what_is_opened_can_be_asked_for() {
    let part = format!("scope=reseller:{RESELLER}");
    for query in [part.clone(), format!("upstream=draas&{part}"), format!("{part}&upstream=draas")]
    {
        for place in ["estate", "findings"] {
            let call = admitted("GET", &format!("/api/v1/{place}?{query}"), &["read"]).unwrap();
            assert_eq!(
                call.within.map(|entity| entity.uuid.to_string()).as_deref(),
                Some(RESELLER)
            );
        }
        for place in ["token".to_owned(), format!("node/reseller:{RESELLER}")] {
            let target = format!("/api/v1/{place}?{query}");
            assert_eq!(refused("GET", &target, &[]), RefusalKind::QueryRefused, "{target}");
        }
    }
    for odd in [
        "scope=".to_owned(),
        "scope=x".to_owned(),
        "scope=upstream:draas".to_owned(),
        format!("scope=subscription:{RESELLER}:1"),
        format!("scope=Reseller:{RESELLER}"),
        format!("scope=reseller:%63{}", &RESELLER[1..]),
        format!("{part}&{part}"),
        format!("{part}&"),
    ] {
        let target = format!("/api/v1/estate?{odd}");
        assert_eq!(refused("GET", &target, &[]), RefusalKind::QueryRefused, "{odd}");
    }
}

#[test]
fn there_is_nothing_elsewhere() {
    for target in [
        "/api/v1/",
        "/api/v1/estate/",
        "/api/v1/estate/x",
        "/api/v1/Estate",
        "/api/v1//estate",
        "/api/v1/node/",
        "/api/v1/node/x",
        "/api/v1/node/tenant:%2e",
        "/api/v1/../health",
        "/api/v1/estate%2f",
        "/api/v1/limits/",
        "/api/v1/limits/tenant:53fd92c7-fbef-44fd-af76-d92334432ac9",
        "/api/v1/token/",
        "/api/v1/snapshots/",
        "/api/v1/history/x",
    ] {
        assert_eq!(refused("GET", target, &[]), RefusalKind::NotFound, "{target}");
    }
    assert_eq!(decide("GET", "/api/v2/estate", &[]), None);
    assert_eq!(decide("GET", "/to/draas/", &[]), None);
    for query in ["upstream=cucm", "upstream=other", "upstream="] {
        let target = format!("/api/v1/estate?{query}");
        assert_eq!(refused("GET", &target, &[]), RefusalKind::UnknownUpstream, "{query}");
    }
    for query in ["upstream=draas&x=y", "x=y", "&"] {
        let target = format!("/api/v1/estate?{query}");
        assert_eq!(refused("GET", &target, &[]), RefusalKind::QueryRefused, "{query}");
    }
}

#[test]
fn a_question_about_the_past_is_read_exactly() {
    let node = format!("node=tenant:{SIBLING}");
    for target in [
        "history".to_owned(),
        "history?node=x".to_owned(),
        "history?node=".to_owned(),
        format!("history?{node}&{node}"),
        format!("history?{node}&at=1970-01-01"),
        format!("history?{node}&from=yesterday"),
        format!("history?{node}&from=1970-01-01T00:00:00"),
        format!("history?{node}&from=1970-01-01T00:00:00%2b02:00"),
        format!("history?{node}&from=1969-12-31"),
        format!("history?{node}&from=1970-01-02&to=1970-01-01"),
        "snapshots?to=".to_owned(),
        "snapshots?node=tenant".to_owned(),
        "snapshots?".to_owned() + &node,
    ] {
        let target = format!("/api/v1/{target}");
        assert_eq!(refused("GET", &target, &[]), RefusalKind::QueryRefused, "{target}");
    }
    let unknown = "/api/v1/snapshots?upstream=cucm";
    assert_eq!(refused("GET", unknown, &[]), RefusalKind::UnknownUpstream);
}

#[test]
fn a_page_may_ask_what_it_may_send() {
    let asked = [("origin", PAGE), ("access-control-request-method", "PUT")];
    let Some(ApiDecision::Preflight(headers)) = decide("OPTIONS", "/api/v1/limits", &asked) else {
        panic!()
    };
    assert!(headers.contains(&("access-control-allow-origin".to_owned(), PAGE.to_owned())));
    let asked = [("origin", PAGE), ("access-control-request-method", "DELETE")];
    assert_eq!(refused("OPTIONS", "/api/v1/limits", &asked), RefusalKind::MethodRefused);
}

#[test]
fn the_description_is_json_open_to_all_and_names_every_path() {
    assert!(matches!(
        decide("GET", "/api/v1/openapi.json", &[]),
        Some(ApiDecision::Description(_))
    ));
    let all: serde_json::Value = serde_json::from_str(crate::api::OPENAPI).unwrap();
    for path in [
        "/estate",
        "/node/{id}",
        "/findings",
        "/limits",
        "/limits/{id}",
        "/token",
        "/snapshots",
        "/history",
    ] {
        assert!(all["paths"].get(path).is_some(), "{path}");
    }
}
