//! Who belongs to whom, by the licensed tree.

use super::{Asked, Scope};
use crate::draas::{Entity, Level};
use crate::estate::{Kind, NodeId, Tree, Uuid};

/// The entities of a platform with their places.
#[derive(Debug)]
pub struct Members {
    tree: Tree,
    /// Ordered, so that an id is found without going through all of them.
    places: Vec<(Uuid, NodeId)>,
}

impl Members {
    pub fn of(tree: Tree) -> Self {
        let nodes = 0..tree.end(0);
        let mut places: Vec<(Uuid, NodeId)> =
            nodes.filter_map(|node| Some((tree.uuid(node)?, node))).collect();
        places.sort_unstable();
        Self { tree, places }
    }

    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The one place of an entity. An id that stands in two places says of neither whose it is.
    pub fn place(&self, entity: Entity) -> Option<NodeId> {
        self.only(entity.uuid).filter(|node| self.tree.kind(*node) == entity.level.kind())
    }

    fn only(&self, uuid: Uuid) -> Option<NodeId> {
        let from = self.places.partition_point(|(other, _)| *other < uuid);
        let same: Vec<NodeId> = self.places[from..]
            .iter()
            .take_while(|(other, _)| *other == uuid)
            .map(|(_, node)| *node)
            .take(2)
            .collect();
        match same[..] {
            [node] => Some(node),
            _ => None,
        }
    }

    /// The places that a visitor's scopes open, on the upstream of this name.
    pub fn opened(&self, scopes: &[Scope], upstream: &str) -> Vec<NodeId> {
        let open = |scope: &Scope| match scope {
            Scope::Entity(entity) => self.place(*entity),
            Scope::Upstream(name) => (name == upstream).then_some(0),
        };
        scopes.iter().filter_map(open).collect()
    }

    /// The node that a request is about; none where the tree has no such, or two.
    pub fn node(&self, asked: Asked) -> Option<NodeId> {
        match asked {
            Asked::Licenses(entity) => self.place(entity),
            // Of a parent that cannot have such below it, a server might list all there are.
            Asked::Below { level, parent } => self.only(parent).filter(|node| {
                let above = Level::ALL.into_iter().take_while(|above| *above < level);
                above.map(Level::kind).any(|kind| kind == self.tree.kind(*node))
            }),
            Asked::Subscriptions(tenant) => self.tenant(tenant),
            Asked::Subscription { tenant, id } | Asked::Limits { tenant, id } => {
                let tenant = self.tenant(tenant)?;
                let mut children = self.tree.children(tenant);
                children.find(|child| self.tree.subscription_id(*child) == Some(id))
            }
        }
    }

    fn tenant(&self, uuid: Uuid) -> Option<NodeId> {
        self.only(uuid).filter(|node| self.tree.kind(*node) == Kind::Tenant)
    }

    /// Whether a node lies in one of the opened places.
    pub fn contains(&self, opened: &[NodeId], node: NodeId) -> bool {
        opened.iter().any(|&place| (place..self.tree.end(place)).contains(&node))
    }

    /// Whether a visitor may ask this.
    pub fn cover(&self, scopes: &[Scope], upstream: &str, asked: Asked) -> bool {
        let opened = self.opened(scopes, upstream);
        self.node(asked).is_some_and(|node| self.contains(&opened, node))
    }
}

#[cfg(test)]
mod tests;
