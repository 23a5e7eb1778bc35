//! Snapshots kept as changes: each can be told exactly, whatever was cut off or pruned meanwhile.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use seatree_core::api::{Estate, NodeName};
use seatree_core::draas::{Entity, Level};
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};
use seatree_core::snapshot::{
    Access, Comparison, History, Key, Moment, Opened, Plan, Range, Row, Version,
};
use seatree_core::visitors::Scope;

const KINDS: [Kind; 5] =
    [Kind::Group, Kind::Distributor, Kind::Reseller, Kind::Tenant, Kind::Subscription];

/// What a node of a made-up tree has.
#[derive(Clone, Debug)]
struct Seed {
    depth: usize,
    /// 0 for none.
    id: u8,
    name: u8,
    assigned: Option<i64>,
    in_use: Option<i64>,
}

fn seed() -> impl Strategy<Value = Seed> {
    let figure = || prop_oneof![2 => Just(None), 5 => (0_i64..6).prop_map(Some)];
    (1_usize..6, 0_u8..40, 0_u8..3, figure(), figure())
        .prop_map(|(depth, id, name, assigned, in_use)| Seed { depth, id, name, assigned, in_use })
}

/// Level by level below a group, as deep as there is something above. Ids may stand twice.
fn tree(seeds: &[Seed]) -> Tree {
    let mut tree = Tree::new("");
    let group = tree.append(0, Kind::Group);
    tree.set_uuid(group, Uuid::from_u128(1_000));
    let mut open = vec![0, group];
    for seed in seeds {
        let depth = seed.depth.clamp(1, 4).min(open.len() - 1);
        open.truncate(depth + 1);
        let node = tree.append(open[depth], KINDS[depth]);
        match (depth, seed.id) {
            (_, 0) => {}
            (4, id) => tree.set_subscription_id(node, u64::from(id % 5)),
            (_, id) => tree.set_uuid(node, Uuid::from_u128(u128::from(id))),
        }
        tree.set_name(node, ["a", "b", "c"][usize::from(seed.name)]);
        for (measure, figure) in [(Measure::Assigned, seed.assigned), (Measure::InUse, seed.in_use)]
        {
            tree.set_figure(node, Meter::TEAMS_USERS, measure, Figure::from(figure));
        }
        open.push(node);
    }
    tree
}

/// What can be told of a node without rows: its name and figures.
type Naive = BTreeMap<String, (String, Option<i64>, Option<i64>)>;

/// The nodes of a tree that can be told from all others.
fn naive(tree: &Tree) -> Naive {
    let all = || 1..tree.end(0);
    let is_only = |node: NodeId| {
        tree.uuid(node).is_some() && all().filter(|o| tree.uuid(*o) == tree.uuid(node)).count() == 1
    };
    let name = |node: NodeId| {
        let word = tree.kind(node).word();
        if tree.kind(node) != Kind::Subscription {
            return Some(format!("{word}:{}", tree.uuid(node).filter(|_| is_only(node))?));
        }
        let (tenant, id) = (tree.parent(node)?, tree.subscription_id(node)?);
        let same = tree.children(tenant).filter(|other| tree.subscription_id(*other) == Some(id));
        let uuid = tree.uuid(tenant).filter(|_| is_only(tenant) && same.count() == 1)?;
        Some(format!("{word}:{uuid}:{id}"))
    };
    all()
        .filter_map(|node| {
            let reading = tree.reading(node, Meter::TEAMS_USERS);
            let figures =
                (tree.name(node).to_owned(), reading.assigned.get(), reading.in_use.get());
            Some((name(node)?, figures))
        })
        .collect()
}

/// Rows as a database keeps them.
#[derive(Clone, Default)]
struct Kept {
    rows: Vec<(Key, Version)>,
    moments: Vec<Moment>,
}

impl Kept {
    fn at(&self, id: u64) -> Vec<(Key, Row)> {
        let held = self.rows.iter().filter(|(_, version)| version.holds_at(id));
        let mut rows: Vec<_> = held.map(|(key, version)| (*key, version.row.clone())).collect();
        rows.sort_by_key(|(key, _)| *key);
        rows
    }

    fn told(&self, id: u64) -> Naive {
        let figures = |row: &Row| {
            let reading = row.licenses.get("msTeamsUsers").copied().unwrap_or_default();
            (row.name.clone(), reading.assigned.get(), reading.in_use.get())
        };
        self.at(id).iter().map(|(key, row)| (key.name().to_string(), figures(row))).collect()
    }

    fn last(&self) -> u64 {
        self.moments.last().map_or(0, |moment| moment.id)
    }

