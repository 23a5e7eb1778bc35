use serde_json::json;

use super::*;

const NOW: u64 = 1_800_000_000;

fn visitors() -> Visitors {
    let es256 = Algorithm::Es256 { x: "x".to_owned(), y: "y".to_owned() };
    Visitors {
        issuer: "https://portal.example".to_owned(),
        audience: "seatree-edge".to_owned(),
        keys: vec![
            Key { id: "new".to_owned(), algorithm: es256 },
            Key { id: "old".to_owned(), algorithm: Algorithm::Hs256("s".into()) },
        ],
    }
}

fn head() -> Value {
    json!({ "alg": "ES256", "kid": "new", "typ": "JWT" })
}

fn claims() -> Value {
    json!({
        "iss": "https://portal.example", "aud": "seatree-edge", "sub": "visitor-1",
        "exp": NOW + 600, "scope": "reseller:cae902b4-2307-41ef-b554-43a12c63cc97",
        "permissions": ["read"],
    })
}

fn token(head: &Value, claims: &Value, signature: usize) -> String {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let (head, claims) = (head.to_string(), claims.to_string());
    format!("{}.{}.{}", part(head.as_bytes()), part(claims.as_bytes()), part(&vec![7; signature]))
}

fn present(token: &str) -> Result<Presented, TokenProblem> {
    visitors().present(Some(&format!("Bearer {token}")))
}

fn verified(change: &Value) -> Result<Visitor, TokenProblem> {
    let mut claims = claims();
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    present(&token(&head(), &claims, 64))?.verified(true, NOW)
}

#[test]
fn a_genuine_token_says_who_and_what() {
    let visitor = verified(&json!({})).unwrap();
    assert!(visitor.may(Permission::Read) && !visitor.may(Permission::WriteLimits));
    assert_eq!(visitor.scopes.len(), 1);
    assert!(!format!("{visitor:?}").contains("visitor-1"));
}

#[test]
fn a_token_may_be_for_some_upstreams_only() {
    let is_for = |claim: Value| {
        let visitor = verified(&json!({ "upstream": claim }))?;
        Ok(["draas", "staging"].map(|name| visitor.is_for(name)))
    };
    assert!(verified(&json!({})).unwrap().is_for("staging"));
    assert_eq!(is_for(json!("draas")), Ok([true, false]));
    assert_eq!(is_for(json!(["x", "staging"])), Ok([false, true]));
    assert_eq!(is_for(json!([])), Ok([false, false]));
    for wrong in [Value::Null, json!(7), json!({}), json!([null]), json!(["draas", 1])] {
        assert_eq!(is_for(wrong.clone()), Err(TokenProblem::Form), "{wrong}");
    }
}

#[test]
fn nothing_is_believed_without_a_right_signature() {
    let presented = present(&token(&head(), &claims(), 64)).unwrap();
    assert!(presented.signed().ends_with(URL_SAFE_NO_PAD.encode(claims().to_string()).as_bytes()));
    assert_eq!(presented.verified(false, NOW), Err(TokenProblem::Signature));
}

#[test]
fn the_key_decides_about_the_algorithm_not_the_token() {
    let problem =
        |head: Value, signature: usize| present(&token(&head, &claims(), signature)).err();
    for alg in ["none", "None", "", "HS256", "RS256", "es256", "ES384"] {
        let head = json!({ "alg": alg, "kid": "new" });
        assert_eq!(problem(head, 64), Some(TokenProblem::Algorithm), "{alg}");
    }
    assert_eq!(problem(json!({ "alg": "ES256", "kid": "old" }), 64), Some(TokenProblem::Algorithm));
    assert_eq!(problem(json!({ "kid": "new" }), 64), Some(TokenProblem::Algorithm));
    assert_eq!(problem(json!({ "alg": "HS256", "kid": "old" }), 32), None);
}

