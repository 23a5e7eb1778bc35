//! The arena of one connection: columns instead of objects, in tree order.

mod billing;
mod column;
mod memory;
mod range;
mod same;

use super::meter::{Measure, Meter, Reading};
use super::room;
use super::{Figure, Kind, Uuid};
use column::Column;
pub use memory::AllocatedBytes;

/// A node's place in its tree; the root, the connection itself, is 0.
pub type NodeId = u32;

/// The most meters a tree keeps: a reply that invents more is not a license reply.
const MAX_METERS: usize = 64;

/// The nodes of one connection in tree order: a parent, then its subtree, then its next sibling.
///
/// Nodes are only ever appended, below the last node or one of its ancestors. So a subtree is a
/// contiguous range, and what was read stays in place while more arrives.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
    names: String,
    ids: Vec<u128>,
    keys: Vec<String>,
    /// `[meter][measure][node]`; a column is only as long as its last known figure.
    figures: Vec<[Column; Measure::COUNT]>,
    /// How many unknown figures the columns hold before known ones.
    gaps: usize,
    billing: billing::BillingIds,
}

/// What every node has, in 16 bytes.
#[derive(Debug)]
struct Node {
    parent: NodeId,
    /// The node after its subtree; [`OPEN`] while that may still grow.
    end: NodeId,
    name_start: u32,
    name_length: u16,
    depth: u8,
    kind: Kind,
}

/// The end of a subtree that reaches to the last node.
const OPEN: NodeId = 0;

/// How many unknown figures may lie between known ones, beyond eight for each node. A license of
/// which only the last of a million nodes has a figure costs as much as one that all have.
const FREE_GAPS: usize = 4 << 20;

impl Tree {
    /// A tree that holds only its connection.
    pub fn new(connection_name: &str) -> Self {
        let mut tree = Self {
            nodes: Vec::new(),
            names: String::new(),
            ids: Vec::new(),
            keys: Meter::KNOWN_KEYS.map(str::to_owned).to_vec(),
            figures: Meter::KNOWN_KEYS.map(|_| Default::default()).into(),
            gaps: 0,
            billing: billing::BillingIds::new(),
        };
        tree.push(0, 0, Kind::Connection);
        tree.set_name(0, connection_name);
        tree
    }

    /// Adds a node below `parent`, which must be the last node or one of its ancestors.
    pub fn append(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        debug_assert_eq!(self.end(parent) as usize, self.len(), "tree order: {parent} is closed");
        let node = self.end(0);
        // What is open beyond the parent ends here. Each node ends once.
        let mut open = node.saturating_sub(1);
        while open > parent {
            let last = &mut self.nodes[open as usize];
            if last.end == OPEN {
                last.end = node;
            }
            open = last.parent;
        }
        self.push(parent, self.depth(parent).saturating_add(1), kind);
        node
    }

    fn push(&mut self, parent: NodeId, depth: u8, kind: Kind) {
        let node = Node { parent, end: OPEN, name_start: 0, name_length: 0, depth, kind };
        room::push(&mut self.nodes, node);
        room::push(&mut self.ids, 0);
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    pub fn contains(&self, node: NodeId) -> bool {
        (node as usize) < self.len()
    }

    /// Names a node; a name of more than 64 kB loses its end.
    pub fn set_name(&mut self, node: NodeId, name: &str) {
        let name = &name[..name.floor_char_boundary(usize::from(u16::MAX))];
        let (Ok(start), Ok(length)) = (u32::try_from(self.names.len()), u16::try_from(name.len()))
        else {
            return;
        };
        room::push_str(&mut self.names, name);
        let node = &mut self.nodes[node as usize];
        (node.name_start, node.name_length) = (start, length);
    }

    pub fn name(&self, node: NodeId) -> &str {
        let node = &self.nodes[node as usize];
        let start = node.name_start as usize;
        self.names.get(start..start + usize::from(node.name_length)).unwrap_or_default()
    }

    pub fn set_uuid(&mut self, node: NodeId, uuid: Uuid) {
        self.ids[node as usize] = uuid.as_u128();
    }

    /// The entity's UUID; none for a subscription, or when the upstream sent none.
    pub fn uuid(&self, node: NodeId) -> Option<Uuid> {
        let id = self.ids[node as usize];
        (id != 0 && self.kind(node) != Kind::Subscription).then(|| Uuid::from_u128(id))
    }

    pub fn set_subscription_id(&mut self, node: NodeId, id: u64) {
        // One more than the id, so that 0 stays "not sent".
        self.ids[node as usize] = u128::from(id) + 1;
    }

    /// The integer by which the vendor names a subscription.
    pub fn subscription_id(&self, node: NodeId) -> Option<u64> {
        match self.kind(node) {
            Kind::Subscription => u64::try_from(self.ids[node as usize].checked_sub(1)?).ok(),
            _ => None,
        }
    }

    /// The node of an entity with a UUID, by going through all of them.
    pub fn find(&self, kind: Kind, uuid: Uuid) -> Option<NodeId> {
        (0..self.end(0)).find(|&node| self.kind(node) == kind && self.uuid(node) == Some(uuid))
    }

    pub fn kind(&self, node: NodeId) -> Kind {
        self.nodes[node as usize].kind
    }

    /// Levels below the connection.
    pub fn depth(&self, node: NodeId) -> u8 {
        self.nodes[node as usize].depth
    }

    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        (node != 0).then(|| self.nodes[node as usize].parent)
    }

