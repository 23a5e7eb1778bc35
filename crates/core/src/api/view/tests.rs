use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::draas::{Entity, Level};
use crate::estate::{Figure, Kind, Measure, Meter, Tree, Uuid};

/// Group 1 > (distributor 2 > reseller 3 > tenant 4 > subscription 7), tenant 5.
fn estate() -> Rc<Estate> {
    let mut tree = Tree::new("never told");
    let mut add = |parent, kind, id: u128, name: &str| {
        let node = tree.append(parent, kind);
        if kind == Kind::Subscription {
            tree.set_subscription_id(node, 7);
        } else {
            tree.set_uuid(node, Uuid::from_u128(id));
        }
        tree.set_name(node, name);
        node
    };
    let group = add(0, Kind::Group, 1, "the group");
    let distributor = add(group, Kind::Distributor, 2, "the distributor");
    let reseller = add(distributor, Kind::Reseller, 3, "a \"reseller\"");
    let tenant = add(reseller, Kind::Tenant, 4, "a tenant");
    let subscription = add(tenant, Kind::Subscription, 0, "a subscription");
    add(group, Kind::Tenant, 5, "a sibling");
    tree.set_figure(subscription, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(5));
    tree.set_figure(subscription, Meter::TEAMS_USERS, Measure::InUse, Figure::known(8));
    Rc::new(Estate::of(tree, "digest".to_owned()))
}

fn scope(level: Level, id: u128) -> Scope {
    Scope::Entity(Entity { level, uuid: Uuid::from_u128(id) })
}

fn view(scopes: &[Scope]) -> View {
    View::of(&estate(), scopes, "draas").expect("something opened")
}

fn written(mut view: View, format: Format, up_to: usize) -> String {
    let mut out = Vec::new();
    while view.write_nodes(format, up_to, &mut out) {}
    String::from_utf8(out).unwrap()
}

#[test]
fn a_document_has_the_opened_part_and_nothing_of_what_is_above() {
    let text = written(view(&[scope(Level::Reseller, 3)]), Format::Json, 100);
    let all: Value = serde_json::from_str(&text).unwrap();
    let nodes = all["nodes"].as_array().unwrap();
    assert_eq!((nodes.len(), &all["count"], &all["version"]), (3, &3.into(), &1.into()));
    assert_eq!(nodes[0]["parent"], Value::Null);
    assert_eq!((&nodes[0]["level"], &nodes[2]["level"]), (&0.into(), &2.into()));
    assert_eq!(nodes[1]["parent"], nodes[0]["id"]);
    assert_eq!(nodes[2]["id"], format!("subscription:{}:7", Uuid::from_u128(4)));
    assert_eq!(nodes[2]["findings"][0], "over");
    let teams = &nodes[2]["licenses"]["msTeamsUsers"];
    assert_eq!(
        (&teams["assigned"], &teams["in_use"], &teams["available"]),
        (&5.into(), &8.into(), &(-3).into())
    );
    assert_eq!(nodes[0]["licenses"]["msTeamsUsers"]["assigned"], Value::Null, "unknown, not 0");
    for above in ["group", "distributor", "sibling", "never told", &Uuid::from_u128(2).to_string()]
    {
        assert!(!text.contains(above), "{above} in {text}");
    }
}

#[test]
fn scopes_within_one_another_are_told_once_and_the_whole_is_without_its_connection() {
    let both = [scope(Level::Tenant, 4), scope(Level::Reseller, 3), scope(Level::Tenant, 5)];
    assert_eq!(written(view(&both), Format::Lines, 100).lines().count(), 4 + 1);
    let whole = written(view(&[Scope::Upstream("draas".to_owned())]), Format::Lines, 100);
    assert_eq!(whole.lines().count(), 6 + 1);
    assert!(whole.lines().last().unwrap().contains("\"end\":true"));
    assert!(!whole.contains("never told"));
    assert!(View::of(&estate(), &[Scope::Upstream("other".to_owned())], "draas").is_none());
    assert!(View::of(&estate(), &[scope(Level::Reseller, 9)], "draas").is_none());
}

#[test]
fn a_part_of_what_is_opened_is_told_as_if_it_were_all() {
    let reseller = view(&[scope(Level::Reseller, 3), scope(Level::Tenant, 5)]);
    let entity = |level, id| Entity { level, uuid: Uuid::from_u128(id) };
    let part = reseller.clone().within(entity(Level::Tenant, 4)).unwrap();
    let tag = part.tag("lines");
    let (part, whole) = (written(part, Format::Lines, 2), view(&[scope(Level::Tenant, 4)]));
    assert_eq!(tag, whole.tag("lines"));
    assert_eq!(part, written(whole, Format::Lines, 100));
    for (level, id) in [(Level::Group, 1), (Level::Distributor, 2), (Level::Tenant, 9)] {
        assert!(reseller.clone().within(entity(level, id)).is_none());
    }
}

#[test]
fn a_node_is_shown_within_the_opened_part_only() {
    let view = view(&[scope(Level::Reseller, 3)]);
    let node = |level, id| view.node(NodeName::Entity(Entity { level, uuid: Uuid::from_u128(id) }));
    let reseller: Value = serde_json::from_str(&node(Level::Reseller, 3).unwrap()).unwrap();
    assert_eq!(reseller["children"][0], format!("tenant:{}", Uuid::from_u128(4)));
    assert_eq!(reseller["name"], "a \"reseller\"");
    for (level, id) in
        [(Level::Group, 1), (Level::Distributor, 2), (Level::Tenant, 5), (Level::Tenant, 9)]
    {
        assert_eq!(node(level, id), None);
    }
}

#[test]
fn findings_are_told_in_detail() {
    let mut view = view(&[scope(Level::Tenant, 4)]);
    let mut out = Vec::new();
    while view.write_findings(1, &mut out) {}
    let all: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(all["count"], 1);
    let found = &all["findings"][0];
    assert_eq!(found["node"], format!("subscription:{}:7", Uuid::from_u128(4)));
    assert_eq!(found["findings"][0]["finding"], "over");
    assert_eq!(found["findings"][0]["license"], "msTeamsUsers");
    assert_eq!(found["findings"][0]["in_use"], 8);
}

#[test]
fn a_tag_stays_as_long_as_what_is_written() {
    let (one, other) = (scope(Level::Reseller, 3), scope(Level::Tenant, 5));
    let one = [one];
    let tag = view(&one).tag("json");
    assert_eq!(tag, view(&one).tag("json"));
    assert_ne!(tag, view(&[other]).tag("json"));
    assert_ne!(tag, view(&one).tag("lines"));
    assert!(tag.starts_with('"') && tag.ends_with('"'));
}

proptest! {
    #[test]
    fn pieces_of_any_size_make_the_same_text(up_to in 1_usize..9, is_lines in any::<bool>()) {
        let format = if is_lines { Format::Lines } else { Format::Json };
        let scopes = [scope(Level::Reseller, 3), scope(Level::Tenant, 5)];
        prop_assert_eq!(written(view(&scopes), format, up_to), written(view(&scopes), format, 1_000));
    }
}

#[test]
fn lines_are_written_when_they_are_asked_for() {
    assert_eq!(Format::accepted(Some("text/html, application/x-ndjson;q=0.9")), Format::Lines);
    for accept in [None, Some("*/*"), Some("application/json"), Some("")] {
        assert_eq!(Format::accepted(accept), Format::Json);
    }
}
