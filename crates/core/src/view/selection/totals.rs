//! What the selected nodes have together.

use super::Selection;
use crate::estate::{Estate, Kind, Measure, Meter, NodeId, Tree};
use crate::insight::Sum;

/// What the selected nodes have together of one meter.
///
/// Nodes that have figures of other meters only, their own or below them, are not asked; of all
/// others, figures that are unknown are counted as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The upstream's key.
    pub meter: Box<str>,
    pub assigned: Sum,
    pub in_use: Sum,
    pub users: Sum,
    pub resource_accounts: Sum,
    /// Assigned − in use of the nodes of which both are known.
    pub available: Sum,
}

impl Total {
    fn new(meter: &str) -> Self {
        Self {
            meter: meter.into(),
            assigned: Sum::default(),
            in_use: Sum::default(),
            users: Sum::default(),
            resource_accounts: Sum::default(),
            available: Sum::default(),
        }
    }

    fn add(&mut self, tree: &Tree, node: NodeId, meter: Meter) {
        let figure = |measure| tree.figure(node, meter, measure);
        let (assigned, in_use) = (figure(Measure::Assigned), figure(Measure::InUse));
        self.assigned.add(assigned);
        self.in_use.add(in_use);
        self.users.add(figure(Measure::Users));
        self.resource_accounts.add(figure(Measure::ResourceAccounts));
        self.available.add(assigned.minus(in_use));
    }
}

/// The totals of the selected nodes, one for each meter that any of them or anything below has.
///
/// What is below a selected node is in its figures and not counted again; a connection has no figures
/// of its own and counts as the nodes directly below it. A node without any figure, such as a service
/// that could not be read, is unknown in the meter usual for its kind.
pub fn totals(estate: &Estate, selection: &Selection) -> Vec<Total> {
    let mut totals: Vec<Total> = Vec::new();
    for (tree, selected) in estate.trees().iter().zip(&selection.trees) {
        // For each meter used in this tree, its place among the totals once there is one.
        let mut places: Vec<(Meter, Option<usize>)> =
            tree.used_meters().map(|meter| (meter, None)).collect();
        let mut count = |node: NodeId| {
            let mut has_any = false;
            for (meter, place) in &mut places {
                if tree.has_figures(node, *meter)
                    || tree.has_figures_in(node + 1..tree.end(node), *meter)
                {
                    let at = *place.get_or_insert_with(|| place_of(&mut totals, tree, *meter));
                    totals[at].add(tree, node, *meter);
                    has_any = true;
                }
            }
            if !has_any {
                let meter = usual(tree.kind(node));
                let at = place_of(&mut totals, tree, meter);
                totals[at].add(tree, node, meter);
            }
        };
        let mut counted_to = 0;
        for node in selected.iter().take_while(|&node| tree.contains(node)) {
            if node == 0 {
                tree.children(0).for_each(&mut count);
            } else if node >= counted_to {
                count(node);
            } else {
                continue;
            }
            counted_to = tree.end(node);
        }
    }
    totals
}

/// The meter of which nodes of a kind have figures, unless they could not be read.
fn usual(kind: Kind) -> Meter {
    match kind {
        Kind::Service => Meter::LIVE_USERS,
        Kind::LicenseType => Meter::REQUIRED,
        _ => Meter::TEAMS_USERS,
    }
}

/// The place of a meter's total, which is added when it is the first of its key.
fn place_of(totals: &mut Vec<Total>, tree: &Tree, meter: Meter) -> usize {
    let key = tree.meters().find(|(known, _)| *known == meter).map_or("", |(_, key)| key);
    totals.iter().position(|total| *total.meter == *key).unwrap_or_else(|| {
        totals.push(Total::new(key));
        totals.len() - 1
    })
}
