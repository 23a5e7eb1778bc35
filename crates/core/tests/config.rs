//! `seatree.json`: what it may say, and how mistakes are told.

use seatree_core::config::{Config, Connection, FileError, HeaderValue, Kind, Settings, Upstream};
use seatree_core::route::Route;
use serde_json::{Value, json};

fn whole() -> Value {
    json!({
        "$schema": "https://example.net/seatree.schema.json",
        "version": 1,
        "connections": [
            {"id": "netaxis", "name": "Netaxis", "kind": "draas",
             "address": "http://127.0.0.1:8711", "instance": "draas_v1", "prefix": "draas",
             "entity": {"level": "group", "uuid": "aaf9dba1-9469-40fa-be50-22298d68010d"},
             "route": {"style": "direct"}},
            {"id": "live", "name": "Live", "kind": "live-platform",
             "address": "http://127.0.0.1:8712/tenantui",
             "route": {"style": "proxy-query", "address": "http://127.0.0.1:1/p/",
                       "parameter": "url", "header": {"name": "X-Key", "value": "k"}}},
            {"id": "cucm", "name": "Berlin", "kind": "cucm", "address": "https://127.0.0.1:8713",
             "version": "14.0",
             "route": {"style": "edge", "address": "http://127.0.0.1:8701", "upstream": "cucm"}},
            {"id": "portal", "name": "Portal", "kind": "edge", "address": "http://127.0.0.1:8701",
             "upstream": "draas", "scope": "reseller:cae902b4-2307-41ef-b554-43a12c63cc97"},
        ],
        "thresholds": {"near": 75, "over": 95},
        "demo": {"netaxis": {"username": "demo", "password": "pw"}, "live": {"token": "t"}},
    })
}

