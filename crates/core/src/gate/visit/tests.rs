use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::*;
use crate::estate::{Kind, Tree, Uuid};
use crate::gate::{Body, Settings};

pub(in crate::gate) const PAGE: &str = "https://portal.example";
pub(in crate::gate) const RESELLER: &str = "cae902b4-2307-41ef-b554-43a12c63cc97";
const TENANT: &str = "53fd92c7-fbef-44fd-af76-d92334432ac9";
pub(in crate::gate) const SIBLING: &str = "11111111-2307-41ef-b554-43a12c63cc97";
const NOW: u64 = 1_800_000_000;

pub(in crate::gate) fn gate() -> Gate {
    let settings = json!({
        "origins": [PAGE],
        "client_header": "x-real-ip",
        "visitors": {
            "issuer": "https://portal.example", "audience": "edge",
            "keys": [{ "kid": "a", "alg": "HS256", "secret": { "secret": "SIGNING" } }],
        },
        "upstreams": {
            "draas": {
                "address": "https://prov.example", "methods": ["GET", "PUT", "POST"], "paths": ["/api/v01/"],
                "draas": { "instance": "draas_v1", "root": format!("group:{SIBLING}") },
                "credentials": { "kind": "draas-login", "username": "edge", "password": { "secret": "PASSWORD" } },
            },
            "cucm": {
                "address": "https://10.0.0.5:8443", "methods": ["GET", "POST"], "paths": ["/axl/"],
                "operations": ["*"],
                "credentials": { "kind": "basic", "username": "axl", "password": { "secret": "PASSWORD" } },
            },
        },
    });
    let secret = |name: &str| Some(format!("the-secret-called-{name}-with-32-bytes").into());
    Gate::new(Settings::with_secrets(&settings.to_string(), &secret).expect("valid settings"))
}

pub(in crate::gate) fn token(scope: &str, permissions: &[&str]) -> String {
    signed(json!({
        "iss": "https://portal.example", "aud": "edge", "sub": "v", "exp": NOW + 60,
        "scope": scope, "permissions": permissions,
    }))
}

/// The same for one upstream.
pub(in crate::gate) fn token_for(upstream: &str, scope: &str) -> String {
    signed(json!({
        "iss": "https://portal.example", "aud": "edge", "sub": "v", "exp": NOW + 60,
        "scope": scope, "permissions": ["read"], "upstream": upstream,
    }))
}

fn signed(claims: Value) -> String {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = json!({ "alg": "HS256", "kid": "a" });
    format!("Bearer {}.{}.{}", part(head), part(claims), URL_SAFE_NO_PAD.encode([0; 32]))
}

fn decide(method: &str, target: &str, authorization: Option<&str>, body: Body) -> Decision {
    let header = |name: &str| match name {
        "origin" => Some(PAGE.to_owned()),
        "authorization" => authorization.map(str::to_owned),
        "content-type" => Some("text/xml".to_owned()),
        _ => None,
    };
    gate().decide(&Ask { method, target, header: &header, body })
}

/// Reseller > tenant > subscription 7; its sibling > nothing.
fn members() -> Members {
    let mut tree = Tree::new("");
    let group = tree.append(0, Kind::Group);
    let mut add = |parent, kind, uuid: &str| {
        let node = tree.append(parent, kind);
        tree.set_uuid(node, Uuid::parse(uuid).unwrap());
        node
    };
    let reseller = add(group, Kind::Reseller, RESELLER);
    let tenant = add(reseller, Kind::Tenant, TENANT);
    let subscription = tree.append(tenant, Kind::Subscription);
    tree.set_subscription_id(subscription, 7);
    let sibling = tree.append(group, Kind::Reseller);
    tree.set_uuid(sibling, Uuid::parse(SIBLING).unwrap());
    Members::of(tree)
}

fn draas(path: &str) -> String {
    format!("/to/draas/api/v01/draas/draas_v1/{path}")
}

/// How a genuine token's request ends.
fn ends(method: &str, target: &str, token: &str, body: Body) -> Result<Decision, RefusalKind> {
    let visit = match decide(method, target, Some(token), body) {
        Decision::Visit(visit) => visit,
        Decision::Refuse(refusal) => return Err(refusal.kind),
        other => panic!("{other:?}"),
    };
    let admitted = gate().admit(visit, true, NOW).map_err(|refusal| refusal.kind)?;
    match gate().place(admitted, Some(&members())) {
        Decision::Refuse(refusal) => Err(refusal.kind),
        decision => Ok(decision),
    }
}

