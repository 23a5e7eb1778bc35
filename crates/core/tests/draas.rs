//! The vendor's printed DRaaS replies, and replies that are not what the vendor prints.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what the tests share may fail them too"
)]

use proptest::prelude::*;
use seatree_core::draas::{Api, Complaint, Detail, Entity, Level, Licenses, SubscriptionLicenses};
use seatree_core::estate::{Figure, Kind, Meter, NodeId, Reading, Tree, Uuid};
use seatree_core::http::{Reply, Secret};
use seatree_core::{Operation, Problem, TreeDecoder, UpstreamError};

const GROUP: &str = include_str!("../fixtures/draas/group.json");
const GROUP_DETAILED: &str = include_str!("../fixtures/draas/group-detailed.json");
const DISTRIBUTOR_DETAILED: &str = include_str!("../fixtures/draas/distributor-detailed.json");
const RESELLER_DETAILED: &str = include_str!("../fixtures/draas/reseller-detailed.json");
const TENANT_DETAILED: &str = include_str!("../fixtures/draas/tenant-detailed.json");
const SUBSCRIPTION: &str = include_str!("../fixtures/draas/subscription.json");

const NETAXIS: &str = "aaf9dba1-9469-40fa-be50-22298d68010d";

fn api() -> Api {
    Api::new("https://prov.example.net", "draas", "draas_v1").unwrap()
}

fn licenses(level: Level) -> Licenses {
    let entity = Entity { level, uuid: Uuid::parse(NETAXIS).unwrap() };
    Licenses::new(&api(), entity, Detail::Tree, &Secret::from("token"))
}

fn decode(level: Level, body: &str) -> Result<(Tree, Vec<Complaint>), UpstreamError> {
    licenses(level).decode(&Reply::new(200, body))
}

fn group(body: &str) -> (Tree, Vec<Complaint>) {
    decode(Level::Group, body).unwrap()
}

fn node(tree: &Tree, name: &str) -> NodeId {
    (0..).take(tree.len()).find(|&node| tree.name(node) == name).expect(name)
}

fn counts(reading: Reading) -> [Option<i64>; 4] {
    [reading.assigned, reading.in_use, reading.users, reading.resource_accounts].map(Figure::get)
}

fn path(tree: &Tree, of: NodeId) -> Vec<&str> {
    let mut names: Vec<&str> =
        std::iter::successors(Some(of), |&at| tree.parent(at)).map(|at| tree.name(at)).collect();
    names.reverse();
    names
}

/// Every node with all it holds, to compare trees.
fn dump(tree: &Tree) -> Vec<String> {
    (0..)
        .take(tree.len())
        .map(|node| {
            let meters: Vec<_> =
                tree.meters().map(|(meter, key)| (key, tree.reading(node, meter))).collect();
            let ids = (tree.uuid(node), tree.subscription_id(node));
            format!("{:?} {:?} {ids:?} {meters:?}", tree.kind(node), path(tree, node))
        })
        .collect()
}

#[test]
fn asks_for_the_documented_url_with_the_token_in_a_header_only() {
    let request = licenses(Level::Distributor).request();
    assert_eq!(
        request.url,
        format!(
            "https://prov.example.net/api/v01/draas/draas_v1/distributors/{NETAXIS}/licenses?detailed=true"
        )
    );
    assert_eq!(request.header("authorization"), Some("Bearer token"));
}

#[test]
fn the_groups_totals_are_lifted_onto_the_group() {
    let (tree, complaints) = group(GROUP_DETAILED);
    let root = node(&tree, "Netaxis");
    assert_eq!(tree.kind(root), Kind::Group);
    assert_eq!(tree.uuid(root), Uuid::parse(NETAXIS));
    assert_eq!(
        counts(tree.reading(root, Meter::TEAMS_USERS)),
        [Some(363), Some(5), Some(2), Some(3)]
    );
    assert_eq!(counts(tree.reading(root, Meter::SIP_CHANNELS)), [Some(123), None, None, None]);
    assert_eq!(complaints, []);
}

#[test]
fn every_level_stands_where_the_vendor_puts_it() {
    let (tree, _) = group(GROUP_DETAILED);
    let subscription = node(&tree, "idal test 1");
    assert_eq!(
        path(&tree, subscription),
        ["", "Netaxis", "testPaci", "PACI-Reseller-Test", "PACI-Tenant-Test", "idal test 1"]
    );
    assert_eq!(tree.subscription_id(subscription), Some(118));
    assert_eq!(tree.kind(node(&tree, "id-r2")), Kind::Reseller);
    assert_eq!(tree.depth(node(&tree, "id-r2")), 2, "a reseller directly under the group");
    assert_eq!(path(&tree, node(&tree, "PACI-Tenant-Direct-Test"))[2], "testPaci");
}