    /// Compares and writes; only some pages where it is cut off.
    fn write(&mut self, tree: Tree, page: usize, up_to_pages: usize) {
        let (last, id) = (self.last(), self.last() + 1);
        let mut comparison = Comparison::new(Rc::new(Estate::of(tree, String::new())), page);
        let (mut pages, mut written) = (0, 0);
        while !comparison.is_done() {
            if pages == up_to_pages {
                return;
            }
            pages += 1;
            let rows = self.at(last).into_iter();
            let wanted = rows.filter(|(key, _)| comparison.after().is_none_or(|after| key > after));
            let wanted: Vec<_> = wanted.take(page).collect();
            let changes = comparison.compare(wanted);
            assert!(changes.len() <= 2 * page);
            written += changes.len() as u64;
            for change in changes {
                assert_ne!(change.before, change.after);
                for (key, version) in &mut self.rows {
                    if *key == change.key && version.until.is_none() {
                        version.until = Some(id);
                    }
                }
                if let Some(row) = change.after {
                    self.rows.push((change.key, Version { since: id, until: None, row }));
                }
            }
        }
        let nodes = comparison.nodes() as u64;
        self.moments.push(Moment { id, at_s: id * 100, nodes, changes: written });
    }

    /// Takes back what was written of a snapshot that is not whole.
    fn take_back(&mut self) {
        let id = self.last() + 1;
        self.rows.retain(|(_, version)| version.since != id);
        for (_, version) in &mut self.rows {
            if version.until == Some(id) {
                version.until = None;
            }
        }
    }

    fn prune(&mut self, plan: Plan, now_s: u64) {
        let Some(first) = plan.first_kept(&self.moments, now_s) else { return };
        self.moments.retain(|moment| moment.id >= first);
        self.rows.retain(|(_, version)| version.until.is_none_or(|until| until > first));
    }
}

proptest! {
    #[test]
    fn every_snapshot_is_told_exactly_whatever_was_cut_off_or_pruned(
        trees in prop::collection::vec(prop::collection::vec(seed(), 0..25), 1..7),
        page in 1_usize..9,
        cut in prop::collection::vec(0_usize..4, 7),
        keep_s in 0_u64..800,
    ) {
        let mut kept = Kept::default();
        let mut all: Vec<Naive> = Vec::new();
        let check = |kept: &Kept, all: &[Naive]| {
            for moment in &kept.moments {
                let index = usize::try_from(moment.id).unwrap() - 1;
                assert_eq!(kept.told(moment.id), all[index]);
                assert_eq!(moment.nodes, all[index].len() as u64);
            }
        };
        for (seeds, cut) in trees.iter().zip(cut) {
            // The worker is killed while it writes another tree; nothing of that is seen.
            let before = kept.moments.len();
            kept.write(tree(&seeds[seeds.len() / 2..]), page, cut);
            if kept.moments.len() == before {
                check(&kept, &all);
                kept.take_back();
            } else {
                all.push(naive(&tree(&seeds[seeds.len() / 2..])));
            }
            check(&kept, &all);
            kept.write(tree(seeds), page, usize::MAX);
            all.push(naive(&tree(seeds)));
            check(&kept, &all);
        }
        // What did not change costs nothing.
        let rows = kept.rows.len();
        let last = trees.last().unwrap();
        kept.write(tree(last), page, usize::MAX);
        all.push(naive(&tree(last)));
        prop_assert_eq!((kept.rows.len(), kept.moments.last().unwrap().changes), (rows, 0));

        kept.prune(Plan { every_s: 100, keep_s }, kept.last() * 100);
        prop_assert!(!kept.moments.is_empty());
        let oldest_s = (kept.last() * 100).saturating_sub(keep_s);
        prop_assert!(kept.moments.iter().all(|moment| moment.at_s >= oldest_s));
        check(&kept, &all);
        // Nothing is left that no snapshot needs.
        let needed = |version: &Version| kept.moments.iter().any(|one| version.holds_at(one.id));
        prop_assert!(kept.rows.iter().all(|(_, version)| needed(version)));
    }
}

/// Distributor 10 > reseller 1 or 2 > tenant 3, with so many users.
fn with_tenant(reseller: Option<u128>, in_use: i64) -> Tree {
    let mut tree = Tree::new("");
    let distributor = tree.append(0, Kind::Distributor);
    tree.set_uuid(distributor, Uuid::from_u128(10));
    for id in [1, 2] {
        let node = tree.append(distributor, Kind::Reseller);
        tree.set_uuid(node, Uuid::from_u128(id));
        if reseller == Some(id) {
            let tenant = tree.append(node, Kind::Tenant);
            tree.set_uuid(tenant, Uuid::from_u128(3));
            tree.set_name(tenant, "Harbor");
            tree.set_figure(tenant, Meter::TEAMS_USERS, Measure::InUse, Figure::known(in_use));
        }
    }
    tree
}

