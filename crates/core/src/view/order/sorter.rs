//! Sorts nodes, siblings or not.

use std::cmp::Ordering;

use super::super::column::Shows;
use super::super::fold::compare;
use super::super::sort::{Sort, SortBy};
use super::names;
use super::share::Share;
use crate::estate::{Estate, Measure, Meter, NodeId, NodeRef, Tree};

/// A node to be sorted. A number stands for what it is compared by, wholly or as a first
/// approximation.
#[derive(Clone, Copy, Debug)]
pub(in crate::view) struct Item {
    key: u64,
    at: NodeRef,
}

/// What is unknown comes last in both directions.
const UNKNOWN: u64 = u64::MAX;

/// From so many names on it pays to look at what is the same in all of them.
const MANY: usize = 16;
/// How often: names of any length are compared as a whole in the end.
const TURNS: u8 = 8;

impl Item {
    pub(in crate::view) fn new(at: NodeRef) -> Self {
        Self { key: UNKNOWN, at }
    }

    #[inline]
    pub(in crate::view) fn at(&self) -> NodeRef {
        self.at
    }
}

/// One sort of the nodes of an estate.
pub(in crate::view) struct Sorter<'a> {
    estate: &'a Estate,
    by: &'a SortBy,
    descending: bool,
    /// The column's meter in each tree.
    meters: Vec<Option<Meter>>,
    severity: &'a dyn Fn(u16, NodeId) -> u8,
}

impl<'a> Sorter<'a> {
    pub(in crate::view) fn new(
        estate: &'a Estate,
        sort: &'a Sort,
        severity: &'a dyn Fn(u16, NodeId) -> u8,
    ) -> Self {
        let meters = match &sort.by {
            SortBy::Column(column) => {
                estate.trees().iter().map(|tree| column.meter(tree)).collect()
            }
            _ => Vec::new(),
        };
        Self { estate, by: &sort.by, descending: sort.descending, meters, severity }
    }

    /// Sorts; those that are equal in the estate's order, whatever the direction.
    pub(in crate::view) fn sort(&self, items: &mut [Item]) {
        self.sort_in_turns(items, 0);
    }

    /// Sorts by the keys, then what has the same key by what it stands for. Many names that are still
    /// the same are first sorted by what follows: a whole name takes long to compare.
    fn sort_in_turns(&self, items: &mut [Item], turn: u8) {
        let same = self.common_start(items);
        self.set_keys(items, same);
        self.put_in_order(items, false);
        if !self.keys_are_rough() {
            return;
        }
        for alike in items.chunk_by_mut(|a, b| a.key == b.key).filter(|alike| alike.len() > 1) {
            if alike.len() >= MANY && turn < TURNS && self.common_start(alike) > same {
                self.sort_in_turns(alike, turn + 1);
            } else {
                self.put_in_order(alike, true);
            }
        }
    }

    /// Whether nodes with the same key may differ.
    fn keys_are_rough(&self) -> bool {
        match self.by {
            SortBy::Name => true,
            SortBy::Column(column) => column.shows == Shows::Utilization,
            SortBy::Kind | SortBy::Severity => false,
        }
    }

    /// In how many bytes all names are the same, where names are sorted.
    fn common_start(&self, items: &[Item]) -> usize {
        if *self.by != SortBy::Name {
            return 0;
        }
        names::common_start(items.iter().filter_map(|item| self.name(item.at)))
    }

    fn set_keys(&self, items: &mut [Item], same: usize) {
        for item in items {
            item.key = match self.key(item.at, same) {
                None => UNKNOWN,
                Some(key) if self.descending => UNKNOWN - 1 - key,
                Some(key) => key,
            };
        }
    }

    /// Sorts by the keys and, if wholly, what has the same key by what it stands for.
    fn put_in_order(&self, items: &mut [Item], wholly: bool) {
        items.sort_unstable_by(|a, b| {
            let finer = || match a.key {
                UNKNOWN => Ordering::Equal,
                _ if !wholly => Ordering::Equal,
                _ if self.descending => self.finer(b.at, a.at),
                _ => self.finer(a.at, b.at),
            };
            a.key.cmp(&b.key).then_with(finer).then_with(|| a.at.cmp(&b.at))
        });
    }

    fn tree(&self, at: NodeRef) -> Option<&'a Tree> {
        self.estate.tree(at.tree)
    }

    fn name(&self, at: NodeRef) -> Option<&'a str> {
        Some(self.tree(at)?.name(at.node)).filter(|name| !name.is_empty())
    }

    fn meter(&self, at: NodeRef) -> Option<Meter> {
        self.meters.get(usize::from(at.tree)).copied()?
    }

    /// A number that is less only where the node comes before; names start with `same` equal bytes.
    #[inline]
    fn key(&self, at: NodeRef, same: usize) -> Option<u64> {
        match self.by {
            SortBy::Name => self.name(at).map(|name| names::key(&name[same..])),
            SortBy::Kind => Some(self.tree(at)?.kind(at.node) as u64),
            SortBy::Severity => Some((self.severity)(at.tree, at.node).into()),
            SortBy::Column(column) => match column.shows {
                Shows::Utilization => self.share(at).map(|share| in_order(share.about())),
                shows => shows.figure(self.tree(at)?, at.node, self.meter(at)?).get().map(in_order),
            },
        }
    }

    /// Tells apart what has the same key.
    fn finer(&self, a: NodeRef, b: NodeRef) -> Ordering {
        match self.by {
            SortBy::Name => match (self.name(a), self.name(b)) {
                (Some(a), Some(b)) if a != b => compare(a, b),
                _ => Ordering::Equal,
            },
            SortBy::Column(column) if column.shows == Shows::Utilization => {
                match (self.share(a), self.share(b)) {
                    (Some(a), Some(b)) => a.exactly(b),
                    _ => Ordering::Equal,
                }
            }
            _ => Ordering::Equal,
        }
    }

    /// What is in use of what is assigned; none as for
    /// [`Reading::utilization`](crate::estate::Reading::utilization).
    fn share(&self, at: NodeRef) -> Option<Share> {
        let (tree, meter) = (self.tree(at)?, self.meter(at)?);
        let assigned = tree.figure(at.node, meter, Measure::Assigned).get()?;
        let in_use = tree.figure(at.node, meter, Measure::InUse).get()?;
        Share::new(in_use, assigned)
    }
}

/// An unsigned number that orders as the signed one does, and is not that of the unknown. The least
/// is no count.
fn in_order(count: i64) -> u64 {
    (count.cast_unsigned() ^ (1 << 63)).saturating_sub(1)
}
