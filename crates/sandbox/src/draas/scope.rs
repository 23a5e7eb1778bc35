//! Which part of the tree a user may see.

use super::user::{Place, User};
use crate::truth::{deep_tenant, sample};
use crate::world::tree::{Index, Key, Level, Tree};

/// The parts of the tree that a user administers.
#[derive(Debug, Default)]
pub struct Scope {
    system: bool,
    roots: Vec<Index>,
}

/// One entry of `admin_of`.
pub struct Reference {
    pub level: &'static str,
    /// A system is none of the tree's entities.
    pub reference: Option<String>,
}

impl Scope {
    pub fn new(tree: &Tree, user: &User) -> Self {
        let system = user.is_system();
        let roots = user.administers.iter().filter_map(|place| entity(tree, *place)).collect();
        Self { system, roots }
    }

    pub fn is_system(&self) -> bool {
        self.system
    }

    /// Whether the entity is administered, directly or because something above it is.
    pub fn holds(&self, tree: &Tree, index: Index) -> bool {
        self.system || tree.path(index).iter().any(|above| self.roots.contains(above))
    }

    /// Whether a list shows the entity: a subscription's administrator has to find the tenant
    /// that it belongs to.
    pub fn shows(&self, tree: &Tree, index: Index) -> bool {
        self.holds(tree, index)
            || (tree.get(index).level == Level::Tenant
                && self.roots.iter().any(|root| tree.get(*root).parent == Some(index)))
    }

    /// Whether something of this level or above is administered.
    pub fn reaches(&self, tree: &Tree, lowest: Level) -> bool {
        self.system || self.roots.iter().any(|root| tree.get(*root).level <= lowest)
    }

    /// `admin_of`, in the order the user was given them.
    pub fn references(&self, tree: &Tree) -> Vec<Reference> {
        let system = self.system.then_some(Reference { level: "system", reference: None });
        let roots = self.roots.iter().map(|root| {
            let entity = tree.get(*root);
            let reference = Some(match &entity.key {
                Key::Uuid(uuid) => uuid.clone(),
                Key::Id(id) => id.to_string(),
            });
            Reference { level: entity.level.singular(), reference }
        });
        system.into_iter().chain(roots).collect()
    }
}

/// The entity that a place is in this tree; small trees do not have all.
fn entity(tree: &Tree, place: Place) -> Option<Index> {
    let tenant = || deep_tenant(tree).or_else(|| first(tree, |_, level| level == Level::Tenant));
    let distributor = || sample(tree, Level::Distributor);
    match place {
        Place::System => None,
        Place::Group => Some(0),
        Place::Distributor => distributor(),
        Place::Reseller => {
            let other = |index| distributor().is_none_or(|one| !tree.path(index).contains(&one));
            let reseller = |index: Index, level| {
                level == Level::Reseller && tree.get(index).licenses.teams_assigned > 0
            };
            first(tree, |index, level| reseller(index, level) && other(index))
                .or_else(|| sample(tree, Level::Reseller))
        }
        Place::Tenant => tenant(),
        Place::Subscription => tenant().and_then(|at| tree.get(at).children.first().copied()),
    }
}

fn first(tree: &Tree, matches: impl Fn(Index, Level) -> bool) -> Option<Index> {
    (0..tree.len()).find(|index| matches(*index, tree.get(*index).level))
}
