//! What every part of the page can reach.

use leptos::prelude::*;
use seatree_core::insight::Thresholds;

use super::dialog::Dialog;
use crate::clusters::Clusters;
use crate::connections::Connections;
use crate::edit::Edits;
use crate::estate::EstateStore;
use crate::platform::root::Root;
use crate::platform::theme::{self, Density, Theme};
use crate::services::Services;
use crate::tree::{TreeStore, unknown_meters};

/// The page's state. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Context {
    /// Where this instance of the page lives.
    pub root: Root,
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
    pub fn new(root: Root) -> Self {
        let thresholds = RwSignal::new(Thresholds::default());
        let estate = EstateStore::new(thresholds);
        Self {
            root,
            connections: Connections::new(),
            estate,
            services: Services::new(),
            clusters: Clusters::new(),
            edits: Edits::new(),
            thresholds,
            tree: TreeStore::new(estate.current),
            others: Memo::new(move |_| estate.with(|forest| unknown_meters(&forest.estate))),
            density: RwSignal::new(theme::density()),
            theme: RwSignal::new(theme::current()),
            panel: RwSignal::new(None),
            dialog: RwSignal::new(None),
            set_up: RwSignal::new(false),
        }
    }
}

/// The page's state, for any component below the shell.
#[expect(clippy::expect_used, reason = "the shell provides it before anything else")]
pub fn context() -> Context {
    use_context().expect("the shell provides the context")
}