#[test]
fn a_token_is_needed_and_its_signature_counts() {
    let target = draas(&format!("resellers/{RESELLER}/licenses"));
    let Decision::Refuse(refusal) = decide("GET", &target, None, Body::None) else { panic!() };
    assert_eq!((refusal.kind, refusal.status()), (RefusalKind::TokenRefused, 401));
    let token = token(&format!("reseller:{RESELLER}"), &["read"]);
    let Decision::Visit(visit) = decide("GET", &target, Some(&token), Body::None) else { panic!() };
    let refusal = gate().admit(visit, false, NOW).expect_err("not genuine");
    assert_eq!(refusal.kind, RefusalKind::TokenRefused);
    assert!(refusal.headers().iter().any(|(name, _)| name == "access-control-allow-origin"));
}

#[test]
fn a_token_for_one_upstream_opens_no_other_that_shares_its_ids() {
    let target = draas(&format!("resellers/{RESELLER}/licenses"));
    let scope = format!("reseller:{RESELLER}");
    for (upstream, is_open) in [("draas", true), ("staging", false), ("", false), ("cucm", false)] {
        let ended = ends("GET", &target, &token_for(upstream, &scope), Body::None);
        match ended {
            Ok(_) => assert!(is_open, "{upstream}"),
            Err(kind) => assert_eq!((kind, is_open), (RefusalKind::ScopeRefused, false)),
        }
    }
    let whole = token_for("draas", "upstream:cucm");
    let ended = ends("GET", "/to/cucm/axl/", &whole, Body::None);
    assert_eq!(ended.err(), Some(RefusalKind::ScopeRefused));
}

#[test]
fn inside_the_scope_it_goes_on_without_the_visitors_token() {
    let token = token(&format!("reseller:{RESELLER}"), &["read"]);
    for path in [
        format!("resellers/{RESELLER}/licenses?detailed=true"),
        format!("tenants/{TENANT}/licenses"),
        format!("tenants/{TENANT}/subscriptions/7/licenses"),
        format!("tenants?parent={RESELLER}"),
    ] {
        let Ok(Decision::Forward(forward)) = ends("GET", &draas(&path), &token, Body::None) else {
            panic!("{path}")
        };
        assert!(forward.headers.iter().all(|(name, _)| name != "authorization"));
        assert!(gate().credentials(&forward).is_some());
        assert!(!format!("{forward:?}").contains("visitor v"));
    }
}

#[test]
fn outside_of_it_nothing_goes_on_and_nobody_learns_what_is_there() {
    let token = token(&format!("reseller:{RESELLER}"), &["read", "limits:write"]);
    for (method, path) in [
        ("GET", format!("resellers/{SIBLING}/licenses")),
        ("GET", format!("tenants/{SIBLING}/licenses")),
        ("GET", format!("tenants?parent={SIBLING}")),
        ("GET", format!("groups?parent={RESELLER}")),
        ("GET", format!("distributors?parent={RESELLER}")),
        ("GET", format!("resellers?parent={RESELLER}")),
        ("GET", format!("tenants?parent={TENANT}")),
        ("GET", format!("resellers?parent={TENANT}")),
        ("GET", format!("tenants/{TENANT}/subscriptions/8/licenses")),
        ("PUT", format!("tenants/{SIBLING}/subscriptions/7/licenses")),
        ("GET", "groups".to_owned()),
        ("GET", "../../auth/login".to_owned()),
    ] {
        let end = ends(method, &draas(&path), &token, Body::None);
        assert!(
            matches!(end, Err(RefusalKind::ScopeRefused | RefusalKind::PathRefused)),
            "{path}: {end:?}"
        );
    }
    for target in
        ["/to/draas/api/v01/system/users/local", "/to/draas/api/v01/auth/login", "/to/cucm/axl/"]
    {
        assert_eq!(
            ends("GET", target, &token, Body::None),
            Err(RefusalKind::ScopeRefused),
            "{target}"
        );
    }
    let no_members =
        ends("GET", &draas(&format!("resellers/{RESELLER}/licenses")), &token, Body::None);
    assert!(no_members.is_ok());
    let none = self::token("", &["read"]);
    let target = draas(&format!("resellers/{RESELLER}/licenses"));
    assert_eq!(ends("GET", &target, &none, Body::None), Err(RefusalKind::ScopeRefused));
}

