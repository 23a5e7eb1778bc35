//! What holds whatever is read.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use seatree_core::api::NodeName;
use seatree_core::webhooks::{Level, Mute, Place, Receiver, Topic};

use crate::model::{
    HOUR_MS, Told, body, follow, level_of, receiver, reseller, shape, subject, subject_of, tenant,
    truth,
};

proptest! {
    #[test]
    fn each_change_is_told_once_and_what_stays_is_not(
        shapes in prop::collection::vec(shape(), 1..8),
        thresholds in prop::sample::subsequence(vec![50_u32, 80, 90, 100], 0..4),
        within in prop::option::of(0_usize..2),
    ) {
        let receiver = receiver(&thresholds, within);
        let mut told = Told::default();
        let mut stood: BTreeMap<Place, Level> = BTreeMap::new();
        for (number, shape) in shapes.iter().enumerate() {
            let events = told.read(&receiver, &[], shape, number as u64 * HOUR_MS);
            let truth = truth(shape, &thresholds, within);
            let stands = follow(&stood, &truth);
            prop_assert_eq!(&told.levels(), &stands);
            let mut expected: BTreeSet<String> = BTreeSet::new();
            if number > 0 {
                let places = stood.keys().chain(stands.keys().copied());
                let differs = |place: &&Place| stood.get(place) != stands.get(place);
                expected = places.filter(differs).map(subject_of).collect();
            }
            let subjects: Vec<String> = events.iter().map(subject).collect();
            prop_assert_eq!(subjects.len(), expected.len(), "{:?}", subjects);
            prop_assert_eq!(subjects.into_iter().collect::<BTreeSet<_>>(), expected);
            for event in &events {
                let data = &body(event)["data"];
                if let Some(level) = data.get("level") {
                    let (now, before) = (level_of(level), level_of(&data["before"]));
                    let kind = match now {
                        now if now < before => "license.eased",
                        Some(Level::Wrong) => "license.over",
                        _ => "license.near",
                    };
                    prop_assert_eq!(event.kind, kind);
                }
            }
            stood = stands.into_iter().map(|(place, level)| (place.clone(), level)).collect();
        }
        let ids: BTreeSet<&String> = told.events.iter().map(|event| &event.id).collect();
        prop_assert_eq!(ids.len(), told.events.len(), "every event has an id of its own");
    }

    #[test]
    fn a_level_that_was_told_stands_until_it_was_not_seen_for_as_long_as_is_set(
        readings in prop::collection::vec((shape(), 1_u64..4), 1..12),
        eased_after in 0_u64..5,
        within in prop::option::of(0_usize..2),
    ) {
        let thresholds = [50, 80];
        let eased_after_s = eased_after * HOUR_MS / 1_000;
        let receiver = Receiver { eased_after_s, ..receiver(&thresholds, within) };
        let mut told = Told::default();
        // Which level was told, when it was there last as far as anyone knows, and whether it is lower now.
        let mut stood: BTreeMap<Place, (Level, u64, bool)> = BTreeMap::new();
        let mut now = 0;
        for (number, (shape, hours)) in readings.iter().enumerate() {
            now += hours;
            let truth = truth(shape, &thresholds, within);
            let mut stands = BTreeMap::new();
            for (place, level) in &truth {
                let before = stood.get(place).copied();
                let next = match (*level, before) {
                    (None, Some((told, last, is_lower))) => {
                        Some((told, if is_lower { last } else { now }, is_lower))
                    }
                    (Some(level), Some((told, last, _)))
                        if level < Some(told) && now - last < eased_after =>
                    {
                        Some((told, last, true))
                    }
                    (level, _) => level.flatten().map(|level| (level, now, false)),
                };
                stands.extend(next.map(|next| (place.clone(), next)));
            }
            let events = told.read(&receiver, &[], shape, now * HOUR_MS);
            let levels = |all: &BTreeMap<Place, (Level, u64, bool)>| -> BTreeMap<Place, Level> {
                all.iter().map(|(place, (level, ..))| (place.clone(), *level)).collect()
            };
            let (before, after) = (levels(&stood), levels(&stands));
            let kept: BTreeMap<Place, Level> =
                told.levels().into_iter().map(|(place, level)| (place.clone(), level)).collect();
            prop_assert_eq!(&kept, &after);
            let places: BTreeSet<&Place> = before.keys().chain(after.keys()).collect();
            let changed = places.into_iter().filter(|place| before.get(place) != after.get(place));
            let expected = if number > 0 { changed.count() } else { 0 };
            prop_assert_eq!(events.len(), expected);
            stood = stands;
        }
    }

    #[test]
    fn what_is_muted_is_told_later_if_it_is_still_so(
        shapes in prop::collection::vec(shape(), 2..8),
        below in prop::option::of(0_usize..2),
        topics in prop::sample::subsequence(vec![Topic::Near, Topic::Over, Topic::Sums], 0..3),
    ) {
        let receiver = receiver(&[80], None);
        let until_ms = shapes.len() as u64 * HOUR_MS;
        let mute = Mute {
            topics: topics.iter().copied().collect(),
            below: below.map(|index| NodeName::parse(&reseller(index)).unwrap()).into_iter().collect(),
            until_s: i64::try_from(until_ms / 1_000).ok(),
            ..Mute::default()
        };
        let (mut told, mut all) = (Told::default(), Told::default());
        for (number, shape) in shapes.iter().enumerate() {
            let at = number as u64 * HOUR_MS;
            let events = told.read(&receiver, std::slice::from_ref(&mute), shape, at);
            all.read(&receiver, &[], shape, at);
            for event in &events {
                let topic = match event.kind {
                    "license.over" => Topic::Over,
                    "license.eased" if body(event)["data"]["before"] == "over" => Topic::Over,
                    "license.near" | "license.eased" => Topic::Near,
                    _ => Topic::Sums,
                };
                let is_of_topic = topics.is_empty() || topics.contains(&topic);
                let node = body(event)["data"]["node"]["id"].as_str().unwrap().to_owned();
                let is_below = below.is_none_or(|index| {
                    let owner = |number: usize| shape.tenants[number].is_some_and(|(of, _)| of == index);
                    node == reseller(index) || (0..4).any(|n| node == tenant(n) && owner(n))
                });
                prop_assert!(!(is_of_topic && is_below), "{}", event.body);
            }
        }
        // The rule is over: whatever stands otherwise than told is told now.
        let last = shapes.last().unwrap();
        told.read(&receiver, std::slice::from_ref(&mute), last, until_ms);
        all.read(&receiver, &[], last, until_ms);
        let known = truth(last, &[80], None);
        let is_known = |place: &&Place| known.get(place).is_none_or(Option::is_some);
        for place in told.standing.keys().chain(all.standing.keys()).filter(is_known) {
            let level = |told: &Told| told.standing.get(place).map(|standing| standing.level);
            prop_assert_eq!(level(&told), level(&all), "{:?}", place);
        }
    }
}