fn errors(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut file = whole();
    change(&mut file);
    match Config::parse(&file.to_string()) {
        Ok(config) => panic!("accepted: {config:?}"),
        Err(FileError::NotJson(cause)) => vec![cause],
        Err(error @ FileError::TooLarge) => vec![error.to_string()],
        Err(FileError::Fields(errors)) => errors.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_whole_file_is_read() {
    let config = Config::parse(&whole().to_string()).unwrap();
    assert_eq!(config.connections.len(), 4);
    assert_eq!(config.thresholds.near_percent, 75);
    assert_eq!(config.demo.len(), 2);
    let cucm = Connection::new(&config.connections[2]).unwrap();
    assert_eq!(cucm.kind(), Kind::Cucm);
    assert!(matches!(cucm.route, Route::Edge { .. }));
}

#[test]
fn without_an_entity_a_connection_reads_what_its_account_manages() {
    let mut file = whole();
    file["connections"][0].as_object_mut().unwrap().remove("entity");
    let config = Config::parse(&file.to_string()).unwrap();
    let settings = &config.connections[0];
    let connection = Connection::new(settings).unwrap();
    assert!(matches!(connection.upstream, Upstream::Draas { entity: None, .. }));
    assert_eq!(settings.to_json(HeaderValue::Drop).get("entity"), None);
}

#[test]
fn the_smallest_file_is_only_a_version() {
    assert_eq!(Config::parse(r#"{"version":1}"#).unwrap().connections.len(), 0);
}

#[test]
fn each_mistake_names_its_field() {
    for (wrong, change) in [
        (
            "version: must be 1",
            Box::new(|f: &mut Value| f["version"] = json!(2)) as Box<dyn FnOnce(&mut Value)>,
        ),
        ("connectoins: is not a field", Box::new(|f| f["connectoins"] = json!([]))),
        ("connections: must be a list", Box::new(|f| f["connections"] = json!({}))),
        (
            "connections[0].kind: \"dras\" is none of draas, live-platform, cucm, edge",
            Box::new(|f| f["connections"][0]["kind"] = json!("dras")),
        ),
        (
            "connections[0].address: Start the address with https://",
            Box::new(|f| f["connections"][0]["address"] = json!("127.0.0.1")),
        ),
        (
            "connections[0].entity.uuid: must be the entity's UUID",
            Box::new(|f| f["connections"][0]["entity"]["uuid"] = json!("12")),
        ),
        (
            "connections[0].entity.uuid: is empty; leave out the whole entity",
            Box::new(|f| f["connections"][0]["entity"]["uuid"] = json!(" ")),
        ),
        (
            "connections[0].entity: must be an object",
            Box::new(|f| f["connections"][0]["entity"] = json!("group")),
        ),
        (
            "connections[1].id: \"netaxis\" is used twice",
            Box::new(|f| f["connections"][1]["id"] = json!("netaxis")),
        ),
        (
            "connections[1].route.header.name: is set by Seatree",
            Box::new(|f| f["connections"][1]["route"]["header"]["name"] = json!("Authorization")),
        ),
        (
            "connections[1].instance: is not a field of this place",
            Box::new(|f| f["connections"][1]["instance"] = json!("x")),
        ),
        (
            "connections[2].route.upstream: must be the edge's name",
            Box::new(|f| f["connections"][2]["route"]["upstream"] = json!("")),
        ),
        (
            "connections[2].version: must be an AXL version",
            Box::new(|f| f["connections"][2]["version"] = json!("fourteen")),
        ),
        (
            "connections[3].scope: must be group, distributor, reseller or tenant",
            Box::new(|f| f["connections"][3]["scope"] = json!("upstream:draas")),
        ),
        (
            "connections[3].route: is not a field of this place",
            Box::new(|f| f["connections"][3]["route"] = json!({"style": "direct"})),
        ),
        (
            "connections[3].token: is not a field of this place",
            Box::new(|f| f["connections"][3]["token"] = json!("secret")),
        ),
        (
            "thresholds.near: must not be above over",
            Box::new(|f| f["thresholds"]["near"] = json!(99)),
        ),
        (
            "demo.other: names no connection",
            Box::new(|f| f["demo"]["other"] = json!({"token": "t"})),
        ),
    ] {
        let found = errors(change);
        assert!(found.iter().any(|error| error.starts_with(wrong)), "{wrong}\nin {found:#?}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let found = errors(|file| {
        file["connections"][0]["name"] = json!(" ");
        file["connections"][2]["address"] = json!("");
    });
    assert_eq!(found.len(), 3, "two fields and the demo that lost its connection: {found:#?}");
}

#[test]
fn sign_in_data_is_refused_for_any_other_machine() {
    let found = errors(|file| file["connections"][0]["address"] = json!("https://prov.example"));
    assert!(found[0].starts_with("demo.netaxis: sign-in data is for upstreams on this machine"));
}

#[test]
fn a_broken_file_says_where() {
    let Err(error) = Config::parse("{\"version\":1,") else { panic!("accepted") };
    assert!(error.to_string().contains("line 1 column"), "{error}");
}

#[test]
fn settings_survive_being_written_but_the_headers_value_only_on_request() {
    let config = Config::parse(&whole().to_string()).unwrap();
    for settings in &config.connections {
        let kept = Settings::from_json(&settings.to_json(HeaderValue::Keep)).unwrap();
        assert_eq!(&kept, settings);
    }
    let dropped = config.connections[1].to_json(HeaderValue::Drop).to_string();
    assert!(dropped.contains("X-Key") && !dropped.contains("\"k\""), "{dropped}");
}

#[test]
fn a_file_of_nothing_but_mistakes_tells_some_of_them_in_short() {
    let long = "x\u{202e}".repeat(500);
    let errors = errors(|file| {
        file["connections"] = json!(vec![json!({ "kind": &long, &long[..500]: 1 }); 40]);
    });
    assert!((50..60).contains(&errors.len()), "{}", errors.len());
    for error in errors {
        assert!(error.chars().count() < 800 && !error.contains('\u{202e}'), "{error}");
    }
}

#[test]
fn a_file_too_large_to_be_one_is_not_read() {
    let padding = " ".repeat(512 * 1024 + 1);
    assert_eq!(Config::parse(&padding).err(), Some(FileError::TooLarge));
    assert!(Config::parse(&format!("{{\"version\":1}}{}", &padding[..1_000])).is_ok());
}
