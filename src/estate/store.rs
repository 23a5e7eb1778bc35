//! The forest as the pages share it.

use leptos::prelude::*;
use seatree_core::estate::{Estate, NodeRef, Tree};
use seatree_core::insight::Thresholds;
use seatree_core::view::{Filter, Rows, Sort};

use super::forest::Forest;
use crate::platform::clock;
use crate::platform::part::Missing;
use crate::platform::seldom::Seldom;

/// The forest. Copying it shares it.
#[derive(Clone, Copy)]
pub struct EstateStore {
    pub(super) forest: RwSignal<Forest>,
    /// The node that a person looks at.
    pub current: RwSignal<Option<NodeRef>>,
    pub(super) thresholds: RwSignal<Thresholds>,
    pub(super) is_surveying: StoredValue<bool>,
    pub(super) is_refreshing: StoredValue<bool>,
    telling: StoredValue<Seldom, LocalStorage>,
    /// When a tree grew last, in milliseconds.
    grown_ms: StoredValue<f64>,
    /// Why rows cannot be arranged.
    pub missing: RwSignal<Option<Missing>>,
}

impl EstateStore {
    pub fn new(thresholds: RwSignal<Thresholds>) -> Self {
        let forest = RwSignal::new(Forest::new());
        let estate = Self {
            forest,
            current: RwSignal::new(None),
            thresholds,
            is_surveying: StoredValue::new(false),
            is_refreshing: StoredValue::new(false),
            telling: StoredValue::new_local(Seldom::default()),
            grown_ms: StoredValue::new(f64::NEG_INFINITY),
            missing: RwSignal::new(None),
        };
        Effect::new(move |_| {
            thresholds.track();
            estate.survey();
        });
        estate
    }

    /// Looks at the forest; the caller runs again when it changes.
    pub fn with<T>(&self, look: impl FnOnce(&Forest) -> T) -> T {
        self.forest.with(look)
    }

    pub fn with_untracked<T>(&self, look: impl FnOnce(&Forest) -> T) -> T {
        self.forest.with_untracked(look)
    }

    /// Adds a connection that has nothing yet.
    pub fn add(&self, id: &str, name: &str) {
        self.forest.update(|forest| {
            forest.add(id, name);
            forest.follow();
        });
    }

    pub fn remove(&self, id: &str) {
        self.follow_current(|forest| {
            if let Some(index) = forest.index(id) {
                forest.remove(index);
            }
        });
    }

    /// Changes which nodes there are; who looks at one goes on looking at it.
    fn follow_current(&self, change: impl FnOnce(&mut Forest)) {
        let was = self.current.get_untracked();
        let key = self.with_untracked(|forest| was.map(|was| forest.key_of(was)));
        self.forest.update(change);
        let now = self.with_untracked(|forest| forest.node_of(key?));
        if now != was {
            self.current.set(now);
        }
    }

    /// Lets a decoder fill a connection's tree, then shows what is new in it, soon: a tree grows
    /// many times between two frames.
    pub fn grow<T>(&self, id: &str, fill: impl FnOnce(&mut Tree) -> T) -> Option<T> {
        let filled = self.quietly(|forest| {
            let tree = forest.index(id).and_then(|index| forest.estate.tree_mut(index))?;
            let filled = fill(tree);
            forest.follow();
            Some(filled)
        })?;
        self.grown_ms.try_set_value(clock::elapsed_ms());
        self.tell_soon();
        self.survey();
        filled
    }

    /// Adds to a connection's nodes what is neither a figure nor a row.
    pub fn annotate(&self, id: &str, add: impl FnOnce(&mut Tree)) {
        self.forest.try_update(|forest| {
            if let Some(tree) = forest.index(id).and_then(|index| forest.estate.tree_mut(index)) {
                add(tree);
            }
        });
    }

    /// Whether a tree is growing fast, so that time is better spent on that.
    pub(super) fn is_growing(&self) -> bool {
        const PAUSE_MS: f64 = 50.0;
        let grown_ms = self.grown_ms.try_get_value();
        grown_ms.is_some_and(|grown_ms| clock::elapsed_ms() - grown_ms < PAUSE_MS)
    }

    /// Changes the forest without telling anybody; none when the page is gone.
    pub(super) fn quietly<T>(&self, change: impl FnOnce(&mut Forest) -> T) -> Option<T> {
        self.forest.try_maybe_update(|forest| (false, change(forest)))
    }

    /// Tells those who look at the forest that it changed, in a frame some time soon.
    pub(super) fn tell_soon(&self) {
        let forest = self.forest;
        let tell = move || {
            // A page that is gone has nobody to tell.
            forest.try_update(|_| ());
        };
        self.telling.try_with_value(|telling| telling.ask(tell));
    }

    /// Puts a whole tree in the place of a connection's former one.
    pub fn replace(&self, id: &str, tree: Tree) {
        let thresholds = self.thresholds.get_untracked();
        self.follow_current(|forest| {
            if let Some(index) = forest.index(id) {
                forest.put_in_place(index, tree, thresholds);
            }
        });
        self.survey();
    }

    /// Looks at a connection's tree as it is now.
    pub fn look<T>(&self, id: &str, look: impl FnOnce(&Tree) -> T) -> Option<T> {
        self.forest.with_untracked(|forest| forest.estate.tree(forest.index(id)?).map(look))
    }

    /// Whether a connection's tree holds anything below the connection itself.
    pub fn holds_data(&self, id: &str) -> bool {
        self.look(id, |tree| !tree.is_empty()) == Some(true)
    }

    /// Changes which rows are open.
    pub fn view(&self, change: impl FnOnce(&mut Rows, &Estate)) {
        self.forest.update(|forest| change(&mut forest.rows, &forest.estate));
    }

    pub fn toggle(&self, row: usize) {
        self.view(|rows, estate| rows.toggle(estate, row));
    }

    pub fn sort(&self, sort: Option<Sort>) {
        self.arrange(|arranger, forest| (arranger.sort)(forest, sort));
    }

    pub fn flatten(&self, is_flat: bool) {
        self.arrange(move |arranger, forest| (arranger.flatten)(forest, is_flat));
    }

    /// Shows only what a filter leaves.
    pub fn filter(&self, filter: Filter) {
        self.arrange(|arranger, forest| (arranger.narrow)(forest, filter));
    }

    /// Opens all above a node; false when the present view does not have it.
    pub fn reveal(&self, node: NodeRef) -> bool {
        let row = self.forest.try_update(|forest| forest.rows.reveal(&forest.estate, node));
        row.flatten().is_some()
    }
}
