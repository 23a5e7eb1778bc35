//! The DRaaS tree: group, distributors, resellers, tenants, subscriptions.

use std::collections::HashMap;

/// A place in [`Tree::entities`].
pub type Index = usize;

/// What an entity is, from the top down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Group,
    Distributor,
    Reseller,
    Tenant,
    Subscription,
}

impl Level {
    pub const ALL: [Self; 5] =
        [Self::Group, Self::Distributor, Self::Reseller, Self::Tenant, Self::Subscription];

    /// As a key in a reply.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Distributor => "distributor",
            Self::Reseller => "reseller",
            Self::Tenant => "tenant",
            Self::Subscription => "subscription",
        }
    }

    /// As a list in a reply and as a segment of an address.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Group => "groups",
            Self::Distributor => "distributors",
            Self::Reseller => "resellers",
            Self::Tenant => "tenants",
            Self::Subscription => "subscriptions",
        }
    }

    /// Which lists an entity of this level has.
    pub fn below(self) -> &'static [Self] {
        match self {
            Self::Group => &[Self::Distributor, Self::Reseller, Self::Tenant],
            Self::Distributor => &[Self::Reseller, Self::Tenant],
            Self::Reseller => &[Self::Tenant],
            Self::Tenant => &[Self::Subscription],
            Self::Subscription => &[],
        }
    }
}

/// How an entity is addressed: all have a UUID, except for subscriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Uuid(String),
    Id(u64),
}

/// The licenses of an entity. There is no in-use figure for SIP channels anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Licenses {
    pub teams_assigned: u64,
    pub teams_users: u64,
    pub teams_resource_accounts: u64,
    pub sip_assigned: u64,
}

impl Licenses {
    pub fn teams_in_use(&self) -> u64 {
        self.teams_users + self.teams_resource_accounts
    }

    fn add(&mut self, other: &Self) {
        self.teams_assigned += other.teams_assigned;
        self.teams_users += other.teams_users;
        self.teams_resource_accounts += other.teams_resource_accounts;
        self.sip_assigned += other.sip_assigned;
    }
}

/// The key of a license that came after the manuals.
pub const UNKNOWN_LICENSE: &str = "anywhereNowAgents";

/// Such a license of an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnknownLicense {
    pub assigned: u64,
    pub in_use: u64,
}

/// What happens to a list without entries. The vendor's examples show `[]`, but not for
/// every list of every entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyLists {
    Written,
    LeftOut,
}

/// One entity.
#[derive(Clone, Debug)]
pub struct Entity {
    pub level: Level,
    pub name: String,
    pub key: Key,
    pub parent: Option<Index>,
    pub children: Vec<Index>,
    /// Its own and everything below it, once [`Tree::add_up`] ran.
    pub licenses: Licenses,
    pub empty_lists: EmptyLists,
}

/// All entities; the group is the first, parents come before children.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    entities: Vec<Entity>,
    by_uuid: HashMap<String, Index>,
    /// Of the entities that have one: subscriptions, and all above them.
    unknown: HashMap<Index, UnknownLicense>,
}

impl Tree {
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    pub fn get(&self, index: Index) -> &Entity {
        &self.entities[index]
    }

    pub fn len(&self) -> usize {
        self.entities.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// Adds an entity below its parent, which must be there already.
    pub fn push(&mut self, entity: Entity) -> Index {
        let index = self.entities.len();
        if let Some(parent) = entity.parent {
            self.entities[parent].children.push(index);
        }
        if let Key::Uuid(uuid) = &entity.key {
            self.by_uuid.insert(uuid.clone(), index);
        }
        self.entities.push(entity);
        index
    }

    /// Gives every entity the sum of its subscriptions.
    pub fn add_up(&mut self) {
        for index in (1..self.entities.len()).rev() {
            let licenses = self.entities[index].licenses;
            if let Some(parent) = self.entities[index].parent {
                self.entities[parent].licenses.add(&licenses);
            }
        }
    }

    /// The entity with this UUID, if it is of this level.
    pub fn find(&self, level: Level, uuid: &str) -> Option<Index> {
        let index = *self.by_uuid.get(uuid)?;
        (self.entities[index].level == level).then_some(index)
    }

    /// The subscription of this tenant with this id.
    pub fn find_subscription(&self, tenant: &str, id: u64) -> Option<Index> {
        let tenant = self.find(Level::Tenant, tenant)?;
        let mut children = self.entities[tenant].children.iter().copied();
        children.find(|child| self.entities[*child].key == Key::Id(id))
    }

    /// The entity and those above it, from the group down.
    pub fn path(&self, index: Index) -> Vec<Index> {
        let mut path = vec![index];
        let mut at = index;
        while let Some(parent) = self.entities[at].parent {
            path.push(parent);
            at = parent;
        }
        path.reverse();
        path
    }

    /// The license that no manual names, where the entity has one.
    pub fn unknown_license(&self, index: Index) -> Option<UnknownLicense> {
        self.unknown.get(&index).copied()
    }

    /// Gives a subscription such a license, and adds it to all sums above.
    pub fn add_unknown_license(&mut self, subscription: Index, license: UnknownLicense) {
        for index in self.path(subscription) {
            let sum = self.unknown.entry(index).or_default();
            sum.assigned += license.assigned;
            sum.in_use += license.in_use;
        }
    }

    /// Changes what a subscription is assigned of it, where it has one.
    pub fn assign_unknown(&mut self, subscription: Index, assigned: u64) {
        let Some(before) = self.unknown_license(subscription) else { return };
        for index in self.path(subscription) {
            if let Some(sum) = self.unknown.get_mut(&index) {
                sum.assigned = sum.assigned - before.assigned + assigned;
            }
        }
    }

    /// Makes an entity, and all above it, say more than what is below it adds up to.
    pub fn contradict(&mut self, index: Index, more: u64) {
        for above in self.path(index) {
            self.entities[above].licenses.teams_assigned += more;
        }
    }

    /// Changes what a subscription is assigned, and with it all sums above.
    pub fn assign(&mut self, subscription: Index, teams: Option<u64>, sip: Option<u64>) {
        let before = self.entities[subscription].licenses;
        let teams = teams.unwrap_or(before.teams_assigned);
        let sip = sip.unwrap_or(before.sip_assigned);
        for index in self.path(subscription) {
            let licenses = &mut self.entities[index].licenses;
            licenses.teams_assigned = licenses.teams_assigned - before.teams_assigned + teams;
            licenses.sip_assigned = licenses.sip_assigned - before.sip_assigned + sip;
        }
    }
}
