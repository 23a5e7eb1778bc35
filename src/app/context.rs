//! What every part of the page can reach.

use leptos::prelude::*;
use seatree_core::insight::Thresholds;

use crate::clusters::Clusters;
use crate::connections::Connections;
use crate::estate::EstateStore;
use crate::services::Services;

/// The page's state. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Context {
    pub connections: Connections,
    pub estate: EstateStore,
    pub services: Services,
    pub clusters: Clusters,
    pub thresholds: RwSignal<Thresholds>,
    /// Which connection the panel shows first, while it is open.
    pub panel: RwSignal<Option<PanelAt>>,
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
    pub fn new() -> Self {
        Self {
            connections: Connections::new(),
            estate: EstateStore::new(),
            services: Services::new(),
            clusters: Clusters::new(),
            thresholds: RwSignal::new(Thresholds::default()),
            panel: RwSignal::new(None),
            set_up: RwSignal::new(false),
        }
    }
}

/// The page's state, for any component below the shell.
#[expect(clippy::expect_used, reason = "the shell provides it before anything else")]
pub fn context() -> Context {
    use_context().expect("the shell provides the context")
}
