//! What receivers are told: each change once, whatever was muted or unknown meanwhile.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail them too")]

mod model;
mod properties;

use std::collections::BTreeMap;

use seatree_core::api::{Estate, NodeName};
use seatree_core::estate::{Figure, Kind, Measure, Meter, Tree, Uuid};
use seatree_core::webhooks::{
    Event, Failure, Moment, Mute, Place, Receiver, Seen, Standing, Topic,
};
use serde_json::Value;

use model::{GROUP, HOUR_MS, Shape, Told, body, receiver, tenant};

fn one(in_use: impl Into<Option<i64>>) -> Shape {
    let figures = (Some(10), in_use.into());
    Shape { group: (None, None), resellers: [(None, None); 2], tenants: vec![Some((0, figures))] }
}

#[test]
fn a_first_reading_tells_nothing_and_the_next_only_what_is_different() {
    let receiver = receiver(&[80, 90], None);
    let mut told = Told::default();
    let kinds = |events: Vec<Event>| events.iter().map(|event| event.kind).collect::<Vec<_>>();
    assert_eq!(kinds(told.read(&receiver, &[], &one(8), 0)), [""; 0]);
    for (at, in_use, expected) in [
        (1, Some(8), None),
        (2, Some(9), Some("license.near")),
        (3, Some(10), None),
        (4, Some(11), Some("license.over")),
        (5, Some(20), None),
        (6, None, None),
        (7, Some(12), None),
        (8, Some(8), Some("license.eased")),
        (9, Some(7), Some("license.eased")),
        (10, Some(11), Some("license.over")),
        (11, Some(0), Some("license.eased")),
    ] {
        let events = told.read(&receiver, &[], &one(in_use), at * HOUR_MS);
        assert_eq!(kinds(events), expected.into_iter().collect::<Vec<_>>(), "{in_use:?}");
    }
}

#[test]
fn what_rises_is_told_at_once_and_that_it_fell_only_once_it_has_settled() {
    let receiver = Receiver { eased_after_s: 2 * 3_600, ..receiver(&[80, 90], None) };
    let mut told = Told::default();
    let kinds = |events: Vec<Event>| {
        let level = |event: &Event| body(event)["data"]["level"].clone();
        events.iter().map(|event| (event.kind, level(event))).collect::<Vec<_>>()
    };
    let (near, over, eased) = ("license.near", "license.over", "license.eased");
    told.read(&receiver, &[], &one(1), 0);
    for (hour, in_use, expected) in [
        (1, Some(8), Some((near, 80.into()))),
        (2, Some(7), None),
        (3, Some(8), None),
        (4, Some(7), None),
        (5, None, None),
        (6, Some(9), Some((near, 90.into()))),
        (7, Some(11), Some((over, "over".into()))),
        (8, Some(9), None),
        // Two hours ago it was over.
        (9, Some(8), Some((eased, 80.into()))),
        (10, Some(7), None),
        (11, Some(8), None),
        (12, Some(7), None),
        (13, Some(7), Some((eased, Value::Null))),
        (14, Some(8), Some((near, 80.into()))),
        // Nobody looked for long: it was not seen up there since.
        (38, Some(7), Some((eased, Value::Null))),
    ] {
        let events = told.read(&receiver, &[], &one(in_use), hour * HOUR_MS);
        assert_eq!(kinds(events), expected.into_iter().collect::<Vec<_>>(), "at {hour}");
    }
    // What is gone does not come back to where it was.
    told.read(&receiver, &[], &one(8), 39 * HOUR_MS);
    let gone = Shape { tenants: vec![], ..one(0) };
    let events = told.read(&receiver, &[], &gone, 40 * HOUR_MS);
    assert_eq!(kinds(events), [(eased, Value::Null)]);
    assert!(told.standing.is_empty());
}

#[test]
fn an_event_says_where_what_and_since_when_and_nothing_of_what_is_above() {
    let receiver = receiver(&[80], Some(0));
    let mut told = Told::default();
    told.read(&receiver, &[], &one(1), 0);
    let events = told.read(&receiver, &[], &one(12), 1_795_380_093_000);
    let [event] = &events[..] else { panic!("{events:?}") };
    let document = body(event);
    let id = tenant(0);
    assert_eq!(
        document,
        serde_json::json!({
            "version": 1, "id": event.id, "type": "license.over",
            "timestamp": "2026-11-22T20:41:33Z", "upstream": "draas",
            "data": {
                "finding": document["data"]["finding"], "since": "2026-11-22T20:41:33Z",
                "node": { "id": id, "kind": "tenant", "name": id },
                "license": "msTeamsUsers", "assigned": 10, "in_use": 12, "level": "over", "before": null,
            },
        })
    );
    assert!(event.id.starts_with("evt_") && event.id.len() == 44, "{}", event.id);
    // Gone from where it looks: it is told as it was, with the same finding.
    let moved = Shape { tenants: vec![Some((1, (Some(10), Some(12))))], ..one(0) };
    let events = told.read(&receiver, &[], &moved, 1_795_380_100_000);
    let gone = body(&events[0]);
    assert_eq!(gone["type"], "license.eased");
    assert_eq!((&gone["data"]["gone"], &gone["data"]["level"]), (&true.into(), &Value::Null));
    assert_eq!(gone["data"]["finding"], document["data"]["finding"]);
    assert_eq!(gone["data"]["since"], "2026-11-22T20:41:33Z");
    assert_eq!(gone["data"]["node"]["name"], id);
}

