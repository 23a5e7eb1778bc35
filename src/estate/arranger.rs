//! Sorting, filtering and looking for findings: code that is fetched with the first data, since
//! there is nothing to arrange before.

use std::ops::Range;

use leptos::prelude::*;
use leptos::task::spawn_local;
use seatree_core::estate::Tree;
use seatree_core::insight::Thresholds;
use seatree_core::view::{Filter, Needle, Sort, Total, totals};

use super::forest::Forest;
use super::store::EstateStore;
use crate::platform::part::part;

/// What can be done to rows once its code is there.
#[derive(Clone, Copy)]
pub struct Arranger {
    pub(super) sort: fn(&mut Forest, Option<Sort>),
    pub(super) narrow: fn(&mut Forest, Filter),
    pub(super) flatten: fn(&mut Forest, bool),
    pub(super) follow: fn(&mut Forest),
    pub(super) refresh: fn(&mut Forest),
    pub(super) carry_over: fn(&mut Forest, u16, &Tree),
    pub(super) survey: fn(&mut Forest, Thresholds) -> bool,
    totals: fn(&Forest) -> Vec<Total>,
    ranges: fn(&Needle, &str) -> Vec<Range<usize>>,
    next_named: fn(&Forest, usize, &str) -> Option<usize>,
}

part!(
    start,
    /// All of it.
    pub(super) fn arranger() -> Arranger {
        Arranger {
            sort: Forest::sort,
            narrow: Forest::narrow,
            flatten: Forest::flatten,
            follow: Forest::follow_arranged,
            refresh: Forest::refresh_arranged,
            carry_over: Forest::carry_over,
            survey: Forest::survey_more,
            totals: |forest| totals(&forest.estate, &forest.selection),
            ranges: Needle::ranges,
            next_named: |forest, row, prefix| forest.rows.next_named(&forest.estate, row, prefix),
        }
    }
);

impl EstateStore {
    /// Changes how rows are arranged, at once or as soon as the code for it has been fetched.
    pub(super) fn arrange(&self, change: impl FnOnce(Arranger, &mut Forest) + 'static) {
        let forest = self.forest;
        if let Some(arranger) = forest.with_untracked(|forest| forest.arranger) {
            forest.update(|forest| change(arranger, forest));
            return;
        }
        let missing = self.missing;
        spawn_local(async move {
            match arranger().await {
                Ok(arranger) => {
                    forest.try_update(|forest| {
                        forest.arranger = Some(arranger);
                        change(arranger, forest);
                    });
                }
                Err(why) => {
                    missing.try_set(Some(why));
                }
            }
        });
    }
}

impl Forest {
    /// What the selected nodes have together.
    pub fn totals(&self) -> Vec<Total> {
        self.arranger.map(|arranger| (arranger.totals)(self)).unwrap_or_default()
    }

    /// The parts of a name that the filter's text is.
    pub fn found_in(&self, name: &str) -> Vec<Range<usize>> {
        let needle = self.needle.as_ref().zip(self.arranger);
        needle.map(|(needle, arranger)| (arranger.ranges)(needle, name)).unwrap_or_default()
    }

    /// The next row, from the one after `row` and around, whose name begins so.
    pub fn next_named(&self, row: usize, prefix: &str) -> Option<usize> {
        (self.arranger?.next_named)(self, row, prefix)
    }
}
