//! The DRaaS tree added up, and the entities that tests are told of.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::INSTANCE;
use crate::world::billing::billing_id;
use crate::world::names::AWKWARD;
use crate::world::tree::{Index, Key, Level, Licenses, Tree, UNKNOWN_LICENSE};

#[derive(Clone, Debug, Serialize)]
pub struct Draas {
    pub instance: &'static str,
    pub prefix: &'static str,
    pub group: Named,
    pub nodes: usize,
    pub counts: BTreeMap<&'static str, usize>,
    pub teams: Teams,
    pub sip: Sip,
    pub over_limit: usize,
    /// The license that no manual names, where it is served.
    pub unknown_license: Option<UnknownTruth>,
    /// Who claims more than all below it has.
    pub contradictions: Vec<Contradiction>,
    pub samples: Samples,
    pub deep_tenant: Option<DeepTenant>,
}

#[derive(Clone, Debug, Serialize)]
pub struct UnknownTruth {
    pub key: &'static str,
    pub assigned: u64,
    pub in_use: u64,
    pub subscriptions: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Contradiction {
    pub uuid: String,
    pub name: String,
    /// Teams users assigned, as the reply says.
    pub said: u64,
    /// The same, as everything below adds up.
    pub sum: u64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Named {
    pub uuid: String,
    pub name: String,
    /// Also unknown for a group, which has none.
    pub billing_id: Option<String>,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Teams {
    pub assigned: u64,
    pub in_use: u64,
    pub users: u64,
    pub resource_accounts: u64,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sip {
    pub assigned: u64,
}

/// One entity of each level, with a name no other entity has; absent from tiny trees.
#[derive(Clone, Debug, Serialize)]
pub struct Samples {
    pub distributor: Option<Named>,
    pub reseller: Option<Named>,
    pub tenant: Option<Named>,
    pub subscription: Option<SampleSubscription>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SampleSubscription {
    pub tenant_uuid: String,
    pub id: u64,
    pub name: String,
    pub billing_id: Option<String>,
}

/// A tenant with a reseller and a distributor above it.
#[derive(Clone, Debug, Serialize)]
pub struct DeepTenant {
    pub uuid: String,
    pub name: String,
    pub billing_id: Option<String>,
    pub path: Vec<String>,
    pub teams: Teams,
    pub sip: Sip,
    pub subscriptions: usize,
}
fn teams(licenses: &Licenses) -> Teams {
    Teams {
        assigned: licenses.teams_assigned,
        in_use: licenses.teams_in_use(),
        users: licenses.teams_users,
        resource_accounts: licenses.teams_resource_accounts,
    }
}

fn named(tree: &Tree, index: Index) -> Named {
    let entity = tree.get(index);
    let uuid = match &entity.key {
        Key::Uuid(uuid) => uuid.clone(),
        Key::Id(_) => String::new(),
    };
    Named { uuid, name: entity.name.clone(), billing_id: billing_id(entity) }
}

impl Draas {
    pub(super) fn new(tree: &Tree) -> Self {
        let entities = tree.entities();
        let subscriptions = entities.iter().filter(|entity| entity.level == Level::Subscription);
        // Not the group's own sums: they are what this has to be compared with.
        let mut total = Licenses::default();
        let mut over_limit = 0;
        for subscription in subscriptions {
            let licenses = &subscription.licenses;
            total.teams_assigned += licenses.teams_assigned;
            total.teams_users += licenses.teams_users;
            total.teams_resource_accounts += licenses.teams_resource_accounts;
            total.sip_assigned += licenses.sip_assigned;
            over_limit += usize::from(licenses.teams_in_use() > licenses.teams_assigned);
        }
        let mut unknown =
            UnknownTruth { key: UNKNOWN_LICENSE, assigned: 0, in_use: 0, subscriptions: 0 };
        let indices = (0..tree.len()).filter(|index| tree.get(*index).level == Level::Subscription);
        for license in indices.filter_map(|index| tree.unknown_license(index)) {
            unknown.assigned += license.assigned;
            unknown.in_use += license.in_use;
            unknown.subscriptions += 1;
        }
        let count = |level| entities.iter().filter(|entity| entity.level == level).count();
        Self {
            instance: INSTANCE,
            prefix: "draas",
            group: named(tree, 0),
            nodes: entities.len(),
            counts: Level::ALL.into_iter().map(|level| (level.plural(), count(level))).collect(),
            teams: teams(&total),
            sip: Sip { assigned: total.sip_assigned },
            over_limit,
            unknown_license: (unknown.subscriptions > 0).then_some(unknown),
            contradictions: contradictions(tree),
            samples: samples(tree),
            deep_tenant: deep_tenant(tree).map(|index| describe(tree, index)),
        }
    }
}

fn contradictions(tree: &Tree) -> Vec<Contradiction> {
    let claiming = |index: Index| {
        let entity = tree.get(index);
        let below = entity.children.iter().map(|child| tree.get(*child).licenses.teams_assigned);
        let (said, sum) = (entity.licenses.teams_assigned, below.sum());
        let Named { uuid, name, .. } = named(tree, index);
        let differs = entity.level != Level::Subscription && said != sum;
        differs.then_some(Contradiction { uuid, name, said, sum })
    };
    (0..tree.len()).filter_map(claiming).collect()
}

/// Entities a test can find by name: with numbers to compare and a name of their own.
fn findable(tree: &Tree) -> impl Iterator<Item = Index> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for entity in tree.entities() {
        *times.entry(entity.name.as_str()).or_default() += 1;
    }
    let entities = tree.entities().iter().enumerate();
    entities
        .filter(move |(_, entity)| {
            entity.licenses.teams_assigned > 0 && times[entity.name.as_str()] == 1
        })
        .filter(|(_, entity)| !AWKWARD.contains(&entity.name.as_str()))
        .map(|(index, _)| index)
}

/// The entity of this level that a test is told of.
pub fn sample(tree: &Tree, level: Level) -> Option<Index> {
    findable(tree).find(|index| tree.get(*index).level == level)
}

fn samples(tree: &Tree) -> Samples {
    let first = |level| sample(tree, level);
    let name = |level| first(level).map(|index| named(tree, index));
    let subscription = first(Level::Subscription).and_then(|index| {
        let entity = tree.get(index);
        let Key::Id(id) = entity.key else { return None };
        let tenant_uuid = named(tree, entity.parent?).uuid;
        let billing_id = billing_id(entity);
        Some(SampleSubscription { tenant_uuid, id, name: entity.name.clone(), billing_id })
    });
    Samples {
        distributor: name(Level::Distributor),
        reseller: name(Level::Reseller),
        tenant: name(Level::Tenant),
        subscription,
    }
}

/// A tenant at the full depth, from the middle of the tree, where a list has to scroll.
pub fn deep_tenant(tree: &Tree) -> Option<Index> {
    let deep = |index: &Index| {
        let entity = tree.get(*index);
        entity.level == Level::Tenant && !entity.children.is_empty() && tree.path(*index).len() == 4
    };
    let all: Vec<Index> = findable(tree).filter(deep).collect();
    all.get(all.len() / 2).copied()
}

fn describe(tree: &Tree, index: Index) -> DeepTenant {
    let entity = tree.get(index);
    let Named { uuid, name, billing_id } = named(tree, index);
    DeepTenant {
        uuid,
        name,
        billing_id,
        path: tree.path(index).into_iter().map(|at| tree.get(at).name.clone()).collect(),
        teams: teams(&entity.licenses),
        sip: Sip { assigned: entity.licenses.sip_assigned },
        subscriptions: entity.children.len(),
    }
}
