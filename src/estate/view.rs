//! What a person sees of the forest: sorted, filtered, without hierarchy, and while it grows.

use std::ops::Range;
use std::time::Duration;

use seatree_core::estate::{Kind, NodeId, Tree};
use seatree_core::insight::{Survey, Thresholds};
use seatree_core::view::{Bits, Filter, Find, LEAF_KINDS, Needle, Sort};

use super::forest::Forest;
use crate::platform::clock;

/// Turns in which a tree that was read again is looked at before it is shown: 64,000 nodes.
const AT_ONCE: usize = 32;

impl Forest {
    /// Shows what came since the last time.
    pub(super) fn follow(&mut self) {
        match self.arranger {
            Some(arranger) => (arranger.follow)(self),
            // Nothing is sorted or filtered yet.
            None => self.rows.follow(&self.estate, None),
        }
    }

    /// Sorts and filters again, with the figures and findings that came since.
    pub(super) fn refresh(&mut self) {
        if let Some(arranger) = self.arranger {
            (arranger.refresh)(self);
        }
    }

    /// Puts a tree in the place of a former one. What a person opened, closed, selected and looks
    /// at of that stays so wherever it is found again.
    pub(super) fn put_in_place(&mut self, index: u16, tree: Tree, thresholds: Thresholds) {
        let Some(place) = self.estate.tree_mut(index) else { return };
        let former = std::mem::replace(place, tree);
        self.count_reading();
        if let Some(survey) = self.surveys.get_mut(usize::from(index)) {
            *survey = Survey::default();
        }
        if let Some(arranger) = self.arranger {
            if self.filter.depends_on_figures() {
                // Else what it filters by would be gone, and come again.
                let mut turns = 0..AT_ONCE;
                while turns.next().is_some() && (arranger.survey)(self, thresholds) {}
            }
            (arranger.carry_over)(self, index, &former);
        } else {
            // What has nothing to arrange yet had nothing to open.
            self.rows.forget(index);
            self.selection.forget(index);
        }
        self.follow();
        self.refresh();
    }

    pub(super) fn carry_over(&mut self, index: u16, former: &Tree) {
        let Some(tree) = self.estate.tree(index) else { return };
        self.identities.read_again(index, former, tree, self.rows.shown_of(index));
        self.selection.carry_over(index, former, tree);
        let (estate, surveys, filter) = (&self.estate, &self.surveys, &self.filter);
        let find = |tree: u16, nodes: Range<NodeId>, matches: &mut Bits| {
            if let Some(nodes_of) = estate.tree(tree) {
                filter.find(nodes_of, surveys.get(usize::from(tree)), nodes, matches);
            }
        };
        let find: Option<Find> = if filter.is_empty() { None } else { Some(&find) };
        self.rows
            .carry_over(index, former, estate, find, &|tree, node| severity(surveys, tree, node));
    }

    /// Sorted rows are sorted again at a pace that leaves most of the time to reading.
    pub(super) fn follow_arranged(&mut self) {
        self.take_in();
        if self.rows.is_stale() && self.pace.is_due() {
            self.pace.begin();
            self.sort(self.rows.sorted_by().cloned());
            self.pace.end();
        }
    }

    fn take_in(&mut self) {
        if self.filter.is_empty() {
            self.rows.follow(&self.estate, None);
            return;
        }
        let (estate, surveys, filter) = (&self.estate, &self.surveys, &self.filter);
        self.rows.follow(
            estate,
            Some(&|tree, nodes, matches| {
                if let Some(nodes_of) = estate.tree(tree) {
                    filter.find(nodes_of, surveys.get(usize::from(tree)), nodes, matches);
                }
            }),
        );
    }

    pub(super) fn refresh_arranged(&mut self) {
        self.pace.begin();
        if self.filter.depends_on_figures() {
            self.narrow(self.filter.clone());
        }
        // Narrowing takes the order as it was; figures that came may have changed it.
        if self.rows.sorted_by().is_some() {
            let surveys = &self.surveys;
            self.rows.resort(&self.estate, &|tree, node| severity(surveys, tree, node));
        }
        self.pace.end();
    }

    pub(super) fn sort(&mut self, sort: Option<Sort>) {
        let surveys = &self.surveys;
        self.rows.sort(&self.estate, sort, &|tree, node| severity(surveys, tree, node));
    }

    pub(super) fn narrow(&mut self, filter: Filter) {
        let is_flat = self.rows.is_flat();
        let needle = Needle::new(&filter.text);
        self.needle = (!needle.is_empty()).then_some(needle);
        self.filter = filter;
        let matches = (!self.filter.is_empty()).then(|| {
            let trees = self.estate.trees().iter().zip(&self.surveys);
            let found = trees.map(|(tree, survey)| {
                let mut matches = Bits::new();
                self.filter.find(tree, Some(survey), 0..tree.end(0), &mut matches);
                matches
            });
            found.collect()
        });
        let surveys = &self.surveys;
        self.rows.narrow(&self.estate, matches, &|tree, node| severity(surveys, tree, node));
        if is_flat {
            // A filter that names kinds also says what a list without hierarchy has.
            self.flatten(true);
        }
    }

    pub(super) fn flatten(&mut self, is_flat: bool) {
        let named: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| self.filter.kinds.contains(*kind)).collect();
        let kinds = if named.is_empty() { &LEAF_KINDS[..] } else { &named };
        let surveys = &self.surveys;
        self.rows.flat(&self.estate, is_flat.then_some(kinds), &|tree, node| {
            severity(surveys, tree, node)
        });
    }
}

/// When sorting again is due: it takes a tenth of the time at most.
#[derive(Default)]
pub(super) struct SortPace {
    began_ms: f64,
    took_ms: f64,
}

impl SortPace {
    fn is_due(&self) -> bool {
        self.wait() == Duration::ZERO
    }

    /// How long until it is due.
    pub(super) fn wait(&self) -> Duration {
        let waited_ms = clock::elapsed_ms() - self.began_ms;
        Duration::from_secs_f64((10.0 * self.took_ms - waited_ms).max(0.0) / 1_000.0)
    }

    fn begin(&mut self) {
        self.began_ms = clock::elapsed_ms();
    }

    fn end(&mut self) {
        self.took_ms = clock::elapsed_ms() - self.began_ms;
    }
}

fn severity(surveys: &[Survey], tree: u16, node: NodeId) -> u8 {
    surveys.get(usize::from(tree)).map_or(0, |survey| survey.marks(node).severity())
}
