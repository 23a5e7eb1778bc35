//! The tree of licenses, pushed piece by piece.

use seatree_core::draas::{Api, Complaint, Detail, Entity, Level, Licenses};
use seatree_core::estate::{Tree, Uuid};
use seatree_core::http::Secret;
use seatree_core::{Problem, UpstreamError};

use crate::measure::within_memory;
use crate::pieces::ways_to_split;
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

type Decoded = (Tree, Result<Vec<Complaint>, UpstreamError>);

fn decode(licenses: &Licenses, pieces: &[&[u8]]) -> Decoded {
    let mut tree = Tree::new("");
    let mut decoder = licenses.decoder();
    for piece in pieces {
        if let Err(error) = decoder.push(&mut tree, piece) {
            return (tree, Err(error));
        }
    }
    let ended = decoder.finish(&mut tree);
    (tree, ended)
}

fn feed(input: &[u8]) {
    // The level that the reply is about; what it names otherwise is read as totals.
    let names = |level: &Level| {
        let key = format!("\"{}\"", level.word());
        input.windows(key.len()).take(4_096).any(|window| window == key.as_bytes())
    };
    let licenses = licenses(Level::ALL.into_iter().find(names).unwrap_or(Level::Group));
    let mut first: Option<Decoded> = None;
    for pieces in ways_to_split(input) {
        let decoded = within_memory(input.len(), || decode(&licenses, &pieces));
        match &first {
            None => {
                judge(&decoded);
                first = Some(decoded);
            }
            Some(first) => assert_same(first, &decoded),
        }
    }
    if let Some((_, ended)) = &first {
        assert_agrees_with_serde(input, ended);
    }
}

fn judge((tree, ended): &Decoded) {
    assert_in_order(tree);
    match ended {
        Ok(complaints) => {
            assert!(complaints.len() <= 1_000, "{} complaints", complaints.len());
            for complaint in complaints {
                check::path(&complaint.place);
            }
        }
        Err(error) => check::error(error),
    }
}

/// A tree is one: each node lies within its parent, and what it holds can be asked for.
fn assert_in_order(tree: &Tree) {
    let nodes = u32::try_from(tree.len()).expect("fewer nodes than numbers");
    assert_eq!(tree.end(0), nodes);
    for node in 1..nodes {
        let parent = tree.parent(node).expect("only the root has none");
        assert!(parent < node && tree.end(node) <= tree.end(parent), "node {node}");
        assert!(tree.depth(node) > 0);
        let _ = (tree.name(node), tree.uuid(node), tree.subscription_id(node));
    }
    assert!(tree.meters().count() <= 1_000);
}

/// However it was split. Only the excerpt may differ: it shows what had arrived by then.
fn assert_same((tree, ended): &Decoded, (other, other_ended): &Decoded) {
    let bare = |ended: &Result<Vec<Complaint>, UpstreamError>| {
        ended.clone().map_err(|mut error| {
            if let Problem::Malformed { excerpt, .. } = &mut error.problem {
                excerpt.clear();
            }
            error
        })
    };
    assert_eq!(bare(ended), bare(other_ended), "another split, another end");
    assert_eq!(tree.len(), other.len(), "another split, other nodes");
    assert!(tree.meters().eq(other.meters()), "another split, other meters");
    for node in (0..).take(tree.len()) {
        let facts = |tree: &Tree| {
            let ids = (tree.uuid(node), tree.subscription_id(node));
            (tree.parent(node), tree.kind(node), tree.depth(node), tree.end(node), ids)
        };
        assert_eq!(facts(tree), facts(other), "another split, another node {node}");
        assert_eq!(tree.name(node), other.name(node), "another split, another name");
        for (meter, key) in tree.meters() {
            assert_eq!(tree.reading(node, meter), other.reading(node, meter), "{key} of {node}");
        }
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
