//! What a person sees of the forest: sorted, filtered, without hierarchy, and while it grows.

use std::time::Duration;

use seatree_core::estate::{Kind, NodeId};
use seatree_core::insight::Survey;
use seatree_core::view::{Bits, Filter, LEAF_KINDS, Needle, Sort};

use super::forest::Forest;
use crate::platform::clock;

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

    /// Starts a tree anew: another was put in its place.
    pub(super) fn start_anew(&mut self, index: u16) {
        self.count_reading();
        self.rows.forget(index);
        self.selection.forget(index);
        if let Some(survey) = self.surveys.get_mut(usize::from(index)) {
            *survey = Survey::default();
        }
        self.follow();
        self.refresh();
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