    /// The node after the whole subtree of `node`.
    pub fn end(&self, node: NodeId) -> NodeId {
        match self.nodes[node as usize].end {
            OPEN => NodeId::try_from(self.len()).unwrap_or(NodeId::MAX),
            end => end,
        }
    }

    pub fn has_children(&self, node: NodeId) -> bool {
        self.end(node) > node + 1
    }

    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(node);
        let first = (node + 1 < end).then_some(node + 1);
        std::iter::successors(first, move |&child| {
            let next = self.end(child);
            (next < end).then_some(next)
        })
    }

    /// Whether every node above `node` satisfies `test`.
    pub fn all_above(&self, node: NodeId, mut test: impl FnMut(NodeId) -> bool) -> bool {
        std::iter::successors(self.parent(node), |&above| self.parent(above)).all(&mut test)
    }

    /// The meter of an upstream key, known to this tree from now on; none when there are too many.
    pub fn meter(&mut self, key: &str) -> Option<Meter> {
        if self.find_meter(key).is_none() && self.keys.len() < MAX_METERS {
            self.keys.push(key.to_owned());
            self.figures.push(Default::default());
        }
        self.find_meter(key)
    }

    /// The meter of an upstream key; none where this tree does not know it.
    pub fn find_meter(&self, key: &str) -> Option<Meter> {
        let index = self.keys.iter().position(|known| known == key)?;
        u16::try_from(index).ok().map(Meter)
    }

    /// The meters of this tree with their upstream keys.
    pub fn meters(&self) -> impl Iterator<Item = (Meter, &str)> {
        (0u16..).map(Meter).zip(self.keys.iter().map(String::as_str))
    }

    /// Sets a figure; false when it was not kept, because too few nodes have this one.
    #[inline]
    pub fn set_figure(
        &mut self,
        node: NodeId,
        meter: Meter,
        measure: Measure,
        figure: Figure,
    ) -> bool {
        let column = &mut self.figures[usize::from(meter.0)][measure as usize];
        let index = node as usize;
        if column.len() <= index {
            if !figure.is_known() {
                return true;
            }
            self.gaps += index - column.len();
            if self.gaps > FREE_GAPS + 8 * self.nodes.len() {
                self.gaps -= index - column.len();
                return false;
            }
        }
        column.set(index, figure);
        true
    }

    #[inline]
    pub fn figure(&self, node: NodeId, meter: Meter, measure: Measure) -> Figure {
        self.figures
            .get(usize::from(meter.0))
            .map(|columns| columns[measure as usize].get(node as usize))
            .unwrap_or_default()
    }

    /// Whether any node has a known figure of this kind, or had one.
    pub fn holds(&self, meter: Meter, measure: Measure) -> bool {
        let columns = self.figures.get(usize::from(meter.0));
        columns.is_some_and(|columns| columns[measure as usize].len() > 0)
    }

    /// Whether the node has any figure of this meter.
    pub fn has_figures(&self, node: NodeId, meter: Meter) -> bool {
        let columns = self.figures.get(usize::from(meter.0));
        columns.is_some_and(|columns| columns.iter().any(|c| c.get(node as usize).is_known()))
    }

    pub fn reading(&self, node: NodeId, meter: Meter) -> Reading {
        Reading {
            assigned: self.figure(node, meter, Measure::Assigned),
            in_use: self.figure(node, meter, Measure::InUse),
            users: self.figure(node, meter, Measure::Users),
            resource_accounts: self.figure(node, meter, Measure::ResourceAccounts),
        }
    }

    pub fn set_reading(&mut self, node: NodeId, meter: Meter, reading: Reading) {
        self.set_figure(node, meter, Measure::Assigned, reading.assigned);
        self.set_figure(node, meter, Measure::InUse, reading.in_use);
        self.set_figure(node, meter, Measure::Users, reading.users);
        self.set_figure(node, meter, Measure::ResourceAccounts, reading.resource_accounts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// connection > group > (distributor > tenant, reseller)
    fn small() -> (Tree, [NodeId; 4]) {
        let mut tree = Tree::new("Netaxis");
        let group = tree.append(0, Kind::Group);
        let distributor = tree.append(group, Kind::Distributor);
        let tenant = tree.append(distributor, Kind::Tenant);
        let reseller = tree.append(group, Kind::Reseller);
        (tree, [group, distributor, tenant, reseller])
    }

    #[test]
    fn a_subtree_is_a_range_that_grows_with_what_is_appended() {
        let (tree, [group, distributor, tenant, reseller]) = small();
        assert_eq!(tree.children(group).collect::<Vec<_>>(), [distributor, reseller]);
        assert_eq!(tree.children(tenant).count(), 0);
        assert_eq!(tree.end(distributor), reseller);
        assert_eq!(tree.end(0) as usize, tree.len());
        assert_eq!(tree.depth(tenant), 3);
        assert_eq!(tree.parent(tenant), Some(distributor));
        assert_eq!(tree.parent(0), None);
    }

    #[test]
    fn figures_not_set_are_unknown() {
        let (mut tree, [group, distributor, ..]) = small();
        tree.set_figure(group, Meter::SIP_CHANNELS, Measure::Assigned, Figure::known(123));
        assert_eq!(tree.reading(group, Meter::SIP_CHANNELS).assigned, Figure::known(123));
        assert_eq!(tree.reading(group, Meter::SIP_CHANNELS).in_use, Figure::UNKNOWN);
        assert_eq!(tree.reading(distributor, Meter::SIP_CHANNELS), Reading::default());
        assert!(tree.holds(Meter::SIP_CHANNELS, Measure::Assigned));
        assert!(!tree.holds(Meter::SIP_CHANNELS, Measure::InUse));
    }

    #[test]
    fn unknown_keys_become_meters_up_to_a_limit() {
        let (mut tree, [group, ..]) = small();
        let other = tree.meter("anywhereNowAgents").unwrap();
        tree.set_figure(group, other, Measure::Assigned, Figure::known(4));
        assert_eq!(tree.meter("anywhereNowAgents"), Some(other));
        assert_eq!(tree.meters().last(), Some((other, "anywhereNowAgents")));
        assert_eq!(tree.meter("msTeamsUsers"), Some(Meter::TEAMS_USERS));
        let kept = (0..1_000).filter(|n| tree.meter(&format!("key{n}")).is_some()).count();
        assert!(kept < MAX_METERS, "{kept}");
    }

    #[test]
    fn subscriptions_have_integer_ids_and_the_others_uuids() {
        let (mut tree, [group, distributor, ..]) = small();
        let uuid = Uuid::parse("aaf9dba1-9469-40fa-be50-22298d68010d").unwrap();
        tree.set_uuid(group, uuid);
        let tenant = tree.append(group, Kind::Tenant);
        let subscription = tree.append(tenant, Kind::Subscription);
        tree.set_subscription_id(subscription, 0);
        assert_eq!(tree.uuid(group), Some(uuid));
        assert_eq!(tree.find(Kind::Group, uuid), Some(group));
        assert_eq!(tree.find(Kind::Reseller, uuid), None);
        assert_eq!(tree.uuid(distributor), None);
        assert_eq!(tree.subscription_id(subscription), Some(0));
        assert_eq!(tree.uuid(subscription), None);
    }
}
