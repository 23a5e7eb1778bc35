//! Reads what a cluster can tell of its licenses: by the operations made for it, else from its
//! database, else the license units of the oldest releases.

mod database;
mod discover;
mod units;
mod users;

use seatree_core::axl::{Api, Capability, Credentials, Retry, Spoken, Version};
use seatree_core::{Operation, UpstreamError};

use super::{Load, Loaded, Reading};
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
}

impl Cluster<'_> {
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
    let spoken = discover::discover(load, api, version, credentials).await?;
    let reading = load.context.clusters.start(load.id(), &spoken);
    let cluster = Cluster { load, api, credentials, spoken: &spoken };
    let can = |capability: Capability| capability.on(&spoken).is_available();
    let outcome = if can(Capability::ListUsers) {
        users::read(&cluster).await
    } else if can(Capability::TotalsBySql) {
        database::read(&cluster).await
    } else {
        units::read(&cluster).await
    };
    load.context.clusters.end(load.id(), reading, &outcome);
    outcome
}
