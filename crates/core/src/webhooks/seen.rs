//! What one whole reading of an estate shows.

use super::{Level, Place, Receiver, Topic};
use crate::api::{Estate, NodeName};
use crate::estate::{Measure, NodeId};
use crate::insight::{expected_and_found, to_percent};

/// The figures that decide about a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    Use { assigned: i64, in_use: i64 },
    Sum { expected: i64, found: i64 },
}

/// Something that some receiver may want to know.
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) node: NodeId,
    pub(super) figures: Figures,
}

/// How a place stands that somebody was told about before.
pub(super) enum Now {
    /// The node is not in the tree any more.
    Gone,
    /// None for figures that are not known.
    There(NodeId, Option<Figures>),
}

/// A reading, looked through once for all receivers.
pub struct Seen<'a> {
    pub(super) estate: &'a Estate,
    pub(super) found: Vec<Found>,
}

impl<'a> Seen<'a> {
    /// Looks at every node: what is in use of a license from so many percent on, and sums that are
    /// off. Nodes without an id, or with one that stands in two places, have no name to tell: they
    /// are left out.
    pub fn of(estate: &'a Estate, from_percent: u32) -> Self {
        let tree = estate.members().tree();
        let name = |node| {
            let name = NodeName::of(tree, node)?;
            (name.find(estate.members()) == Some(node)).then_some(name)
        };
        let mut found = Vec::new();
        let both = [Measure::Assigned, Measure::InUse];
        let meters: Vec<_> = tree
            .meters()
            .filter(|(meter, _)| both.iter().all(|measure| tree.is_used(*meter, *measure)))
            .collect();
        // The connection itself has no figures.
        for node in 1..tree.end(0) {
            for &(meter, key) in &meters {
                let reading = tree.reading(node, meter);
                let (Some(assigned), Some(in_use)) = (reading.assigned.get(), reading.in_use.get())
                else {
                    continue;
                };
                if reaches(assigned, in_use, from_percent)
                    && let Some(name) = name(node)
                {
                    let place = Place::License { node: name, license: key.to_owned() };
                    found.push(Found { place, node, figures: Figures::Use { assigned, in_use } });
                }
            }
        }
        for sum in estate.survey().sums() {
            let key = tree.meters().find(|(meter, _)| *meter == sum.meter).map(|(_, key)| key);
            if let (Some(node), Some(key)) = (name(sum.node), key) {
                let (figure, rule) = (sum.measure, sum.identity);
                let place = Place::Sum { node, license: key.to_owned(), figure, rule };
                let figures = Figures::Sum { expected: sum.expected, found: sum.found };
                found.push(Found { place, node: sum.node, figures });
            }
        }
        Self { estate, found }
    }

    pub(super) fn now(&self, place: &Place) -> Now {
        let tree = self.estate.members().tree();
        let Some(node) = place.node().and_then(|name| name.find(self.estate.members())) else {
            return Now::Gone;
        };
        let figures = match place {
            Place::Upstream => None,
            Place::License { license, .. } => tree.find_meter(license).and_then(|meter| {
                let reading = tree.reading(node, meter);
                let (assigned, in_use) = (reading.assigned.get()?, reading.in_use.get()?);
                Some(Figures::Use { assigned, in_use })
            }),
            Place::Sum { license, figure, rule, .. } => {
                tree.find_meter(license).and_then(|meter| {
                    let (expected, found) = expected_and_found(tree, node, meter, *figure, *rule)?;
                    Some(Figures::Sum { expected, found })
                })
            }
        };
        Now::There(node, figures)
    }
}

/// Whether so many percent of the limit are in use. Use without a limit has reached all.
fn reaches(assigned: i64, in_use: i64, percent: u32) -> bool {
    in_use > 0 && (assigned <= 0 || to_percent(in_use, assigned, percent.into()).is_ge())
}

impl Receiver {
    /// How far it has come by these figures, in the steps that this receiver wants to know.
    pub(super) fn level(&self, figures: Figures) -> Option<Level> {
        match figures {
            Figures::Use { assigned, in_use } => {
                if self.wants(Topic::Over) && in_use > assigned.max(0) {
                    return Some(Level::Wrong);
                }
                let mut from_highest = self.thresholds.iter().rev();
                let reached = from_highest.find(|percent| reaches(assigned, in_use, **percent));
                reached.copied().map(Level::Near).filter(|_| self.wants(Topic::Near))
            }
            Figures::Sum { expected, found } => {
                (expected != found && self.wants(Topic::Sums)).then_some(Level::Wrong)
            }
        }
    }
}
