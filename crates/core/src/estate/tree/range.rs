//! Questions about many nodes at once.

use std::ops::Range;

use super::super::{Measure, Meter};
use super::{NodeId, Tree};

impl Tree {
    /// The meters that some node may have figures of.
    pub fn used_meters(&self) -> impl Iterator<Item = Meter> + '_ {
        let meters = (0..).map(Meter).take(self.figures.len());
        meters.filter(|meter| Measure::ALL.iter().any(|measure| self.is_used(*meter, *measure)))
    }

    /// Whether some node may have a figure of this kind.
    pub fn is_used(&self, meter: Meter, measure: Measure) -> bool {
        let columns = self.figures.get(usize::from(meter.0));
        columns.is_some_and(|columns| columns[measure as usize].len() > 0)
    }

    /// The names of all nodes, in the order in which they came.
    pub(crate) fn all_names(&self) -> &str {
        &self.names
    }

    /// How long the names of all nodes are together.
    pub(crate) fn name_bytes(&self) -> usize {
        self.names.len()
    }

    /// Where a node's name stands among all; empty without one.
    #[inline]
    pub(crate) fn name_place(&self, node: NodeId) -> Range<usize> {
        let node = &self.nodes[node as usize];
        let start = node.name_start as usize;
        start..start + usize::from(node.name_length)
    }

    /// Whether any of these nodes has a figure of a meter.
    pub fn has_figures_in(&self, nodes: Range<NodeId>, meter: Meter) -> bool {
        let nodes = nodes.start as usize..nodes.end as usize;
        let columns = self.figures.get(usize::from(meter.0));
        columns.is_some_and(|columns| columns.iter().any(|c| c.has_known_in(nodes.clone())))
    }

    /// Whether a node and all below it are there: nothing more comes there.
    #[inline]
    pub fn is_closed(&self, node: NodeId) -> bool {
        self.nodes[node as usize].end != super::OPEN
    }

    /// What the partner bills these nodes under, as far as they have it.
    pub fn billing_ids(&self, nodes: Range<NodeId>) -> impl Iterator<Item = (NodeId, &str)> {
        // A map panics at a range that ends before it starts.
        let end = nodes.end.max(nodes.start);
        self.billing.range(nodes.start..end).map(|(node, id)| (*node, &**id))
    }
}

#[cfg(test)]
mod tests {
    use crate::estate::{Figure, Kind, Measure, Meter, Tree};

    #[test]
    fn meters_are_used_once_a_node_has_a_figure() {
        let mut tree = Tree::new("Netaxis");
        let tenant = tree.append(0, Kind::Tenant);
        tree.append(0, Kind::Tenant);
        assert_eq!(tree.used_meters().count(), 0);
        tree.set_figure(tenant, Meter::SIP_CHANNELS, Measure::Assigned, Figure::known(0));
        assert_eq!(tree.used_meters().collect::<Vec<_>>(), [Meter::SIP_CHANNELS]);
        assert!(tree.has_figures_in(0..2, Meter::SIP_CHANNELS));
        assert!(!tree.has_figures_in(2..9, Meter::SIP_CHANNELS));
        assert!(!tree.has_figures_in(0..9, Meter::TEAMS_USERS));
        assert_eq!((tree.is_closed(tenant), tree.is_closed(0)), (true, false));
    }

    #[test]
    fn billing_ids_are_given_with_their_nodes() {
        let mut tree = Tree::new("Netaxis");
        for id in ["a", "", "c"] {
            let node = tree.append(0, Kind::Tenant);
            tree.set_billing_id(node, id);
        }
        assert_eq!(tree.billing_ids(0..9).collect::<Vec<_>>(), [(1, "a"), (3, "c")]);
        assert_eq!(tree.billing_ids(2..3).count(), 0);
    }
}
