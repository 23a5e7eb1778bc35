//! What an edge tells of a tree, line by line, in pieces; and its other replies.

use seatree_core::Operation;
use seatree_core::edge::{Api, AskToken, ReadEstate, ReadLimits, fault};
use seatree_core::estate::Uuid;
use seatree_core::http::{Reply, Secret};

use super::tree::decode_all_ways;
use crate::check::TOKEN;
use crate::measure::within_memory;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "edge-estate",
    decodes: "an edge: the lines of an estate, in pieces; a subscription, a token, every error",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new("", "{\"level\":0,\"kind\":\"tenant\"}\n", "{\"end\":true,\"count\":1}"),
        Repeat::new("", "\n", "{\"end\":true,\"count\":0}"),
        Repeat::new("{\"licenses\":{\"a\":{", "\"assigned\":1,", "\"in_use\":2}}}"),
        Repeat::new("{\"licenses\":{", "\"a\":{\"assigned\":1},", "\"b\":{}}}"),
        Repeat::new("{\"licenses\":{", "\"a\":[],", "\"b\":{}}}"),
        Repeat::new("{\"name\":\"", "x", "\"}"),
        Repeat::new("{", "\"id\":1,", "\"level\":0}"),
        Repeat::new("", "[", ""),
        Repeat::new("{\"detail\":\"", "word ", "\"}"),
    ],
    feed,
};

const GROUP: &str = r#"{"id":"group:aaf9dba1-9469-40fa-be50-22298d68010d","parent":null,"level":0,"kind":"group","name":"a\u00fc\ud83d\ude00","licenses":{"msTeamsUsers":{"assigned":20,"in_use":3,"available":17,"users":null,"resource_accounts":1},"sipTrunkChannels":{"assigned":5},"anywhereNow":{"assigned":null}},"findings":["near"]}"#;
const TENANT: &str = r#"{"id":"tenant:53fd92c7-fbef-44fd-af76-d92334432ac9","parent":"group:aaf9dba1-9469-40fa-be50-22298d68010d","level":1,"kind":"tenant","name":"b","licenses":{},"findings":[]}"#;
const SUBSCRIPTION: &str = r#"{"id":"subscription:53fd92c7-fbef-44fd-af76-d92334432ac9:12","level":2,"kind":"subscription","name":"","licenses":{"anywhereNow":{"assigned":1e1}}}"#;

fn seeds() -> Vec<Vec<u8>> {
    [
        format!("{GROUP}\n{TENANT}\n{SUBSCRIPTION}\n{TENANT}\n{{\"end\":true,\"count\":4}}\n"),
        format!("{TENANT}\r\n\r\n{SUBSCRIPTION}\n{{\"count\":2,\"end\":true}}"),
        r#"{"upstream":"draas","scope":"","permissions":["read","limits:write"],"expires":1800000000}"#.to_owned(),
        format!("{{\"node\":\"x\",\"licenses\":{{\"msTeamsUsers\":{{\"assigned\":1}},\"{TOKEN}\":7}}}}"),
        format!(r#"{{"type":"urn:seatree:edge:token-refused","detail":"{TOKEN}","reason":"ended"}}"#),
        "<!DOCTYPE html><html><h1>Sign in</h1>".to_owned(),
        String::new(),
    ]
    .map(String::into_bytes)
    .to_vec()
}

fn feed(input: &[u8]) {
    let api = Api::new("https://edge.example.net", "draas", None).expect("a good address");
    let token = Secret::from(TOKEN);
    let read = ReadEstate::new(&api, None, &token);
    decode_all_ways(input, || read.decoder());
    let reply =
        |status| Reply::new(status, input).with_header("content-type", "application/problem+json");
    check::error(&within_memory(input.len(), || fault("testing", &reply(401))));
    let bytes = input.len();
    if let Err(error) = within_memory(bytes, || AskToken::new(&api, &token).decode(&reply(200))) {
        check::error(&error);
    }
    let limits = ReadLimits::new(&api, Uuid::from_u128(7), 1, &token);
    match within_memory(bytes, || limits.decode(&reply(200))) {
        Ok(licenses) => licenses.complaints.iter().for_each(|odd| check::path(&odd.place)),
        Err(error) => check::error(&error),
    }
}
