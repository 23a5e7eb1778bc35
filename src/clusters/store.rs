//! The clusters' users read so far, as the pages share them.

use leptos::prelude::*;
use seatree_core::axl::{LicensedUser, UserTable, Version};

/// One cluster with its users.
pub struct Cluster {
    pub connection: String,
    /// As the cluster says it, such as 14.0.1.10000-20.
    pub release: String,
    pub schema: Version,
    pub users: UserTable,
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
    pub fn start(&self, connection: &str, release: &str, schema: Version) {
        self.clusters.update(|clusters| {
            clusters.retain(|cluster| cluster.connection != connection);
            clusters.push(Cluster {
                connection: connection.to_owned(),
                release: release.to_owned(),
                schema,
                users: UserTable::new(),
            });
        });
    }

    pub fn remove(&self, connection: &str) {
        self.clusters.update(|clusters| clusters.retain(|c| c.connection != connection));
    }

    /// Adds users and gives how many there are now; one listed twice counts once.
    pub fn add_users(&self, connection: &str, users: impl Iterator<Item = LicensedUser>) -> usize {
        let listed = self.clusters.try_update(|clusters| {
            let Some(cluster) = clusters.iter_mut().find(|c| c.connection == connection) else {
                return 0;
            };
            for user in users {
                cluster.users.push(&user);
            }
            cluster.users.len()
        });
        listed.unwrap_or_default()
    }

    /// How many users of a connection's cluster are listed.
    pub fn count(&self, connection: &str) -> usize {
        let mut count = 0;
        self.with_users(connection, |users| count = users.len());
        count
    }

    pub fn with_users(&self, connection: &str, look: impl FnOnce(&UserTable)) {
        self.clusters.with_untracked(|clusters| {
            if let Some(cluster) = clusters.iter().find(|c| c.connection == connection) {
                look(&cluster.users);
            }
        });
    }
}