#[test]
fn without_members_nothing_is_inside() {
    let token = token(&format!("reseller:{RESELLER}"), &["read"]);
    let target = draas(&format!("resellers/{RESELLER}/licenses"));
    let Decision::Visit(visit) = decide("GET", &target, Some(&token), Body::None) else { panic!() };
    let admitted = gate().admit(visit, true, NOW).unwrap();
    assert!(!admitted.is_placed());
    assert!(matches!(gate().place(admitted, None), Decision::Refuse(_)));
}

#[test]
fn changing_limits_needs_the_permission_and_nothing_but_limits() {
    let target = draas(&format!("tenants/{TENANT}/subscriptions/7/licenses"));
    let scope = format!("reseller:{RESELLER}");
    let reader = token(&scope, &["read"]);
    assert_eq!(ends("PUT", &target, &reader, Body::Length(9)), Err(RefusalKind::PermissionRefused));
    let writer = token(&scope, &["limits:write"]);
    let read = |body: &str| {
        let Ok(Decision::Read(unread)) = ends("PUT", &target, &writer, Body::Length(9)) else {
            panic!("not read")
        };
        gate().read(unread, body.as_bytes())
    };
    let sent = read(
        " { \"msTeamsUsers\": {\"assigned\": 10}, \"sip\\u0054runkChannels\": {\"assigned\": 0} } ",
    );
    let sent = sent.expect("limits");
    // What was understood, in the spelling and under the media type of the edge.
    let body = r#"{"msTeamsUsers":{"assigned":10},"sipTrunkChannels":{"assigned":0}}"#;
    assert_eq!(sent.body.as_deref(), Some(body));
    let types = sent.headers.iter().filter(|(name, _)| name.starts_with("content-"));
    assert_eq!(types.map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["application/json"]);
    for body in [
        "",
        "{}",
        "[]",
        "null",
        r#"{"msTeamsUsers":10}"#,
        r#"{"msTeamsUsers":{"assigned":-1}}"#,
        r#"{"msTeamsUsers":{"assigned":1.5}}"#,
        r#"{"msTeamsUsers":{"assigned":"1"}}"#,
        r#"{"msTeamsUsers":{"assigned":1,"inUse":0}}"#,
        r#"{"tenant":{"uuid":"x"}}"#,
        r#"{"owner":{"assigned":1}}"#,
        r#"{"":{"assigned":1}}"#,
        r#"{"livePlatformUsers":{"assigned":1}}"#,
        r#"{"MSTeamsUsers":{"assigned":1}}"#,
        r#"{"msTeamsUsers":{"assigned":-5},"msTeamsUsers":{"assigned":1}}"#,
        r#"{"msTeamsUsers":{"assigned":-5,"inUse":0},"msTeamsUsers":{"assigned":1}}"#,
        r#"{"msTeamsUsers":{"assigned":1},"msTeamsUsers":{"assigned":1}}"#,
        r#"{"msTeamsUsers":{"assigned":1},"MSTEAMSUSERS":{"assigned":2}}"#,
        r#"{"msTeamsUsers":{"assigned":-5,"assigned":1}}"#,
        r#"{"msTeamsUsers":{"assigned":1,"\u0061ssigned":2}}"#,
        "{\"msTeamsUsers\":{\"assigned\":1}}\u{feff}",
    ] {
        assert!(read(body).is_err(), "{body}");
    }
    let get = draas(&format!("tenants/{TENANT}/licenses"));
    assert_eq!(ends("GET", &get, &writer, Body::None), Err(RefusalKind::PermissionRefused));
}

#[test]
fn of_axl_visitors_read_what_is_listed() {
    let token = token("upstream:cucm", &["read", "limits:write"]);
    let read = |operation: &str| {
        let Ok(Decision::Read(unread)) = ends("POST", "/to/cucm/axl/", &token, Body::Length(9))
        else {
            panic!("not read")
        };
        let body = format!(
            "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body>\
             <{operation} xmlns='http://www.cisco.com/AXL/API/12.5'/></Body></Envelope>"
        );
        gate().read(unread, body.as_bytes())
    };
    assert!(read("listUser").is_ok());
    assert_eq!(read("updateUser").expect_err("changes").kind, RefusalKind::OperationRefused);
    let other = self::token("upstream:other", &["read"]);
    assert_eq!(ends("GET", "/to/cucm/axl/", &other, Body::None), Err(RefusalKind::ScopeRefused));
}