#[test]
fn totals_alone_make_one_node() {
    let (tree, _) = group(GROUP);
    assert_eq!(tree.len(), 2);
    assert_eq!(tree.reading(1, Meter::TEAMS_USERS).assigned, Figure::known(363));
    assert_eq!(tree.uuid(1), Uuid::parse(NETAXIS));
}

#[test]
fn each_level_reads_its_own_reply() {
    for (level, body, name, assigned) in [
        (Level::Distributor, DISTRIBUTOR_DETAILED, "Netaxis Distributor", 317),
        (Level::Reseller, RESELLER_DETAILED, "Netaxis Reseller", 317),
        (Level::Tenant, TENANT_DETAILED, "Netaxis DEV", 92),
    ] {
        let (tree, complaints) = decode(level, body).unwrap();
        assert_eq!(tree.name(1), name);
        assert_eq!(tree.kind(1), level.kind());
        assert_eq!(tree.reading(1, Meter::TEAMS_USERS).assigned, Figure::known(assigned));
        assert!(tree.has_children(1), "{level:?}");
        assert_eq!(complaints, []);
    }
}

#[test]
fn a_subscription_gives_each_meter_under_its_key() {
    let tenant = Uuid::parse(NETAXIS).unwrap();
    let operation = SubscriptionLicenses::new(&api(), tenant, 2, &Secret::from("token"));
    assert!(
        operation.request().url.ends_with(&format!("tenants/{NETAXIS}/subscriptions/2/licenses"))
    );

    let meters = operation.decode(&Reply::new(200, SUBSCRIPTION)).unwrap().meters;

    assert_eq!(meters[0].0, "msTeamsUsers");
    assert_eq!(counts(meters[0].1), [Some(59), Some(5), Some(2), Some(3)]);
    assert_eq!(counts(meters[1].1), [Some(69), None, None, None]);
    let page = operation.decode(&Reply::new(200, "<html>")).unwrap_err();
    assert!(matches!(page.problem, Problem::Malformed { .. }));
    assert!(operation.decode(&Reply::new(200, "{}")).is_err());
}

#[test]
fn keys_in_any_order_make_the_same_tree() {
    let (tree, _) = group(
        r#"{"sipTrunkChannels":{"assigned":7},
            "group":{"uuid":"aaf9dba1-9469-40fa-be50-22298d68010d",
                     "tenants":[{"uuid":"87aacd3b-8faa-4bbe-9b08-d20886ee846a","name":"T"}],
                     "name":"G"},
            "msTeamsUsers":{"inUse":1,"assigned":2}}"#,
    );
    assert_eq!(path(&tree, 2), ["", "G", "T"]);
    assert_eq!(tree.reading(1, Meter::SIP_CHANNELS).assigned, Figure::known(7));
    assert_eq!(tree.reading(1, Meter::TEAMS_USERS).available(), Figure::known(1));
}

#[test]
fn unknown_licenses_are_kept_under_their_key() {
    let (tree, complaints) =
        group(r#"{"anywhereNowAgents":{"assigned":4,"inUse":1},"group":{"name":"G"}}"#);
    let (meter, _) = tree.meters().find(|(_, key)| *key == "anywhereNowAgents").unwrap();
    assert_eq!(counts(tree.reading(1, meter)), [Some(4), Some(1), None, None]);
    assert_eq!(complaints, []);
}

#[test]
fn every_total_beside_the_entity_is_lifted_wherever_it_stands() {
    let (tree, complaints) = group(
        r#"{"anywhereNowAgents":{"assigned":4},"status":"ok",
            "group":{"name":"G","tenants":[{"name":"T","msTeamsUsers":{"assigned":1}}]},
            "msTeamsUsers":{"assigned":2},"sipTrunkChannels":{"assigned":7},"more":{"inUse":3}}"#,
    );
    let kept: Vec<_> = tree
        .meters()
        .map(|(meter, key)| (key, counts(tree.reading(1, meter))))
        .filter(|(_, counts)| counts.iter().any(Option::is_some))
        .collect();
    assert_eq!(
        kept,
        [
            ("msTeamsUsers", [Some(2), None, None, None]),
            ("sipTrunkChannels", [Some(7), None, None, None]),
            ("anywhereNowAgents", [Some(4), None, None, None]),
            ("more", [None, Some(3), None, None]),
        ]
    );
    assert_eq!(tree.reading(2, Meter::TEAMS_USERS).assigned, Figure::known(1), "its own");
    assert_eq!(complaints, []);
}

