//! Reads what a cluster can tell of its licenses: by the operations made for it, else from its
//! database, else the license units of the oldest releases.

mod ask;
mod database;
mod discover;
mod units;
mod users;

use seatree_core::axl::{Api, Capability, Credentials, Listing, Retry, Source, Spoken, Version};
use seatree_core::{Operation, Problem, UpstreamError};

pub use ask::Asking;

use super::{Load, Loaded, Reading};
use crate::clusters;
use crate::platform::chance;
use crate::platform::fetch;
use crate::platform::pace::pause;
use crate::platform::part::part;

/// A busy publisher takes minutes for a page.
const PAGE_S: u32 = 300;

/// Reads a cluster.
pub(super) type Reader =
    for<'a> fn(&'a Load, &'a Api, Option<Version>, &'a Credentials) -> Reading<'a>;

part!(
    cucm,
    /// The reader of clusters.
    pub(super) fn reader() -> Reader {
        |load, api, version, credentials| Box::pin(read(load, api, version, credentials))
    }
);

/// A cluster that was found to answer.
struct Cluster<'a> {
    load: &'a Load,
    api: &'a Api,
    credentials: &'a Credentials,
    spoken: &'a Spoken,
    reading: clusters::Reading,
}

impl Cluster<'_> {
    /// Adds to what is shown of the cluster; fails when its connection was removed meanwhile, or is
    /// read anew.
    fn grow<T>(
        &self,
        doing: &'static str,
        add: impl FnOnce(&mut clusters::Cluster) -> T,
    ) -> Result<T, UpstreamError> {
        let clusters = self.load.context.clusters;
        let grown = clusters.grow_quietly(self.load.id(), self.reading, add);
        clusters.tell_soon();
        grown.ok_or_else(|| UpstreamError::new(doing, Problem::Cancelled))
    }

    async fn run<O: Operation>(
        &self,
        doing: &'static str,
        operation: &O,
    ) -> Result<O::Output, UpstreamError> {
        run(self.load, doing, PAGE_S, operation).await
    }
}

/// Sends an operation; a cluster that is busy with others is asked again a few times.
async fn run<O: Operation>(
    load: &Load,
    doing: &'static str,
    seconds: u32,
    operation: &O,
) -> Result<O::Output, UpstreamError> {
    let mut retry = Retry::new();
    loop {
        let outcome = fetch::run(operation, doing, &load.way, load.stop.within(seconds)).await;
        let Err(error) = outcome else { return outcome };
        match retry.after(&error, chance::byte()) {
            Some(time) => pause(&load.stop, time).await,
            None => return Err(error),
        }
    }
}

async fn read(
    load: &Load,
    api: &Api,
    version: Option<Version>,
    credentials: &Credentials,
) -> Result<Loaded, UpstreamError> {
    let clusters = load.context.clusters;
    let resumed = if load.goes_on { clusters.resume(load.id()) } else { None };
    if let Some(clusters::Resumed { reading, spoken, source, listing }) = resumed {
        let cluster = Cluster { load, api, credentials, spoken: &spoken, reading };
        let outcome = match source {
            Source::Operation => users::read(&cluster, listing).await,
            Source::Sql => database::users(&cluster, listing).await,
        };
        clusters.end(load.id(), reading, &outcome);
        return outcome;
    }
    let spoken = discover::discover(load, api, version, credentials).await?;
    let reading = clusters.start(load.id(), &spoken);
    let cluster = Cluster { load, api, credentials, spoken: &spoken, reading };
    let can = |capability: Capability| capability.on(&spoken).is_available();
    let outcome = if can(Capability::ListUsers) {
        users::read(&cluster, Listing::new(users::ROWS_PER_PAGE)).await
    } else if can(Capability::TotalsBySql) {
        database::read(&cluster).await
    } else {
        units::read(&cluster).await
    };
    clusters.end(load.id(), reading, &outcome);
    outcome
}
