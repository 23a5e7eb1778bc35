//! Replies that no edge should send.

use proptest::prelude::*;
use seatree_core::Problem;
use seatree_core::estate::{Figure, Kind, Meter};

use crate::trees::{read, shown};

const TENANT: &str = "53fd92c7-fbef-44fd-af76-d92334432ac9";

fn complaints(lines: &[&str]) -> Vec<String> {
    let (_, ended) = read(&[whole(lines).as_bytes()]);
    ended.unwrap().iter().map(ToString::to_string).collect()
}

fn whole(lines: &[&str]) -> String {
    format!("{}\n{{\"end\":true,\"count\":{}}}\n", lines.join("\n"), lines.len())
}

fn problem(text: &str) -> Problem {
    read(&[text.as_bytes()]).1.unwrap_err().problem
}

#[test]
fn a_field_that_is_odd_is_complained_about_and_the_rest_is_kept() {
    let line = r#"{"level":0,"kind":"tenant","name":7,"id":"tenant:x","findings":[["over"]],
        "licenses":{"msTeamsUsers":{"assigned":"12","in_use":3,"note":{"a":[1]}},"x":5,"y":[],
        "sipTrunkChannels":{"assigned":1.5,"users":[1],"in_use":{"a":1}}},"new":{"field":[{}]}}"#;
    let line = line.replace('\n', " ");
    let (tree, ended) = read(&[whole(&[&line]).as_bytes()]);
    let complaints: Vec<String> = ended.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(complaints[0], "line 1, name: not a name");
    assert_eq!(complaints[1], "line 1, id: not an id");
    assert_eq!(complaints.len(), 8, "{complaints:#?}");
    let teams = tree.reading(1, Meter::TEAMS_USERS);
    assert_eq!((teams.assigned, teams.in_use), (Figure::UNKNOWN, Figure::known(3)));
    assert_eq!(tree.reading(1, Meter::SIP_CHANNELS).in_use, Figure::UNKNOWN, "never 0");
}

#[test]
fn a_kind_that_is_new_is_left_out_with_all_below_it() {
    let (tree, ended) = read(&[whole(&[
        r#"{"level":0,"kind":"group","name":"a"}"#,
        r#"{"level":1,"kind":"galaxy","name":"b"}"#,
        r#"{"level":2,"kind":"tenant","name":"c"}"#,
        r#"{"level":3,"kind":"galaxy","name":"d"}"#,
        r#"{"level":1,"kind":"tenant","name":"e"}"#,
    ])
    .as_bytes()]);
    assert_eq!(ended.unwrap().len(), 1);
    let names: Vec<&str> = (1..tree.end(0)).map(|node| tree.name(node)).collect();
    assert_eq!(names, ["a", "e"]);
    assert_eq!(tree.kind(2), Kind::Tenant);
}

#[test]
fn an_id_of_another_place_is_no_way_to_change_limits() {
    let tenant = format!(r#"{{"level":0,"kind":"tenant","id":"tenant:{TENANT}"}}"#);
    let below = |id: &str| format!(r#"{{"level":1,"kind":"subscription","id":"{id}"}}"#);
    let right = below(&format!("subscription:{TENANT}:7"));
    let other = below("subscription:53fd92c7-fbef-44fd-af76-000000000000:7");
    let kind = below(&format!("tenant:{TENANT}"));
    assert_eq!(complaints(&[&tenant, &right]), [""; 0]);
    for wrong in [other, kind] {
        assert_eq!(complaints(&[&tenant, &wrong]).len(), 1, "{wrong}");
        let (tree, _) = read(&[whole(&[&tenant, &wrong]).as_bytes()]);
        assert_eq!((tree.subscription_id(2), tree.uuid(2)), (None, None));
    }
}

#[test]
fn what_makes_no_tree_is_an_error_with_its_line() {
    let node = r#"{"level":0,"kind":"tenant"}"#;
    for (text, place) in [
        ("", ""),
        ("\n \r\n", "line 3"),
        ("{}\n", "line 1"),
        ("[]\n", "line 1"),
        ("5\n", "line 1"),
        ("{\"level\":1,\"kind\":\"tenant\"}\n", "line 1"),
        ("{\"level\":-1,\"kind\":\"tenant\"}\n", "line 1"),
        (&format!("{node}\n{{\"level\":2}}\n"), "line 2"),
        (&format!("{node}\nnonsense"), "line 2"),
        (&format!("{node} {node}\n"), "line 1"),
        (&format!("{node}\n{{\"end\":true}}\n"), "line 3"),
        (&format!("{node}\n{{\"end\":true,\"count\":2}}\n"), "line 3"),
        (&format!("{node}\n{{\"end\":true,\"count\":0}}\n"), "line 3"),
        (&format!("{{\"end\":true,\"count\":1}}\n{node}\n"), "line 2"),
    ] {
        let Problem::Malformed { place: found, .. } = problem(text) else {
            panic!("{text}: {:?}", problem(text))
        };
        assert!(found == place || place.is_empty(), "{text}: {found}");
    }
    let Problem::Malformed { expected, .. } = problem("<!doctype html>") else { panic!() };
    assert!(expected.contains("page for people"));
}

#[test]
fn words_in_place_of_lines_are_passed_on() {
    let text = r#"{"type":"about:blank","detail":"come back\u202e later"}"#;
    let Problem::Rejected { message, .. } = problem(text) else { panic!() };
    assert_eq!(message, "come back later.");
}

#[test]
fn depth_and_names_have_limits() {
    let deep: Vec<String> =
        (0..70).map(|level| format!(r#"{{"level":{level},"kind":"tenant"}}"#)).collect();
    assert!(matches!(problem(&deep.join("\n")), Problem::TooLarge { .. }));
    let nested = format!("{{\"x\":{}\n", "[".repeat(100));
    assert!(matches!(problem(&nested), Problem::TooLarge { .. }));
    let long = format!(r#"{{"level":0,"kind":"tenant","name":"{}"}}"#, "x".repeat(3_000));
    let (tree, ended) = read(&[whole(&[&long]).as_bytes()]);
    assert_eq!((tree.name(1).len(), ended.unwrap().len()), (1_024, 1));
}

proptest! {
    /// Lines with things lost, doubled and bent.
    #[test]
    fn whatever_comes_is_told_the_same_in_any_pieces(
        parts in prop::collection::vec(prop::sample::select(vec![
            r#"{"level":0,"kind":"tenant","name":"a"}"#, r#"{"level":1,"kind":"x"}"#, "\n", "\n\n",
            r#"{"end":true,"count":2}"#, "{", "}", "\"", "null", "7", ",", "\\", "[", "é", "<",
            r#""licenses":{"a":{"assigned":1"#,
        ]), 0..12),
        size in 1_usize..5,
    ) {
        let text = parts.concat();
        let (tree, ended) = read(&[text.as_bytes()]);
        let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
        let (in_pieces, ended_in_pieces) = read(&pieces);
        prop_assert_eq!(shown(&tree), shown(&in_pieces));
        match (ended, ended_in_pieces) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
            (Err(one), Err(other)) => prop_assert_eq!(one.what(), other.what()),
            (one, other) => prop_assert!(false, "{:?} {:?}", one, other),
        }
    }
}
