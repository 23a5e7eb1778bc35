//! Licenses read in pieces, against the reference.

use proptest::prelude::*;
use seatree_core::draas::{Api, Complaint, Detail, Entity, Level, Licenses};
use seatree_core::estate::{Figure, Kind, Measure, Meter, Tree, Uuid};
use seatree_core::http::{Reply, Secret};
use seatree_core::{Operation as _, Problem, TreeDecoder, UpstreamError};

use crate::pieces::{all_simple, cuts, split};
use crate::reference;
use crate::replies::reply;

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../../fixtures/draas/", $name))
    };
}

fn entity(level: Level) -> Entity {
    Entity { level, uuid: Uuid::parse("aaf9dba1-9469-40fa-be50-22298d68010d").unwrap() }
}

type Read = (Tree, Result<Vec<Complaint>, UpstreamError>);

fn pushed<'a>(level: Level, pieces: impl IntoIterator<Item = &'a [u8]>) -> Read {
    let api = Api::new("https://prov.example.net", "draas", "draas_v1").unwrap();
    let licenses = Licenses::new(&api, entity(level), Detail::Tree, &Secret::from("token"));
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

fn group(body: &[u8]) -> Read {
    pushed(Level::Group, [body])
}

fn complaints(body: &str) -> Vec<(String, &'static str)> {
    let complaints = group(body.as_bytes()).1.unwrap();
    complaints.into_iter().map(|complaint| (complaint.place, complaint.expected)).collect()
}

fn assigned(tree: &Tree, node: u32) -> Option<i64> {
    tree.figure(node, Meter::TEAMS_USERS, Measure::Assigned).get()
}

/// Every node with all it holds.
fn dump(tree: &Tree) -> Vec<String> {
    (0..)
        .take(tree.len())
        .map(|node| {
            let meters: Vec<_> =
                tree.meters().map(|(meter, key)| (key, tree.reading(node, meter))).collect();
            let place = (tree.parent(node), tree.depth(node), tree.end(node));
            let ids = (tree.uuid(node), tree.subscription_id(node));
            format!("{:?} {place:?} {:?} {ids:?} {meters:?}", tree.kind(node), tree.name(node))
        })
        .collect()
}

/// What there is to see, without the excerpt: it shows what had arrived by then.
fn seen((tree, ended): &Read) -> (Vec<String>, String) {
    let ended = ended.clone().map_err(|mut error| {
        if let Problem::Malformed { excerpt, .. } = &mut error.problem {
            excerpt.clear();
        }
        error
    });
    (dump(tree), format!("{ended:?}"))
}

#[test]
fn the_printed_replies_are_the_same_in_every_split_and_to_the_reference() {
    for (level, body) in [
        (Level::Group, fixture!("group.json")),
        (Level::Group, fixture!("group-detailed.json")),
        (Level::Distributor, fixture!("distributor.json")),
        (Level::Distributor, fixture!("distributor-detailed.json")),
        (Level::Reseller, fixture!("reseller.json")),
        (Level::Reseller, fixture!("reseller-detailed.json")),
        (Level::Tenant, fixture!("tenant.json")),
        (Level::Tenant, fixture!("tenant-detailed.json")),
    ] {
        let (tree, complaints) = reference::read(entity(level), body).unwrap();
        let expected = seen(&(tree, Ok(complaints)));
        for pieces in all_simple(body.as_bytes()) {
            assert_eq!(seen(&pushed(level, pieces)), expected, "{level:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_reply_is_read_as_the_reference_reads_it(body in reply(), cuts in cuts()) {
        let read = pushed(Level::Group, split(body.as_bytes(), &cuts));
        match reference::read(entity(Level::Group), &body) {
            Some((tree, complaints)) => {
                prop_assert_eq!(seen(&read), seen(&(tree, Ok(complaints))), "{}", body);
            }
            None => prop_assert!(read.1.is_err(), "{}", body),
        }
        prop_assert_eq!(seen(&pushed(Level::Group, body.as_bytes().chunks(1))), seen(&read));
    }

    #[test]
    fn a_damaged_reply_is_the_same_in_every_split(
        body in reply(),
        at: prop::sample::Index,
        byte in prop_oneof![prop::sample::select(&b"{}[]\",:\\0-e.tn \xff\x00"[..]), any::<u8>()],
        cuts in cuts(),
    ) {
        let mut body = body.into_bytes();
        let at = at.index(body.len() + 1);
        let end = (at + 1).min(body.len());
        body.splice(at..end, [byte]);
        let whole = group(&body);
        prop_assert_eq!(seen(&pushed(Level::Group, split(&body, &cuts))), seen(&whole));
        prop_assert_eq!(seen(&pushed(Level::Group, body.chunks(1))), seen(&whole));
        if serde_json::from_slice::<serde_json::Value>(&body).is_ok() {
            let is_refused = whole.1.as_ref().is_err_and(|error| {
                matches!(&error.problem, Problem::Malformed { expected: "JSON", .. })
            });
            prop_assert!(!is_refused);
        }
    }
}

#[test]
fn each_oddity_is_named_by_its_path_and_the_rest_is_kept() {
    for (odd, place, expected) in [
        ("\"msTeamsUsers\":{\"assigned\":1.5}", "msTeamsUsers.assigned", "a count"),
        ("\"msTeamsUsers\":{\"assigned\":-3}", "msTeamsUsers.assigned", "a count"),
        ("\"msTeamsUsers\":{\"inUse\":1e400}", "msTeamsUsers.inUse", "a count"),
        ("\"msTeamsUsers\":{\"inUse\":true}", "msTeamsUsers.inUse", "a count"),
        (
            "\"msTeamsUsers\":{\"assigned\":4,\"assigned\":5}",
            "msTeamsUsers.assigned",
            "a field sent once",
        ),
        ("\"msTeamsUsers\":[7]", "msTeamsUsers", "a license object"),
        ("\"subscriptions\":{}", "subscriptions", "a list"),
        ("\"subscriptions\":[7]", "subscriptions[0]", "an entity"),
        ("\"uuid\":\"me\"", "uuid", "a uuid"),
        ("\"name\":\"a\\ud800b\"", "name", "a name of whole characters"),
    ] {
        let body = format!(
            "{{\"group\":{{\"resellers\":[{{}},{{\"tenants\":[{{{odd}}},{{\"name\":\"next\"}}]}}]}}}}"
        );
        let place = format!("group.resellers[1].tenants[0].{place}");
        assert_eq!(complaints(&body), [(place, expected)], "{odd}");
        let tree = group(body.as_bytes()).0;
        assert_eq!(tree.name(u32::try_from(tree.len() - 1).unwrap()), "next", "{odd}");
    }
}

#[test]
fn of_a_field_sent_twice_the_last_counts() {
    let (tree, _) =
        group(br#"{"group":{"name":"a","name":"b"},"msTeamsUsers":{"assigned":4,"assigned":5}}"#);
    assert_eq!((tree.name(1), assigned(&tree, 1)), ("b", Some(5)));
    assert_eq!(
        complaints(r#"{"msTeamsUsers":{"assigned":4},"group":{"msTeamsUsers":{"assigned":5}}}"#),
        [("group.msTeamsUsers".to_owned(), "a field sent once")]
    );
}

#[test]
fn bytes_that_are_no_character_cost_that_character_only() {
    let (tree, ended) = group(
        b"{\"group\":{\"name\":\"a\xffb\0c\",\"x\":\"\xff\"},\"msTeamsUsers\":{\"assigned\":4}}",
    );
    assert_eq!(ended.unwrap().len(), 1);
    assert_eq!((tree.name(1), assigned(&tree, 1)), ("a\u{fffd}b\0c", Some(4)));
}

#[test]
fn a_byte_order_mark_is_passed_over_in_any_split() {
    let body = b"\xef\xbb\xbf{\"group\":{\"name\":\"G\"}}";
    for pieces in all_simple(body) {
        assert_eq!(pushed(Level::Group, pieces).0.name(1), "G");
    }
}

#[test]
fn a_name_of_ten_megabytes_is_cut_and_named() {
    let body = format!("{{\"group\":{{\"name\":\"{}\"}}}}", "é".repeat(5_000_000));
    for size in [1, 4_096, body.len()] {
        let (tree, ended) = pushed(Level::Group, body.as_bytes().chunks(size));
        assert_eq!(tree.name(1), "é".repeat(512));
        assert_eq!(ended.unwrap()[0].expected, "a name of at most 1,024 bytes");
    }
}

#[test]
fn too_much_of_anything_is_refused_before_it_fills_the_memory() {
    let limit = |body: &str| match group(body.as_bytes()).1.unwrap_err().problem {
        Problem::TooLarge { limit } => limit,
        other => panic!("{other:?}"),
    };
    assert_eq!(limit(&"[".repeat(65)), "more than 64 levels");
    let nodes = format!("{{\"group\":{{\"tenants\":[{}]}}}}", vec!["{}"; 200_000].join(","));
    assert!(limit(&nodes).contains(" nodes in "));
    // Who has less memory takes fewer: the connection, the group, and the rest below it.
    let api = Api::new("https://prov.example.net", "draas", "draas_v1").unwrap();
    let licenses = Licenses::new(&api, entity(Level::Group), Detail::Tree, &Secret::from("token"));
    let licenses = licenses.at_most(1_000);
    let below = |count: usize| {
        let tenants = vec!["{}"; count].join(",");
        let body = format!("{{\"group\":{{\"tenants\":[{tenants}]}}}}");
        licenses.decode(&Reply::new(200, body))
    };
    assert!(matches!(below(998), Ok((tree, _)) if tree.len() == 1_000));
    let problem = below(1_500).unwrap_err().problem;
    assert!(matches!(problem, Problem::TooLarge { limit } if limit == "more than 1000 nodes"));
    // A license that only the last of many nodes has.
    let last: Vec<String> =
        (0..60).map(|n| format!("\"l{n}\":{{\"assigned\":1,\"inUse\":1}}")).collect();
    let sparse = format!(
        "{{\"group\":{{\"tenants\":[{},{{{}}}]}}}}",
        vec!["{\"name\":\"tenant\"}"; 200_000].join(","),
        last.join(",")
    );
    let (tree, ended) = group(sparse.as_bytes());
    assert!(ended.unwrap().iter().any(|c| c.expected == "a license that more nodes have"));
    assert!(tree.allocated_bytes().rest < 4 * sparse.len() + (64 << 20));
}

#[test]
fn a_node_takes_at_most_a_hundred_bytes_besides_its_name() {
    let tenant = r#"{"uuid":"87aacd3b-8faa-4bbe-9b08-d20886ee846a","name":"Tenant","msTeamsUsers":
        {"assigned":26,"inUse":5,"inUseMsUsers":2,"inUseMsResourceAccount":3},
        "sipTrunkChannels":{"assigned":11}}"#;
    let body = format!("{{\"group\":{{\"tenants\":[{}]}}}}", vec![tenant; 20_000].join(","));
    let (tree, ended) = group(body.as_bytes());
    assert_eq!((ended.unwrap().len(), tree.len(), assigned(&tree, 20_001)), (0, 20_002, Some(26)));
    assert_eq!(tree.kind(20_001), Kind::Tenant);
    let allocated = tree.allocated_bytes();
    assert!(allocated.rest <= 60 * tree.len(), "{allocated:?}");
    assert!(allocated.names <= 7 * tree.len(), "{allocated:?}");
    assert_eq!(tree.reading(1, Meter::TEAMS_USERS).in_use, Figure::UNKNOWN);
}

#[test]
fn a_second_entity_has_room_beside_the_hundred_thousand_nodes_of_the_first() {
    let api = Api::new("https://prov.example.net", "draas", "draas_v1").unwrap();
    let tenant = |name: usize| format!(r#"{{"name":"tenant number {name}"}}"#);
    let body = |tenants: usize| {
        let tenants: Vec<String> = (0..tenants).map(tenant).collect();
        format!(r#"{{"group":{{"tenants":[{}]}}}}"#, tenants.join(","))
    };
    let mut tree = Tree::new("");
    for tenants in [120_000, 2] {
        let licenses =
            Licenses::new(&api, entity(Level::Group), Detail::Tree, &Secret::from("token"));
        let mut decoder = licenses.decoder();
        decoder.push(&mut tree, body(tenants).as_bytes()).unwrap();
        decoder.finish(&mut tree).unwrap();
    }
    assert_eq!(tree.len(), 1 + 120_001 + 3);
}

/// A reply of some megabytes with names of different lengths, read 64 KiB at a time with a hint.
/// Gives the tree, its error, and whether its columns grew after the first mebibyte and a bit.
fn read_with_hint(body: &[u8], said: Option<u64>) -> (Read, bool) {
    let api = Api::new("https://prov.example.net", "draas", "draas_v1").unwrap();
    let licenses = Licenses::new(&api, entity(Level::Group), Detail::Tree, &Secret::from("token"));
    let mut tree = Tree::new("");
    let mut decoder = licenses.decoder();
    if let Some(said) = said {
        decoder.expect(said);
    }
    let mut grew = false;
    for (index, piece) in body.chunks(64 << 10).enumerate() {
        let before = tree.allocated_bytes();
        if let Err(error) = decoder.push(&mut tree, piece) {
            return ((tree, Err(error)), grew);
        }
        grew |= index > 16 && tree.allocated_bytes() != before;
    }
    let ended = decoder.finish(&mut tree);
    ((tree, ended), grew)
}

#[test]
fn a_reply_is_the_same_with_any_hint_of_its_length_and_a_right_one_takes_room_once() {
    let tenants: Vec<String> = (0..30_000_usize)
        .map(|n| {
            let name = "tenant ".repeat(1 + n * 7 % 5);
            format!(r#"{{"name":"{name}{n}","msTeamsUsers":{{"assigned":{n},"inUse":{n}}}}}"#)
        })
        .collect();
    let whole = format!(r#"{{"group":{{"tenants":[{}]}}}}"#, tenants.join(","));
    for body in [whole.as_bytes(), &whole.as_bytes()[..whole.len() * 3 / 4]] {
        let length = body.len() as u64;
        assert!(length > 1 << 20);
        let (plain, grew) = read_with_hint(body, None);
        assert!(grew);
        let plain = (seen(&plain), plain.0.allocated_bytes());
        for said in [0, 1, 1 << 20, length / 9, length, length * 2, length * 200, 1 << 41, u64::MAX]
        {
            let (hinted, grew) = read_with_hint(body, Some(said));
            assert_eq!((seen(&hinted), hinted.0.allocated_bytes()), plain, "{said}");
            assert!(said != length || !grew);
        }
    }
}

#[test]
fn a_reply_that_promises_too_much_gets_no_more_room_than_one_can_be_given() {
    let long_name = format!(r#"{{"name":"{}"}},"#, "n".repeat(1024));
    let tenants =
        ["{},".repeat(400_000), "{\"name\":\"a\"},".repeat(90_000), long_name.repeat(1_100)];
    for tenants in tenants {
        let start = format!(r#"{{"group":{{"tenants":[{tenants}"#);
        let api = Api::new("https://prov.example.net", "draas", "draas_v1").unwrap();
        let licenses =
            Licenses::new(&api, entity(Level::Group), Detail::Tree, &Secret::from("token"));
        let mut tree = Tree::new("");
        let mut decoder = licenses.decoder();
        decoder.expect(u64::MAX);
        let _ = decoder.push(&mut tree, start.as_bytes());
        let taken = tree.allocated_bytes();
        assert!(taken.rest <= 33 * 5_000_000, "{taken:?}");
        assert!(taken.names <= 128 << 20, "{taken:?}");
    }
}
