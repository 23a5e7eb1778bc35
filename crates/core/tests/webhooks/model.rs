//! Estates made up of a few figures, what a person finds in them, and what is kept for a receiver.

use std::collections::BTreeMap;

use proptest::prelude::*;
use seatree_core::api::{Estate, NodeName};
use seatree_core::estate::{Figure, Kind, Measure, Meter, NodeId, Tree, Uuid};
use seatree_core::insight::Identity;
use seatree_core::webhooks::{
    Event, Key, Level, Moment, Mute, Patience, Place, Receiver, Seen, Standing, Topic,
};
use serde_json::Value;

pub(crate) const GROUP: &str = "group:00000000-0000-0000-0000-000000000001";
pub(crate) const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub(crate) const HOUR_MS: u64 = 3_600_000;

/// Assigned and in use.
pub(crate) type Use = (Option<i64>, Option<i64>);

type Part = fn(&Use) -> Option<i64>;

/// A group of two resellers; each tenant belongs to one of them, or is not there.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) group: Use,
    pub(crate) resellers: [Use; 2],
    pub(crate) tenants: Vec<Option<(usize, Use)>>,
}

pub(crate) fn reseller(index: usize) -> String {
    format!("reseller:00000000-0000-0000-0000-00000000001{index}")
}

pub(crate) fn tenant(index: usize) -> String {
    format!("tenant:00000000-0000-0000-0000-00000000002{index}")
}

pub(crate) fn estate(shape: &Shape) -> Estate {
    let mut tree = Tree::new("");
    let add = |tree: &mut Tree, above, kind: Kind, id: &str, figures: Use| -> NodeId {
        let node = tree.append(above, kind);
        tree.set_uuid(node, Uuid::parse(id.split_once(':').unwrap().1).unwrap());
        tree.set_name(node, id);
        for (measure, figure) in [(Measure::Assigned, figures.0), (Measure::InUse, figures.1)] {
            tree.set_figure(node, Meter::TEAMS_USERS, measure, Figure::from(figure));
        }
        node
    };
    let group = add(&mut tree, 0, Kind::Group, GROUP, shape.group);
    for (index, figures) in shape.resellers.iter().enumerate() {
        let above = add(&mut tree, group, Kind::Reseller, &reseller(index), *figures);
        for (number, one) in shape.tenants.iter().enumerate() {
            if let Some((of, figures)) = one
                && *of == index
            {
                add(&mut tree, above, Kind::Tenant, &tenant(number), *figures);
            }
        }
    }
    Estate::of(tree, String::new())
}

/// How a place stands; what is not in the map is gone.
pub(crate) type Truth = BTreeMap<Place, Option<Option<Level>>>;

/// What a person would find in it, node by node. None for what is not known.
pub(crate) fn truth(shape: &Shape, thresholds: &[u32], within: Option<usize>) -> Truth {
    let mut truth = Truth::new();
    let license = "msTeamsUsers".to_owned();
    let mut add = |id: &str, (assigned, in_use): Use, below: Option<&[Use]>| {
        let node = NodeName::parse(id).unwrap();
        let level = assigned.zip(in_use).map(|(assigned, in_use)| {
            if in_use > assigned {
                return Some(Level::Wrong);
            }
            let reached =
                |percent: &&u32| in_use > 0 && in_use * 100 >= assigned * i64::from(**percent);
            thresholds.iter().rfind(reached).map(|percent| Level::Near(*percent))
        });
        truth.insert(Place::License { node, license: license.clone() }, level);
        let Some(below) = below else { return };
        let figures: [(Measure, Part); 2] =
            [(Measure::Assigned, |one| one.0), (Measure::InUse, |one| one.1)];
        for (measure, figure) in figures {
            let own = figure(&(assigned, in_use));
            let sum: Option<i64> = below.iter().map(figure).sum();
            let sum = sum.filter(|_| !below.is_empty());
            let level = own.zip(sum).map(|(own, sum)| (own != sum).then_some(Level::Wrong));
            let rule = Identity::SumOfChildren;
            let license = license.clone();
            truth.insert(Place::Sum { node, license, figure: measure, rule }, level);
        }
    };
    if within.is_none() {
        add(GROUP, shape.group, Some(&shape.resellers));
    }
    for (index, figures) in shape.resellers.iter().enumerate() {
        if within.is_some_and(|only| only != index) {
            continue;
        }
        let own = |one: &Option<(usize, Use)>| one.filter(|(of, _)| *of == index).map(|(_, f)| f);
        let below: Vec<Use> = shape.tenants.iter().filter_map(own).collect();
        add(&reseller(index), *figures, Some(&below));
        for (number, one) in shape.tenants.iter().enumerate() {
            if let Some(figures) = own(one) {
                add(&tenant(number), figures, None);
            }
        }
    }
    truth
}

