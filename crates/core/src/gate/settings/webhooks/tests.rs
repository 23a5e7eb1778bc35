use serde_json::json;

use super::super::Settings;
use super::*;

const RESELLER: &str = "reseller:cae902b4-2307-41ef-b554-43a12c63cc97";

fn read(webhooks: &Value) -> Result<Webhooks, String> {
    let settings = json!({
        "visitors": { "issuer": "i", "audience": "a", "keys": [] },
        "upstreams": {
            "draas": {
                "address": "https://prov.example", "memory": {},
                "draas": { "instance": "draas_v1", "root": RESELLER },
                "credentials": { "kind": "token", "token": { "secret": "LONG" } },
            },
            "cucm": { "address": "https://10.0.0.5:8443" },
        },
        "webhooks": webhooks,
    });
    let secret = |name: &str| {
        let secret = match name {
            "KEY" => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "URL" => "https://hooks.example/in/?sig=canary-token",
            "PLAIN_URL" => "http://hooks.example/canary-token",
            "ODD_URL" => "https://user:canary-token@hooks.example/",
            "LONG" => "canary-token-of-sixteen-bytes",
            "SHORT" => "canary-token",
            _ => return None,
        };
        Some(secret.into())
    };
    Settings::with_secrets(&settings.to_string(), &secret)
        .map(|settings| settings.webhooks.expect("webhooks"))
        .map_err(|error| error.to_string())
}

fn desk(change: &Value) -> Value {
    let mut desk = json!({ "address": "https://desk.example/in", "keys": [{ "secret": "KEY" }] });
    for (name, value) in change.as_object().unwrap() {
        desk[name] = value.clone();
    }
    json!({ "receivers": { "desk": desk } })
}

fn error(webhooks: &Value) -> String {
    let error = read(webhooks).expect_err(&webhooks.to_string());
    assert!(!error.contains("canary"), "{error}");
    error
}

#[test]
fn what_is_left_out_tells_everything_and_retries_for_days() {
    let webhooks = read(&desk(&json!({}))).unwrap();
    assert_eq!((webhooks.down_after, &webhooks.operator, &webhooks.mutes[..]), (3, &None, &[][..]));
    let desk = &webhooks.receivers["desk"];
    assert_eq!(desk.address.expose(), "https://desk.example/in");
    assert_eq!(desk.topics.len(), Topic::ALL.len());
    assert_eq!((&desk.thresholds[..], &desk.below[..]), (&[80][..], &[][..]));
    assert_eq!(desk.patience, Patience { attempts: 15, first_pause_s: 5 });
    assert_eq!(desk.eased_after_s, 5_400);
    assert!(desk.is_told_of("draas"));
}

#[test]
fn all_of_it_can_be_said() {
    let mut webhooks = desk(&json!({
        "address": { "secret": "URL" }, "keys": [{ "secret": "KEY" }, { "secret": "KEY" }],
        "events": ["over", "upstream"], "thresholds": [80, 90, 100], "below": [RESELLER],
        "upstreams": ["draas"], "attempts": 2, "first_pause": 1, "eased_after": 0,
    }));
    webhooks["mute"] = json!([
        { "below": [RESELLER], "events": ["near"], "until": "2026-12-24T08:00:00Z", "note": "moving" },
        { "receivers": ["desk"], "upstreams": ["draas"] },
    ]);
    webhooks["operator"] = json!({ "secret": "LONG" });
    webhooks["down_after"] = json!(1);
    let webhooks = read(&webhooks).unwrap();
    let desk = &webhooks.receivers["desk"];
    assert_eq!(desk.address.expose(), "https://hooks.example/in/?sig=canary-token");
    assert_eq!((desk.keys.len(), &desk.thresholds[..]), (2, &[80, 90, 100][..]));
    assert_eq!(webhooks.mutes[0].until_s, Some(1_798_099_200));
    let printed = format!("{webhooks:?}");
    assert!(!printed.contains("canary") && !printed.contains("MfKQ"), "{printed}");
}

