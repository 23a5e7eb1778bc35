//! `docs/seatree.schema.json` says the same as the validator of `seatree.json`.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

use std::collections::BTreeSet;

use seatree_core::axl::Version;
use seatree_core::config::{Config, FileError, Kind, RouteStyle};
use seatree_core::draas::Level;
use serde_json::{Value, json};

/// Every name the validator can ask for is a text in its sources.
const SOURCES: [&str; 2] =
    [include_str!("../src/config/file.rs"), include_str!("../src/config/settings.rs")];

/// Where an object stands in [`whole`] and in the schema.
const PLACES: [(&str, &str); 9] = [
    ("", ""),
    ("/connections/0", "/$defs/draas"),
    ("/connections/1", "/$defs/livePlatform"),
    ("/connections/2", "/$defs/cucm"),
    ("/connections/3", "/$defs/edge"),
    ("/connections/0/entity", "/$defs/entity"),
    ("/connections/1/route", "/$defs/route"),
    ("/connections/1/route/header", "/$defs/header"),
    ("/thresholds", "/$defs/thresholds"),
];

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/seatree.schema.json")).unwrap()
}

/// A file in which every object of the format stands, with every field.
fn whole() -> Value {
    json!({
        "version": 1,
        "connections": [
            {"id": "a", "name": "A", "kind": "draas", "address": "https://prov.example.net",
             "instance": "draas_v1", "prefix": "draas", "route": {"style": "direct"},
             "entity": {"level": "group", "uuid": "aaf9dba1-9469-40fa-be50-22298d68010d"}},
            {"id": "b", "name": "B", "kind": "live-platform", "address": "http://127.0.0.1:8712",
             "route": {"style": "edge", "address": "https://edge.example.net", "upstream": "live",
                       "parameter": "", "header": {"name": "x-key", "value": "1"}}},
            {"id": "c", "name": "C", "kind": "cucm", "address": "https://cucm.example.net:8443",
             "version": "14.0", "route": {"style": "direct"}},
            {"id": "d", "name": "D", "kind": "edge", "address": "https://edge.example.net",
             "upstream": "draas", "scope": "reseller:cae902b4-2307-41ef-b554-43a12c63cc97"},
        ],
        "thresholds": {"near": 75, "over": 95},
        "locale": "de-CH",
        "demo": {"b": {"token": "t"}},
    })
}

/// What the validator says of the whole file after a change.
fn mistakes(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut file = whole();
    change(&mut file);
    match Config::parse(&file.to_string()) {
        Ok(_) => Vec::new(),
        Err(FileError::Fields(errors)) => errors.iter().map(ToString::to_string).collect(),
        Err(not_json) => vec![not_json.to_string()],
    }
}

fn at<'a>(value: &'a mut Value, place: &str) -> &'a mut serde_json::Map<String, Value> {
    value.pointer_mut(place).unwrap().as_object_mut().unwrap()
}

fn words(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn properties(schema: &Value, place: &str) -> BTreeSet<String> {
    schema.pointer(place).unwrap()["properties"].as_object().unwrap().keys().cloned().collect()
}

/// Texts between quotes that could be the name of a field.
fn names_in_sources() -> BTreeSet<&'static str> {
    let is_name = |text: &&str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    SOURCES.iter().flat_map(|source| source.split('"')).filter(is_name).collect()
}

#[test]
fn the_file_of_these_tests_is_right_as_it_is() {
    assert_eq!(mistakes(|_| ()), [""; 0]);
}

#[test]
fn the_example_in_the_docs_is_right() {
    let docs = include_str!("../../../docs/connections.md");
    let (_, after) = docs.split_once("```json\n").unwrap();
    let (example, _) = after.split_once("```").unwrap();
    let config = Config::parse(example).unwrap();
    let kinds: Vec<Kind> = config.connections.iter().map(|settings| settings.kind).collect();
    assert_eq!(kinds, Kind::ALL);
}

#[test]
fn both_know_the_same_fields_everywhere() {
    let schema = schema();
    let names = names_in_sources();
    for (place, defined) in PLACES {
        let by_schema = properties(&schema, defined);
        let by_validator: BTreeSet<String> = names
            .iter()
            .filter(|name| {
                let found = mistakes(|file| {
                    at(file, place).insert((**name).to_owned(), json!([]));
                });
                let unknown = format!("{name}: is not a field of this place");
                // A list is of the wrong type nearly everywhere; only strangers are told so.
                !found.iter().any(|mistake| mistake.contains(&unknown))
            })
            .map(|name| (*name).to_owned())
            .collect();
        assert_eq!(by_schema, by_validator, "at {place:?}");
        assert_eq!(schema.pointer(defined).unwrap()["additionalProperties"], json!(false));
    }
}

#[test]
fn both_want_the_same_fields() {
    let schema = schema();
    for (place, defined) in PLACES {
        let required = words(&schema.pointer(defined).unwrap()["required"]);
        for name in properties(&schema, defined) {
            // An edge's address and name are wanted by a rule of their own, tested below.
            if place.ends_with("/route") && (name == "address" || name == "upstream") {
                continue;
            }
            let found = mistakes(|file| {
                at(file, place).remove(&name);
                if name == "connections" {
                    at(file, "").remove("demo");
                }
            });
            assert_eq!(
                required.contains(&name),
                !found.is_empty(),
                "{place}/{name} left out: {found:?}"
            );
        }
    }
}