pub(crate) fn uses() -> impl Strategy<Value = Use> {
    let figure = |most: i64| prop_oneof![1 => Just(None), 8 => (0..most).prop_map(Some)];
    (figure(12), figure(14))
}

pub(crate) fn shape() -> impl Strategy<Value = Shape> {
    let tenant = prop_oneof![1 => Just(None), 5 => (0_usize..2, uses()).prop_map(Some)];
    let tenants = prop::collection::vec(tenant, 4);
    (uses(), [uses(), uses()], tenants).prop_map(|(group, resellers, tenants)| Shape {
        group,
        resellers,
        tenants,
    })
}

pub(crate) fn receiver(thresholds: &[u32], within: Option<usize>) -> Receiver {
    Receiver {
        address: "https://alerts.example".into(),
        keys: vec![Key::parse(KEY).unwrap()],
        topics: Topic::ALL.into_iter().collect(),
        thresholds: thresholds.to_vec(),
        below: within.map(|index| NodeName::parse(&reseller(index)).unwrap()).into_iter().collect(),
        upstreams: Vec::new(),
        eased_after_s: 0,
        patience: Patience { attempts: 3, first_pause_s: 5 },
    }
}

/// What an edge keeps for a receiver, and what a receiver makes of the events.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) standing: BTreeMap<Place, Standing>,
    pub(crate) events: Vec<Event>,
    /// When it was read last.
    pub(crate) read_ms: Option<u64>,
}

impl Told {
    pub(crate) fn read(
        &mut self,
        receiver: &Receiver,
        mutes: &[Mute],
        shape: &Shape,
        taken_ms: u64,
    ) -> Vec<Event> {
        let estate = estate(shape);
        let seen = Seen::of(&estate, receiver.thresholds.first().copied().unwrap_or(100));
        let before_ms = self.read_ms.replace(taken_ms);
        let moment = Moment { upstream: "draas", taken_ms, before_ms };
        let is_new = before_ms.is_none();
        let news = receiver.news("desk", mutes, &self.standing, &seen, moment, is_new);
        let again = receiver.news("desk", mutes, &self.standing, &seen, moment, is_new);
        assert_eq!(news, again, "the same reading is the same news, ids included");
        for (place, standing) in news.kept {
            match standing {
                Some(standing) => drop(self.standing.insert(place, standing)),
                None => drop(self.standing.remove(&place)),
            }
        }
        self.events.extend(news.events.clone());
        news.events
    }

    pub(crate) fn levels(&self) -> BTreeMap<&Place, Level> {
        self.standing.iter().map(|(place, standing)| (place, standing.level)).collect()
    }
}

pub(crate) fn body(event: &Event) -> Value {
    serde_json::from_str(&event.body).unwrap()
}

/// What stands by the truth, where it is known, and else by what stood before.
pub(crate) fn follow<'a>(
    stood: &BTreeMap<Place, Level>,
    truth: &'a Truth,
) -> BTreeMap<&'a Place, Level> {
    let now = |(place, now): (&'a Place, &Option<Option<Level>>)| {
        let level = now.unwrap_or_else(|| stood.get(place).copied());
        level.map(|level| (place, level))
    };
    truth.iter().filter_map(now).collect()
}

/// Which place an event is about.
pub(crate) fn subject(event: &Event) -> String {
    let body = body(event);
    let text = |name: &str| body["data"][name].as_str().unwrap_or_default().to_owned();
    format!("{} {} {}", body["data"]["node"]["id"], text("figure"), text("rule"))
}

pub(crate) fn subject_of(place: &Place) -> String {
    match place {
        Place::License { node, .. } => format!("\"{node}\"  "),
        Place::Sum { node, figure, rule, .. } => {
            format!("\"{node}\" {} {}", figure.word(), rule.word())
        }
        Place::Upstream => String::new(),
    }
}

pub(crate) fn level_of(value: &Value) -> Option<Level> {
    match value {
        Value::Null => None,
        Value::Number(percent) => {
            Some(Level::Near(u32::try_from(percent.as_u64().unwrap()).unwrap()))
        }
        other => {
            assert_eq!(other, "over");
            Some(Level::Wrong)
        }
    }
}