fn scope(level: Level, id: u128) -> Entity {
    Entity { level, uuid: Uuid::from_u128(id) }
}

fn opened(entity: Entity) -> Opened {
    Opened::of(&[Scope::Entity(entity)], "draas")
}

/// The tenant of these trees, one snapshot each.
fn history(trees: impl IntoIterator<Item = Tree>) -> (History, Key, Vec<Moment>) {
    let mut kept = Kept::default();
    for tree in trees {
        kept.write(tree, 2, usize::MAX);
    }
    let key = Key::of(NodeName::Entity(scope(Level::Tenant, 3)));
    let mut history = History::of(key);
    while let Some(wanted) = history.wants() {
        let of_it = kept.rows.iter().filter(|(key, _)| *key == wanted);
        history.add(wanted, of_it.map(|(_, version)| version.clone()).collect());
    }
    (history, key, kept.moments)
}

#[test]
fn a_history_has_a_point_for_each_change_and_for_what_went() {
    let trees = [(Some(1), 5), (Some(1), 5), (Some(1), 7), (None, 0), (Some(1), 7)];
    let (history, key, moments) = history(trees.map(|(place, users)| with_tenant(place, users)));
    let whole = Opened::of(&[Scope::Upstream("draas".to_owned())], "draas");
    let told: serde_json::Value =
        serde_json::from_str(&history.json(key, &moments, Range::default(), &whole)).unwrap();
    let points: Vec<(&str, i64)> = told["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| {
            let users = point["licenses"]["msTeamsUsers"]["in_use"].as_i64();
            (point["at"].as_str().unwrap(), users.unwrap_or(-1))
        })
        .collect();
    assert_eq!(
        points,
        [
            ("1970-01-01T00:01:40Z", 5),
            ("1970-01-01T00:05:00Z", 7),
            ("1970-01-01T00:06:40Z", -1),
            ("1970-01-01T00:08:20Z", 7),
        ]
    );
    assert_eq!(told["points"][0]["name"], "Harbor");
    assert!(told["points"][0]["licenses"]["msTeamsUsers"]["assigned"].is_null(), "unknown, not 0");
    assert_eq!(
        (&told["points"][2]["present"], &told["last"]),
        (&false.into(), &"1970-01-01T00:08:20Z".into())
    );
    // A span begins with what was then.
    let range = Range { from_s: 150, to_s: 350 };
    let told: serde_json::Value =
        serde_json::from_str(&history.json(key, &moments, range, &whole)).unwrap();
    assert_eq!((&told["first"], &told["count"]), (&"1970-01-01T00:03:20Z".into(), &2.into()));
}

#[test]
fn what_a_node_was_is_told_to_whom_it_belongs_for_the_time_that_it_did() {
    let trees = [(Some(1), 5), (Some(2), 6), (Some(2), 7)];
    let (history, key, moments) = history(trees.map(|(place, users)| with_tenant(place, users)));
    let seen = |opened: &Opened| {
        let points = history.points(&moments, opened);
        points.iter().map(|point| point.row.is_some()).collect::<Vec<_>>()
    };
    let [former, owner, above, itself, elsewhere] = [
        scope(Level::Reseller, 1),
        scope(Level::Reseller, 2),
        scope(Level::Distributor, 10),
        scope(Level::Tenant, 3),
        scope(Level::Reseller, 9),
    ]
    .map(opened);
    assert_eq!(history.access(&moments, &former), Access::Outside);
    assert_eq!(history.access(&moments, &elsewhere), Access::Outside);
    assert_eq!(history.access(&moments, &Opened::of(&[], "draas")), Access::Outside);
    assert_eq!(history.access(&moments, &owner), Access::Inside);
    assert_eq!(seen(&owner), [false, true, true], "nothing of the time with the former");
    assert_eq!(seen(&above), [true, true, true]);
    assert_eq!(seen(&itself), [true, true, true]);
    let told = history.json(key, &moments, Range::default(), &owner);
    assert!(!told.contains("reseller:"), "{told}");
    // Nobody has seen it yet.
    assert_eq!(history.access(&moments[..0], &owner), Access::Unknown);
}

#[test]
fn what_went_stays_whose_it_was() {
    let trees = [(Some(1), 5), (None, 0), (None, 0)];
    let (history, _, moments) = history(trees.map(|(place, users)| with_tenant(place, users)));
    assert_eq!(history.access(&moments, &opened(scope(Level::Reseller, 1))), Access::Inside);
    assert_eq!(history.access(&moments, &opened(scope(Level::Reseller, 2))), Access::Outside);
}
