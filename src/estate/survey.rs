//! Looking for findings in short turns, while trees grow and after.

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::estate::NodeId;
use seatree_core::insight::{Finding, Mark, Thresholds};

use super::arranger::arranger;
use super::forest::Forest;
use super::store::EstateStore;
use crate::platform::pace::{self, Idle};

/// Nodes looked at between two looks at the clock.
const NODES: usize = 2_048;
/// Between two of these looks while a tree grows, in milliseconds: 40,000 nodes a second.
const BESIDE_READING_MS: i32 = 50;

impl EstateStore {
    /// Looks at all nodes that have not been looked at, in time that nothing else needs. What is
    /// found shows when all of it is, and whenever a tree grows meanwhile.
    pub(super) fn survey(&self) {
        let (thresholds, is_running) = (self.thresholds, self.is_surveying);
        if is_running.get_value() {
            return;
        }
        is_running.set_value(true);
        let store = *self;
        spawn_local(async move {
            let arranger = match arranger().await {
                Ok(arranger) => arranger,
                Err(why) => {
                    is_running.set_value(false);
                    store.missing.try_set(Some(why));
                    return;
                }
            };
            store.quietly(|forest| forest.arranger = Some(arranger));
            loop {
                if store.is_growing() {
                    // Only as much as keeps up with a slow network: a fast one is done soon.
                    pace::wait(BESIDE_READING_MS).await;
                }
                let idle = Idle::begin().await;
                let Some(limits) = thresholds.try_get_untracked() else { return };
                let is_more = loop {
                    // Quietly: rows would be looked at again for every few thousand nodes.
                    match store.quietly(|forest| (arranger.survey)(forest, limits)) {
                        None => return,
                        Some(true) if idle.goes_on() && !store.is_growing() => {}
                        Some(is_more) => break is_more,
                    }
                };
                if !is_more {
                    break;
                }
            }
            is_running.set_value(false);
            store.refresh_soon();
        });
    }

    /// Sorts and filters by what was found. Findings that come one by one wait for each other.
    fn refresh_soon(&self) {
        let (store, forest, is_waiting) = (*self, self.forest, self.is_refreshing);
        if is_waiting.try_get_value() != Some(false) {
            return;
        }
        is_waiting.set_value(true);
        let wait = forest.try_with_untracked(|forest| forest.pace.wait()).unwrap_or_default();
        set_timeout(
            move || {
                is_waiting.try_set_value(false);
                if store.quietly(Forest::refresh).is_some() {
                    store.tell_soon();
                }
            },
            wait,
        );
    }

    /// A connection has been read to its end: sums are compared that were still growing.
    pub fn complete(&self, id: &str) {
        self.tell(id, |forest, index| forest.surveys[usize::from(index)].complete());
    }

    /// The figures of a node came, or others did.
    pub fn figures_came(&self, id: &str, node: NodeId) {
        self.tell(id, |forest, index| {
            if let Some(tree) = forest.estate.tree(index) {
                let survey = &mut forest.surveys[usize::from(index)];
                survey.look_again(tree, node);
                survey.unmark(node, Mark::Failed);
                survey.unmark(node, Mark::Stale);
            }
        });
    }

    /// Adds what figures outside the tree tell.
    pub fn found(&self, id: &str, finding: Finding) {
        self.tell(id, |forest, index| forest.surveys[usize::from(index)].add(finding));
    }

    /// Marks a node, or takes the mark from it.
    pub fn mark(&self, id: &str, node: NodeId, mark: Mark, is_so: bool) {
        self.tell(id, |forest, index| {
            let survey = &mut forest.surveys[usize::from(index)];
            if is_so { survey.mark(node, mark) } else { survey.unmark(node, mark) }
        });
    }

    fn tell(&self, id: &str, tell: impl FnOnce(&mut Forest, u16)) {
        self.forest.update(|forest| {
            if let Some(index) = forest.index(id) {
                tell(forest, index);
            }
        });
        self.survey();
    }
}

impl Forest {
    /// Looks at some nodes; whether there are more.
    pub(super) fn survey_more(&mut self, thresholds: Thresholds) -> bool {
        let mut trees = self.estate.trees().iter().zip(&mut self.surveys);
        !trees.all(|(tree, survey)| survey.go_on(tree, thresholds, NODES))
    }
}