#[test]
fn a_token_that_brings_a_key_or_demands_is_not_taken() {
    for (name, value) in [
        ("jwk", json!({ "kty": "EC" })),
        ("jku", json!("https://evil.example")),
        ("x5u", json!("https://evil.example")),
        ("x5c", json!([])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
    ] {
        let mut head = head();
        head[name] = value;
        assert_eq!(present(&token(&head, &claims(), 64)).err(), Some(TokenProblem::Form), "{name}");
    }
    let head = json!({ "alg": "ES256", "kid": "new", "typ": "JWE" });
    assert_eq!(present(&token(&head, &claims(), 64)).err(), Some(TokenProblem::Form));
}

#[test]
fn unknown_keys_and_other_forms_are_refused() {
    let whole = token(&head(), &claims(), 64);
    let unknown = token(&json!({ "alg": "ES256", "kid": "../new" }), &claims(), 64);
    assert_eq!(present(&unknown).err(), Some(TokenProblem::Key));
    assert_eq!(
        present(&token(&json!({ "alg": "ES256" }), &claims(), 64)).err(),
        Some(TokenProblem::Key)
    );
    let (start, signature) = whole.rsplit_once('.').unwrap();
    for text in [
        String::new(),
        "..".to_owned(),
        "a.b".to_owned(),
        format!("{whole}.x"),
        format!("{start}."),
        format!("{whole}="),
        format!("{whole} "),
        format!(" {whole}"),
        format!("{start}.{signature}+"),
        token(&json!([]), &claims(), 64),
        format!("{start}.{}", "A".repeat(5_000)),
    ] {
        assert!(present(&text).is_err(), "{text}");
    }
    for bytes in [0, 32, 63, 65, 72] {
        assert_eq!(present(&token(&head(), &claims(), bytes)).err(), Some(TokenProblem::Signature));
    }
    assert_eq!(visitors().present(None).err(), Some(TokenProblem::Missing));
    for header in ["", "Bearer", "Basic eA==", &whole] {
        assert_eq!(visitors().present(Some(header)).err(), Some(TokenProblem::Missing), "{header}");
    }
}

#[test]
fn only_for_here_and_now() {
    use TokenProblem::{Audience, Ended, Form, Issuer, NotYet, Subject, TooLong};
    for (change, problem) in [
        (json!({ "iss": "https://portal.example/" }), Issuer),
        (json!({ "iss": null }), Issuer),
        (json!({ "aud": "other" }), Audience),
        (json!({ "aud": ["other"] }), Audience),
        (json!({ "aud": null }), Audience),
        (json!({ "aud": { "seatree-edge": 1 } }), Audience),
        (json!({ "exp": NOW }), Ended),
        (json!({ "exp": NOW - 1 }), Ended),
        (json!({ "exp": null }), Ended),
        (json!({ "exp": "1900000000" }), Ended),
        (json!({ "exp": -1 }), Ended),
        (json!({ "exp": 1e300 }), Ended),
        (json!({ "exp": NOW + 3_661 }), TooLong),
        (json!({ "exp": u64::MAX }), TooLong),
        (json!({ "exp": NOW + 600, "iat": NOW - 3_001 }), TooLong),
        (json!({ "iat": NOW + 61 }), NotYet),
        (json!({ "nbf": NOW + 61 }), NotYet),
        (json!({ "nbf": "soon" }), Form),
        (json!({ "sub": "" }), Subject),
        (json!({ "sub": null }), Subject),
        (json!({ "sub": "x".repeat(201) }), Subject),
    ] {
        assert_eq!(verified(&change), Err(problem), "{change}");
    }
    for change in [
        json!({ "aud": ["other", "seatree-edge"] }),
        json!({ "exp": NOW + 1 }),
        json!({ "exp": NOW + 3_600, "iat": NOW }),
        json!({ "nbf": NOW + 60 }),
    ] {
        assert!(verified(&change).is_ok(), "{change}");
    }
}

#[test]
fn scopes_and_permissions_that_are_not_known_open_nothing() {
    for scope in [
        json!(""),
        json!(null),
        json!(["reseller:x"]),
        json!("system:*"),
        json!("reseller:*"),
        json!("*"),
        json!("upstream:"),
    ] {
        assert_eq!(verified(&json!({ "scope": scope })).unwrap().scopes, [], "{scope}");
    }
    for permissions in
        [json!(null), json!("read"), json!(["Read", "*", "write"]), json!({ "read": true })]
    {
        let visitor = verified(&json!({ "permissions": permissions })).unwrap();
        assert!(!visitor.may(Permission::Read), "{permissions}");
    }
    let many = vec!["upstream:a"; 1_000].join(" ");
    assert_eq!(verified(&json!({ "scope": many })).err(), Some(TokenProblem::Form), "too long");
}
