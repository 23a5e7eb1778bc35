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
    /// Whether its reading came to a good end.
    pub is_whole: bool,
    /// What was read before, until this is whole.
    former: Option<Box<Cluster>>,
    reading: Reading,
}

/// One reading of a cluster, told from the ones before and after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading(u32);

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

    /// Begins a cluster's list anew. What was read before comes back if this fails.
    pub fn start(&self, connection: &str, spoken: &Spoken) -> Reading {
        let mut reading = Reading::default();
        self.clusters.update(|clusters| {
            let mut new = Cluster {
                connection: connection.to_owned(),
                spoken: spoken.clone(),
                source: Source::Operation,
                users: UserTable::new(),
                totals: Vec::new(),
                units: None,
                is_whole: false,
                former: None,
                reading,
            };
            match clusters.iter_mut().find(|c| c.connection == connection) {
                // In its place, so that the one being looked at stays.
                Some(place) => {
                    reading.0 = place.reading.0.wrapping_add(1);
                    new.reading = reading;
                    let mut former = std::mem::replace(place, new);
                    // One that was itself cut short gives way to the one before it.
                    place.former = former.former.take().or_else(|| Some(Box::new(former)));
                }
                None => clusters.push(new),
            }
        });
        reading
    }

    /// Ends what [`start`](Self::start) began: well, or with what was read before.
    pub fn end<T, E>(&self, connection: &str, reading: Reading, outcome: &Result<T, E>) {
        self.grow(connection, |cluster| {
            if cluster.reading != reading {
                return;
            }
            cluster.is_whole = outcome.is_ok();
            let former = cluster.former.take();
            if let (Err(_), Some(former)) = (outcome, former) {
                *cluster = Cluster { reading, ..*former };
            }
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