#[test]
fn a_way_through_something_wants_its_address_and_an_edge_its_name() {
    let schema = schema();
    let rules = &schema["$defs"]["route"]["allOf"];
    let through = words(&rules[0]["if"]["properties"]["style"]["enum"]);
    let to_edge = rules[1]["if"]["properties"]["style"]["const"].as_str().unwrap();
    for style in RouteStyle::ALL {
        let without = |field: &str| {
            !mistakes(|file| {
                let route = at(file, "/connections/1/route");
                route.insert("style".to_owned(), json!(style.word()));
                route.remove(field);
            })
            .is_empty()
        };
        assert_eq!(through.contains(style.word()), without("address"), "{style:?}");
        assert_eq!(style.word() == to_edge, without("upstream"), "{style:?}");
    }
}

#[test]
fn both_know_the_same_words() {
    let schema = schema();
    let defs = &schema["$defs"];
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let kinds: BTreeSet<String> = set(&Kind::ALL.map(Kind::word));
    assert_eq!(words(&defs["connection"]["properties"]["kind"]["enum"]), kinds);
    let styles: BTreeSet<String> = set(&RouteStyle::ALL.map(RouteStyle::word));
    assert_eq!(words(&defs["route"]["properties"]["style"]["enum"]), styles);
    let levels: BTreeSet<String> = set(&Level::ALL.map(Level::word));
    assert_eq!(words(&defs["entity"]["properties"]["level"]["enum"]), levels);

    let versions = words(&defs["cucm"]["properties"]["version"]["enum"]);
    for version in Version::all() {
        assert!(versions.contains(version.as_str()), "{version} is missing");
    }
    for version in &versions {
        let found = mistakes(|file| file["connections"][2]["version"] = json!(version));
        assert!(found.is_empty(), "{version:?}: {found:?}");
    }
}

#[test]
fn each_kind_has_a_definition_of_its_own() {
    let schema = schema();
    let chosen = schema["$defs"]["connection"]["allOf"].as_array().unwrap();
    assert_eq!(chosen.len(), Kind::ALL.len());
    for (rule, kind) in chosen.iter().zip(Kind::ALL) {
        assert_eq!(rule["if"]["properties"]["kind"]["const"], json!(kind.word()));
        let defined = rule["then"]["$ref"].as_str().unwrap().trim_start_matches('#');
        let properties = &schema.pointer(defined).unwrap()["properties"];
        assert_eq!(properties["kind"]["const"], json!(kind.word()));
    }
}

#[test]
fn thresholds_have_the_same_bounds() {
    let schema = schema();
    for name in ["near", "over"] {
        let bounds = &schema["$defs"]["thresholds"]["properties"][name];
        let bound = |of: &str| bounds[of].as_u64().unwrap();
        let (least, most) = (bound("minimum"), bound("maximum"));
        let is_right = |percent: u64| {
            mistakes(|file| file["thresholds"] = json!({"near": percent, "over": percent}))
                .is_empty()
        };
        assert!(is_right(least) && is_right(most), "{name}");
        assert!(!is_right(least - 1) && !is_right(most + 1), "{name}");
    }
}

#[test]
fn defaults_are_those_of_the_code() {
    let schema = schema();
    let defs = &schema["$defs"];
    let config = Config::parse(r#"{"version":1}"#).unwrap();
    let default = |of: &Value| of["default"].clone();
    let thresholds = &defs["thresholds"]["properties"];
    assert_eq!(default(&thresholds["near"]), json!(config.thresholds.near_percent));
    assert_eq!(default(&thresholds["over"]), json!(config.thresholds.over_percent));

    let mut file = whole();
    for name in ["instance", "prefix"] {
        at(&mut file, "/connections/0").remove(name);
    }
    let config = Config::parse(&file.to_string()).unwrap();
    let draas = &defs["draas"]["properties"];
    assert_eq!(default(&draas["instance"]), json!(config.connections[0].instance));
    assert_eq!(default(&draas["prefix"]), json!(config.connections[0].prefix));
}

#[test]
fn a_demonstration_signs_in_by_what_the_schema_lists() {
    let schema = schema();
    let ways = schema["$defs"]["demoSignIn"]["oneOf"].as_array().unwrap().clone();
    for way in &ways {
        let sign_in: Value =
            words(&way["required"]).into_iter().map(|name| (name, json!("x"))).collect();
        let found = mistakes(|file| file["demo"]["b"] = sign_in.clone());
        assert!(found.is_empty(), "{sign_in}: {found:?}");
    }
    let all: Value =
        ["username", "password", "token"].map(|name| (name, json!("x"))).into_iter().collect();
    for wrong in [all, json!({}), json!({"username": "x"}), json!("x")] {
        assert!(!mistakes(|file| file["demo"]["b"] = wrong.clone()).is_empty(), "{wrong}");
    }
}
