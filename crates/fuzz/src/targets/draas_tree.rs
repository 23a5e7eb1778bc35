//! The tree of licenses, pushed piece by piece.

use seatree_core::draas::{Api, Complaint, Detail, Entity, Level, Licenses};
use seatree_core::estate::Uuid;
use seatree_core::http::Secret;
use seatree_core::{Problem, UpstreamError};

use super::tree::decode_all_ways;
use crate::{Repeat, Target, check, mutate};

pub(super) const TARGET: Target = Target {
    name: "draas-tree",
    decodes: "DRaaS: licenses of an entity with all below it, in pieces",
    seeds,
    words: mutate::JSON,
    repeats: &[
        Repeat::new(r#"{"group":{"tenants":["#, r#"{"name":"a","uuid":null},"#, "{}]}}"),
        Repeat::new(r#"{"group":{"tenants":["#, "{},", "{}]}}"),
        Repeat::new(r#"{"group":{"resellers":["#, r#"{"tenants":[{"subscriptions":[{}]}]},"#, ""),
        Repeat::new(r#"{"group":{"name":""#, "x", r#""}}"#),
        Repeat::new(r#"{"group":{"name":""#, "\\ud83d\\ude00", r#""}}"#),
        Repeat::new(r#"{"group":{"#, r#""name":"again and again","#, r#""uuid":1}}"#),
        Repeat::new(r#"{"group":{"#, r#""tenants":[],"#, r#""uuid":1}}"#),
        Repeat::new(r#"{"group":{"msTeamsUsers":{"#, r#""assigned":[],"#, r#""inUse":1}}}"#),
        Repeat::new(r#"{"group":{"msTeamsUsers":{"assigned":"#, "9", "}}}"),
        Repeat::new(r#"{"group":{"tenants":["#, r#"{"msTeamsUsers":{"assigned":"x"}},"#, "{}]}}"),
        Repeat::new(r#"{"group":{"tenants":["#, r#"{"other":{"assigned":1}},"#, "{}]}}"),
        Repeat::new(r#"{""#, "long key", r#"":{"assigned":true,"assigned":true}}"#),
        Repeat::new("", "[", ""),
        Repeat::new("", r#"{"group":"#, ""),
        Repeat::new("{}", " ", ""),
    ],
    feed,
};

const GROUP: &str = "aaf9dba1-9469-40fa-be50-22298d68010d";

fn seeds() -> Vec<Vec<u8>> {
    [
        include_str!("../../../core/fixtures/draas/group.json"),
        include_str!("../../../core/fixtures/draas/tenant-detailed.json"),
        include_str!("../../../core/fixtures/draas/reseller-detailed.json"),
        include_str!("../../../core/fixtures/draas/distributor-detailed.json"),
        r#"{"group":{"msTeamsUsers":{"assigned":"20","inUse":3.0,"inUseMsUsers":null,
            "inUseMsResourceAccount":-1},"name":"a\u00fc\ud83d\ude00","distributors":[{"resellers":[
            {"tenants":[{"subscriptions":[{"id":12,"name":"s"}],"uuid":
            "{AAF9DBA1-9469-40FA-BE50-22298D68010D}"}]}]}]},"sipTrunkChannels":{"assigned":5},
            "anywhereNow":{"assigned":1}}"#,
        r#"{"error":"No license found"}"#,
        "<!DOCTYPE html><html><h1>Sign in</h1>",
        "",
    ]
    .map(|seed| seed.as_bytes().to_vec())
    .to_vec()
}

fn licenses(level: Level) -> Licenses {
    let api = Api::new("https://prov.example.net", "draas", "draas_v1").expect("a good address");
    let uuid = Uuid::parse(GROUP).expect("a good uuid");
    Licenses::new(&api, Entity { level, uuid }, Detail::Tree, &Secret::from(check::TOKEN))
}

fn feed(input: &[u8]) {
    // The level that the reply is about; what it names otherwise is read as totals.
    let names = |level: &Level| {
        let key = format!("\"{}\"", level.word());
        input.windows(key.len()).take(4_096).any(|window| window == key.as_bytes())
    };
    let licenses = licenses(Level::ALL.into_iter().find(names).unwrap_or(Level::Group));
    let decoded = decode_all_ways(input, || licenses.decoder());
    if let Some((_, ended)) = &decoded {
        assert_agrees_with_serde(input, ended);
    }
}

/// Whether it is JSON at all, `serde_json` knows, too.
fn assert_agrees_with_serde(input: &[u8], ended: &Result<Vec<Complaint>, UpstreamError>) {
    if input.len() > 100_000 {
        return;
    }
    let is_json = serde_json::from_slice::<serde_json::Value>(input).is_ok();
    match ended {
        // Numbers too large for serde_json's are JSON all the same.
        Ok(_) => {
            let is_like_json = serde_json::from_slice::<serde::de::IgnoredAny>(input).is_ok();
            let is_judged = check::is_judged_like_serde(input);
            assert!(is_json || is_like_json || !is_judged, "taken for JSON");
        }
        Err(UpstreamError { problem: Problem::Malformed { expected, .. }, .. })
            if *expected == "JSON" =>
        {
            let shallow = input.iter().filter(|byte| b"{[".contains(byte)).count() < 60;
            assert!(!(is_json && shallow), "not taken for JSON");
        }
        Err(_) => {}
    }
}
