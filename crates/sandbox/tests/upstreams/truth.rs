//! The served tree against the truth, over several seeds and sizes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::harness::{LIVE, MACHINE, Running, sandbox};

const LISTS: [&str; 4] = ["distributors", "resellers", "tenants", "subscriptions"];

fn detailed(running: &Running) -> String {
    let uuid = &running.truth().draas.group.uuid;
    let path = format!("/api/v01/draas/draas_v1/groups/{uuid}/licenses?detailed=true");
    running.get(&running.draas(&path), &[MACHINE]).body
}

/// Assigned, in use, users, resource accounts, channels.
type Numbers = [u64; 5];

fn numbers(entity: &Value) -> Numbers {
    let number = |path: &str| entity.pointer(path).and_then(Value::as_u64).unwrap();
    [
        number("/msTeamsUsers/assigned"),
        number("/msTeamsUsers/inUse"),
        number("/msTeamsUsers/inUseMsUsers"),
        number("/msTeamsUsers/inUseMsResourceAccount"),
        number("/sipTrunkChannels/assigned"),
    ]
}

#[derive(Default)]
struct Seen {
    counts: BTreeMap<&'static str, usize>,
    over_limit: usize,
    empty_lists: usize,
    missing_lists: usize,
}

/// Walks the tree; every parent has to be the sum of its children.
fn walk(entity: &Value, own: Numbers, seen: &mut Seen) {
    let mut sum = Numbers::default();
    let mut children = 0;
    for list in LISTS {
        let Some(entries) = entity.get(list) else { continue };
        let entries = entries.as_array().unwrap();
        seen.empty_lists += usize::from(entries.is_empty());
        for child in entries {
            let child_numbers = numbers(child);
            for (total, number) in sum.iter_mut().zip(child_numbers) {
                *total += number;
            }
            children += 1;
            *seen.counts.entry(list).or_default() += 1;
            if list == "subscriptions" {
                assert!(child["id"].is_u64() && child.get("uuid").is_none());
                assert_eq!(child_numbers[1], child_numbers[2] + child_numbers[3], "in use");
                seen.over_limit += usize::from(child_numbers[1] > child_numbers[0]);
            } else {
                assert!(child["uuid"].is_string() && child.get("id").is_none());
                walk(child, child_numbers, seen);
            }
        }
    }
    if children == 0 && !LISTS.iter().any(|list| entity.get(list).is_some()) {
        seen.missing_lists += 1;
    }
    assert_eq!(sum, own, "{}", entity["name"]);
}

#[test]
fn served_tree_adds_up_to_the_truth_for_any_seed_and_size() {
    for (seed, size) in
        [(1, 1), (1, 2), (2, 5), (3, 6), (4, 7), (5, 40), (6, 333), (1, 2000), (7, 2000), (8, 9999)]
    {
        let (seed, size) = (format!("{seed}"), format!("{size}"));
        let running = sandbox(&["--serve", "draas", "--seed", &seed, "--size", &size]);
        let truth = &running.truth().draas;
        let reply: Value = serde_json::from_str(&detailed(&running)).unwrap();
        let mut found = Seen::default();
        walk(&reply["group"], numbers(&reply), &mut found);

        let teams = truth.teams;
        let expected = [
            teams.assigned,
            teams.in_use,
            teams.users,
            teams.resource_accounts,
            truth.sip.assigned,
        ];
        assert_eq!(numbers(&reply), expected, "seed {seed}, size {size}");
        for list in LISTS {
            let counted = found.counts.get(list).copied().unwrap_or_default();
            assert_eq!(counted, truth.counts[list], "{list}, seed {seed}, size {size}");
        }
        assert_eq!(found.counts.values().sum::<usize>() + 1, truth.nodes);
        assert_eq!(truth.nodes.to_string(), size);
        assert_eq!(found.over_limit, truth.over_limit);
        if truth.nodes >= 2000 {
            assert!(found.over_limit > 0 && found.empty_lists > 0 && found.missing_lists > 0);
        }
    }
}

#[test]
fn samples_and_the_deep_tenant_are_what_the_server_says() {
    let running = sandbox(&[]);
    let draas = &running.truth().draas;
    let deep = draas.deep_tenant.as_ref().unwrap();
    let reply: Value = serde_json::from_str(&detailed(&running)).unwrap();
    let mut at = &reply["group"];
    assert_eq!(at["name"], deep.path[0]);
    for (list, name) in ["distributors", "resellers", "tenants"].into_iter().zip(&deep.path[1..]) {
        at = at[list].as_array().unwrap().iter().find(|child| child["name"] == **name).unwrap();
    }
    assert_eq!(at["uuid"], deep.uuid);
    let teams = deep.teams;
    let expected =
        [teams.assigned, teams.in_use, teams.users, teams.resource_accounts, deep.sip.assigned];
    assert_eq!(numbers(at), expected);
    assert_eq!(at["subscriptions"].as_array().unwrap().len(), deep.subscriptions);

    let body = detailed(&running);
    let samples = &draas.samples;
    let named = [&samples.distributor, &samples.reseller, &samples.tenant];
    let names = named.into_iter().map(|named| &named.as_ref().unwrap().name);
    for name in names.chain([&samples.subscription.as_ref().unwrap().name]) {
        let name = Value::from(name.clone()).to_string().replace('&', "\\u0026");
        assert_eq!(body.matches(&format!("\"name\":{name}")).count(), 1, "{name}");
    }
}

#[test]
fn names_try_the_reader() {
    let running = sandbox(&["--serve", "draas"]);
    let reply: Value = serde_json::from_str(&detailed(&running)).unwrap();
    let mut names = Vec::new();
    collect(&reply["group"], &mut names);
    for part in ["<img src=x onerror=", "=HYPERLINK(", "\"Sons\"", "&", "ü", "شركة"] {
        assert!(names.iter().any(|name| name.contains(part)), "{part}");
    }
    let distinct: std::collections::HashSet<_> = names.iter().collect();
    assert!(distinct.len() > 600, "{} names", distinct.len());
}

fn collect(entity: &Value, names: &mut Vec<String>) {
    names.push(entity["name"].as_str().unwrap().to_owned());
    for child in
        LISTS.iter().filter_map(|list| entity.get(list)).flat_map(|l| l.as_array().unwrap())
    {
        collect(child, names);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let served = |seed: &str| {
        let running = sandbox(&["--seed", seed]);
        let list = running.get(&running.live("/tenantui/api/v3/customer"), &[LIVE]).body;
        (detailed(&running), list, serde_json::to_string(running.truth()).unwrap())
    };
    let one = served("1");
    assert!(one == served("1"));
    let two = served("2");
    assert!(one.0 != two.0 && one.1 != two.1);
}

#[test]
fn more_users_and_services_leave_the_tree_as_it_is() {
    let few = sandbox(&["--users", "3", "--services", "2"]);
    let many = sandbox(&["--users", "900", "--services", "70"]);
    assert!(detailed(&few) == detailed(&many));
}

#[test]
fn a_tree_of_a_hundred_thousand_is_one_reply() {
    let running = sandbox(&["--serve", "draas", "--size", "100000"]);
    let body = detailed(&running);
    assert!(body.len() > 15_000_000, "{}", body.len());
    assert!(body == detailed(&running), "asked for again, it is the same");
}
