//! The clusters' users read so far, as the pages share them.

use leptos::prelude::*;
use seatree_core::axl::legacy::LicenseUnitReport;
use seatree_core::axl::sql::LicenseTotal;
use seatree_core::axl::{Source, Spoken, UserTable};

/// One cluster with its users.
pub struct Cluster {
    pub connection: String,
    pub spoken: Spoken,
    /// Where totals and users come from.
    pub source: Source,
    pub users: UserTable,
    /// The cluster's own, where they were read from its database.
    pub totals: Vec<LicenseTotal>,
    /// What the oldest releases count instead of users.
    pub units: Option<LicenseUnitReport>,
}

/// All clusters that answered.
#[derive(Clone, Copy)]
pub struct Clusters {
    clusters: RwSignal<Vec<Cluster>>,
}

impl Clusters {
    pub fn new() -> Self {
        Self { clusters: RwSignal::new(Vec::new()) }
    }

    pub fn with<T>(&self, look: impl FnOnce(&[Cluster]) -> T) -> T {
        self.clusters.with(|clusters| look(clusters))
    }

    /// Begins a cluster's list anew.
    pub fn start(&self, connection: &str, spoken: &Spoken) {
        self.clusters.update(|clusters| {
            clusters.retain(|cluster| cluster.connection != connection);
            clusters.push(Cluster {
                connection: connection.to_owned(),
                spoken: spoken.clone(),
                source: Source::Operation,
                users: UserTable::new(),
                totals: Vec::new(),
                units: None,
            });
        });
    }

    pub fn remove(&self, connection: &str) {
        self.clusters.update(|clusters| clusters.retain(|c| c.connection != connection));
    }

    /// Lets a reader add to a cluster; none when its connection was removed meanwhile.
    pub fn grow<T>(&self, connection: &str, add: impl FnOnce(&mut Cluster) -> T) -> Option<T> {
        self.clusters.try_update(|clusters| {
            clusters.iter_mut().find(|c| c.connection == connection).map(add)
        })?
    }

    pub fn with_users(&self, connection: &str, look: impl FnOnce(&UserTable)) {
        self.clusters.with_untracked(|clusters| {
            if let Some(cluster) = clusters.iter().find(|c| c.connection == connection) {
                look(&cluster.users);
            }
        });
    }
}