#[test]
fn one_odd_field_is_reported_by_its_path_and_the_rest_is_kept() {
    let (tree, complaints) = group(
        r#"{"group":{"resellers":[{"name":"A"},
              {"name":"B","tenants":[{"name":"T","msTeamsUsers":{"assigned":"many","inUse":"3"}}]}]}}"#,
    );
    assert_eq!(
        complaints,
        [Complaint {
            place: "group.resellers[1].tenants[0].msTeamsUsers.assigned".into(),
            expected: "a count"
        }]
    );
    let reading = tree.reading(node(&tree, "T"), Meter::TEAMS_USERS);
    assert_eq!(counts(reading), [None, Some(3), None, None]);
}

#[test]
fn what_is_no_license_reply_is_one_readable_error() {
    for (body, words) in [
        ("<!doctype html><title>Log in</title>", "a page for people"),
        ("", "it is empty"),
        ("{\"group\":{\"name\":\"G\"", "cut off"),
        ("{\"group\": nonsense}", "not JSON"),
        ("{}", "a license reply"),
        ("[]", "a license reply"),
        ("{\"error\":\"no such instance\"}", "no such instance"),
    ] {
        let error = decode(Level::Group, body).err().unwrap_or_else(|| panic!("{body}"));
        assert!(error.what().contains(words), "{body}: {error}");
    }
}

/// Found by fuzzing: a form feed is a blank in text, and none in JSON.
#[test]
fn whether_it_is_a_page_does_not_depend_on_the_pieces() {
    for body in ["\u{c}<", " \t\r\n<html>", "\u{c}", "x<"] {
        let whole = decode(Level::Group, body).err();
        let mut tree = Tree::new("");
        let mut decoder = licenses(Level::Group).decoder();
        let pushed = body.bytes().find_map(|byte| decoder.push(&mut tree, &[byte]).err());
        let problem = |error: Option<UpstreamError>| error.map(|error| error.what());
        assert_eq!(problem(pushed), problem(whole), "{body:?}");
    }
}

#[test]
fn nothing_found_is_not_an_outage() {
    let reply = Reply::new(404, r#"{"error":"No license found"}"#);
    let error = licenses(Level::Group).decode(&reply).unwrap_err();
    assert_eq!(error.problem, Problem::NothingFound);
}

#[test]
fn a_bottomless_reply_ends_in_an_error() {
    let body = "{\"group\":{\"resellers\":[".repeat(10_000);
    assert!(decode(Level::Group, &body).is_err());
}

#[test]
fn a_reply_cut_anywhere_is_an_error_and_keeps_what_came() {
    let whole = group(GROUP_DETAILED).0;
    let end = GROUP_DETAILED.trim_end().len();
    for cut in (0..end).step_by(37) {
        let mut tree = Tree::new("");
        let mut decoder = licenses(Level::Group).decoder();
        decoder.push(&mut tree, &GROUP_DETAILED.as_bytes()[..cut]).unwrap();
        let nodes = tree.len();
        assert!(decoder.finish(&mut tree).is_err(), "cut at {cut}");
        assert!(nodes <= whole.len());
    }
}

proptest! {
    #[test]
    fn the_tree_does_not_depend_on_how_the_reply_is_split(
        cuts in proptest::collection::vec(0..GROUP_DETAILED.len(), 0..40)
    ) {
        let mut cuts = cuts;
        cuts.extend([0, GROUP_DETAILED.len()]);
        cuts.sort_unstable();
        let mut tree = Tree::new("");
        let mut decoder = licenses(Level::Group).decoder();
        for pair in cuts.windows(2) {
            decoder.push(&mut tree, &GROUP_DETAILED.as_bytes()[pair[0]..pair[1]]).unwrap();
        }
        prop_assert_eq!(decoder.finish(&mut tree).unwrap(), vec![]);
        prop_assert_eq!(dump(&tree), dump(&group(GROUP_DETAILED).0));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = licenses(Level::Group).decode(&Reply::new(200, bytes));
    }

    #[test]
    fn names_arrive_as_they_were_sent(name in "\\PC*") {
        let body = serde_json::json!({"group": {"name": name}}).to_string();
        prop_assert_eq!(group(&body).0.name(1).to_owned(), name);
    }
}