#[test]
fn what_a_receiver_does_not_want_it_is_not_told() {
    let mut receiver = receiver(&[80], None);
    receiver.topics = [Topic::Over].into_iter().collect();
    let mut told = Told::default();
    told.read(&receiver, &[], &one(1), 0);
    assert_eq!(told.read(&receiver, &[], &one(9), HOUR_MS), []);
    assert_eq!(told.read(&receiver, &[], &one(11), 2 * HOUR_MS)[0].kind, "license.over");
    assert_eq!(
        body(&told.read(&receiver, &[], &one(9), 3 * HOUR_MS)[0])["data"]["level"],
        Value::Null
    );
    // Who wants nearness only is told of it, however far it goes.
    receiver.topics = [Topic::Near].into_iter().collect();
    let mut told = Told::default();
    told.read(&receiver, &[], &one(1), 0);
    assert_eq!(told.read(&receiver, &[], &one(30), HOUR_MS)[0].kind, "license.near");
    // And once it is not wanted any more, there is silence.
    receiver.topics = [Topic::Sums].into_iter().collect();
    assert_eq!(told.read(&receiver, &[], &one(30), 2 * HOUR_MS), []);
    assert!(told.standing.is_empty());
}

#[test]
fn what_nobody_reads_one_by_one_is_told_as_counts_and_the_worst_first() {
    let many = |in_use| {
        let mut tree = Tree::new("");
        for number in 0..700_u32 {
            let node = tree.append(0, Kind::Tenant);
            tree.set_uuid(node, Uuid::from_u128(u128::from(number) + 1));
            tree.set_figure(node, Meter::TEAMS_USERS, Measure::Assigned, Figure::known(10));
            let in_use = if number >= 690 && in_use > 0 { 11 } else { in_use };
            tree.set_figure(node, Meter::TEAMS_USERS, Measure::InUse, Figure::known(in_use));
        }
        Estate::of(tree, String::new())
    };
    let receiver = receiver(&[80], None);
    let estate = many(9);
    let seen = Seen::of(&estate, 80);
    let moment = Moment { upstream: "draas", taken_ms: 0, before_ms: None };
    let news = receiver.news("desk", &[], &BTreeMap::new(), &seen, moment, false);
    assert_eq!(news.events.len(), 501);
    assert!(news.events[..10].iter().all(|event| event.kind == "license.over"));
    assert_eq!(news.events[500].kind, "events.omitted");
    assert_eq!(
        body(&news.events[500])["data"]["omitted"],
        serde_json::json!({ "license.near": 200 })
    );
    assert_eq!(news.kept.len(), 700, "all count as told");
}

#[test]
fn an_upstream_is_down_after_enough_failures_and_up_with_the_next_reading() {
    let receiver = receiver(&[80], None);
    let moment = Moment { upstream: "draas", taken_ms: 5_000, before_ms: None };
    let failure = |tries| Failure { tries, since_ms: 1_000, why: "unreachable".to_owned() };
    let after = |tries, told: Option<&Standing>, mutes: &[Mute]| {
        receiver.failure("desk", mutes, told, &failure(tries), 3, moment)
    };
    assert_eq!(after(2, None, &[]).events, []);
    let down = after(3, None, &[]);
    let document = body(&down.events[0]);
    assert_eq!(document["type"], "upstream.down");
    assert_eq!(
        (&document["data"]["tries"], &document["data"]["why"]),
        (&3.into(), &"unreachable".into())
    );
    assert_eq!(document["data"]["since"], "1970-01-01T00:00:01Z");
    // Also where no reading ever succeeded before.
    let mut told = Told::default();
    told.standing.extend(down.kept.into_iter().filter_map(|(place, kept)| Some((place, kept?))));
    assert_eq!(after(4, told.standing.get(&Place::Upstream), &[]).events, []);
    // Rules about nodes hold nothing back that is about the whole.
    let node = Mute { below: vec![NodeName::parse(GROUP).unwrap()], ..Mute::default() };
    assert_eq!(after(3, None, &[node]).events.len(), 1);
    let mute = Mute { topics: [Topic::Upstream].into_iter().collect(), ..Mute::default() };
    let held = after(3, None, &[mute]);
    assert_eq!((held.events.len(), held.kept.len(), held.muted), (0, 0, 1));
    let up = told.read(&receiver, &[], &one(1), HOUR_MS);
    assert_eq!(up[0].kind, "upstream.up");
    assert_eq!(body(&up[0])["data"]["since"], "1970-01-01T00:00:01Z");
    assert!(told.standing.is_empty());
}