#[test]
fn every_mistake_names_its_field_and_repeats_no_secret() {
    let at = |field: &str| format!("webhooks.receivers.desk.{field}");
    for (change, field) in [
        (json!({ "address": 7 }), "address: name a secret"),
        (json!({ "address": "desk.example" }), "address: "),
        (json!({ "address": "https://desk.example/?sig=x" }), "address: Leave out"),
        (json!({ "address": "http://desk.example" }), "address: would send"),
        (json!({ "address": "http://127.0.0.1.example" }), "address: would send"),
        (json!({ "address": { "secret": "PLAIN_URL" } }), "address: would send"),
        (json!({ "address": { "secret": "ODD_URL" } }), "address: the secret is no address"),
        (json!({ "address": { "secret": "LONG" } }), "address: the secret is no address"),
        (json!({ "address": { "secret": "NONE" } }), "address: the platform has no secret"),
        (json!({ "keys": [] }), "keys: "),
        (json!({ "keys": "canary" }), "keys: "),
        (json!({ "keys": ["whsec_canary"] }), "keys[0]: name a secret"),
        (
            json!({ "keys": [{ "secret": "KEY" }, { "secret": "LONG" }] }),
            "keys[1]: is no \"whsec_\"",
        ),
        (json!({ "events": ["over", "idle"] }), "events[1]: "),
        (json!({ "thresholds": [90, 80] }), "thresholds[1]: "),
        (json!({ "thresholds": [0] }), "thresholds[0]: "),
        (json!({ "thresholds": [101] }), "thresholds[0]: "),
        (json!({ "thresholds": [80.5] }), "thresholds[0]: "),
        (json!({ "below": ["reseller:x"] }), "below[0]: "),
        (json!({ "upstreams": ["cucm"] }), "upstreams[0]: "),
        (json!({ "attempts": 0 }), "attempts: "),
        (json!({ "first_pause": 3601 }), "first_pause: "),
        (json!({ "eased_after": -1 }), "eased_after: "),
        (json!({ "eased_after": 2_678_401 }), "eased_after: "),
        (json!({ "unencrypted": "yes" }), "unencrypted: "),
        (json!({ "secret": "canary" }), "secret: there is no such setting"),
    ] {
        let error = error(&desk(&change));
        assert!(error.starts_with(&at(field)), "{change} gives {error}");
    }
    for (members, field) in [
        (json!({ "receivers": { "Service Desk": {} } }), "webhooks.receivers.Service Desk: "),
        (json!({ "mute": [{}] }), "webhooks.mute[0]: "),
        (json!({ "mute": [{ "note": "all" }] }), "webhooks.mute[0]: "),
        (json!({ "mute": [{ "until": "soon" }] }), "webhooks.mute[0].until: "),
        (json!({ "mute": [{ "receivers": ["other"] }] }), "webhooks.mute[0].receivers[0]: "),
        (json!({ "operator": { "secret": "SHORT" } }), "webhooks.operator: is shorter"),
        (json!({ "down_after": 0 }), "webhooks.down_after: "),
    ] {
        let error = error(&members);
        assert!(error.starts_with(field), "{members} gives {error}");
    }
}

#[test]
fn loopback_and_what_is_said_to_may_go_unencrypted() {
    for address in ["http://127.0.0.1:9000/in", "http://localhost:9000", "http://[::1]:9000/"] {
        assert!(read(&desk(&json!({ "address": address }))).is_ok(), "{address}");
    }
    let said = json!({ "address": "http://10.1.2.3/in", "unencrypted": true });
    assert!(read(&desk(&said)).is_ok());
}

#[test]
fn without_a_memory_there_is_nothing_to_tell() {
    let error = Settings::parse(r#"{"webhooks":{}}"#).unwrap_err().to_string();
    assert!(error.starts_with("webhooks: need an upstream with \"memory\""), "{error}");
}
