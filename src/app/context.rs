//! What every part of the page can reach.

use leptos::prelude::*;
use seatree_core::insight::Thresholds;

use super::dialog::Dialog;
use super::language::Spoken;
use crate::clusters::Clusters;
use crate::connections::Connections;
use crate::edit::Edits;
use crate::estate::EstateStore;
use crate::platform::place::Place;
use crate::platform::root::Root;
use crate::platform::screen;
use crate::platform::storage::Storage;
use crate::platform::theme::{self, Density, Theme};
use crate::services::Services;
use crate::tree::{TreeStore, unknown_meters};

/// The page's state. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Context {
    /// Where this instance of the page lives.
    pub root: Root,
    /// Where it says what it shows.
    pub place: Place,
    /// Where it keeps things for next time.
    pub storage: Storage,
    /// Whether it is no wider than a phone.
    pub is_narrow: ReadSignal<bool>,
    /// What language it speaks.
    pub spoken: Spoken,
    pub connections: Connections,
    pub estate: EstateStore,
    pub services: Services,
    pub clusters: Clusters,
    pub edits: Edits,
    pub thresholds: RwSignal<Thresholds>,
    pub tree: TreeStore,
    /// The upstream keys of meters that only upstreams know.
    pub others: Memo<Vec<String>>,
    pub density: RwSignal<Density>,
    pub theme: RwSignal<Theme>,
    /// Which connection the panel shows first, while it is open.
    pub panel: RwSignal<Option<PanelAt>>,
    /// What the dialog shows, while it is open.
    pub dialog: RwSignal<Option<Dialog>>,
    /// Whether limits can be looked at only.
    pub is_read_only: RwSignal<bool>,
    /// Whether `seatree.json` has been read, or found missing.
    pub set_up: RwSignal<bool>,
}

/// Where the connections panel opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PanelAt {
    List,
    /// The form for a new connection.
    New,
    Connection(String),
}

impl Context {
    pub fn new(home: Home, spoken: Spoken) -> Self {
        let Home { root, place, storage } = home;
        let thresholds = RwSignal::new(Thresholds::default());
        let estate = EstateStore::new(thresholds);
        Self {
            root,
            place,
            storage,
            is_narrow: root.is_narrow(),
            spoken,
            connections: Connections::new(),
            estate,
            services: Services::new(),
            clusters: Clusters::new(),
            edits: Edits::new(storage),
            thresholds,
            tree: TreeStore::new(estate.current, storage),
            others: Memo::new(move |_| estate.with(|forest| unknown_meters(&forest.estate))),
            density: RwSignal::new(theme::density(storage)),
            theme: RwSignal::new(theme::current(storage)),
            panel: RwSignal::new(None),
            dialog: RwSignal::new(None),
            is_read_only: RwSignal::new(false),
            set_up: RwSignal::new(false),
        }
    }

    /// The height of a grid's row, in CSS pixels.
    pub fn row_height(&self) -> Signal<usize> {
        screen::row_height(self.is_narrow, self.density)
    }
}

/// Where an instance of the page lives, and what it leaves behind there.
#[derive(Clone, Copy)]
pub struct Home {
    pub root: Root,
    pub place: Place,
    pub storage: Storage,
}

/// The page's state, for any component below the shell.
#[expect(clippy::expect_used, reason = "the shell provides it before anything else")]
pub fn context() -> Context {
    use_context().expect("the shell provides the context")
}
