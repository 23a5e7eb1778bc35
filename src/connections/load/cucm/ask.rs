//! What a cluster is asked beside its users, when a person wants to know.

use seatree_core::axl::{Api, Credentials, Version};
use seatree_core::config::Upstream;
use seatree_core::{Operation, Problem, UpstreamError};

use super::{Load, run};
use crate::app::Context;
use crate::connections::session::Session;
use crate::platform::fetch;
use crate::platform::stop::Stop;

/// A cluster that can be asked, as the one who is signed in.
pub struct Asking {
    load: Load,
    api: Api,
    credentials: Credentials,
    schema: Version,
}

impl Asking {
    /// Asks the cluster of a connection, until `stop` says otherwise.
    ///
    /// # Errors
    /// When nobody is signed in to it.
    pub fn of(
        context: Context,
        connection: &str,
        doing: &'static str,
        stop: Stop,
    ) -> Result<Self, UpstreamError> {
        let signed_out = || UpstreamError::new(doing, Problem::SignedOut);
        let entry = context.connections.find(connection).ok_or_else(signed_out)?;
        let spoken = context.clusters.with_untracked(|clusters| {
            let cluster = clusters.iter().find(|cluster| cluster.connection == connection)?;
            Some(cluster.spoken.clone())
        });
        let upstream = entry.connection.upstream.clone();
        match (upstream, entry.session(), spoken) {
            (Upstream::Cucm { api, .. }, Some(Session::Cucm(credentials)), Some(spoken)) => {
                let load = Load::beside(context, entry, stop);
                Ok(Self { load, api, credentials, schema: spoken.schema })
            }
            _ => Err(signed_out()),
        }
    }

    /// Sends what `make` makes of the cluster, its account and the version it speaks; waits and
    /// asks again where the cluster is busy with others.
    ///
    /// # Errors
    /// What went wrong on the way, or what the cluster says against it.
    pub async fn run<O: Operation>(
        &self,
        doing: &'static str,
        seconds: u32,
        make: impl FnOnce(&Api, &Credentials, Version) -> O,
    ) -> Result<O::Output, UpstreamError> {
        let operation = make(&self.api, &self.credentials, self.schema);
        run(&self.load, doing, seconds, &operation).await
    }

    /// The same, never sent a second time whatever happens.
    ///
    /// # Errors
    /// As of [`run`](Self::run).
    pub async fn run_once<O: Operation>(
        &self,
        doing: &'static str,
        seconds: u32,
        make: impl FnOnce(&Api, &Credentials, Version) -> O,
    ) -> Result<O::Output, UpstreamError> {
        let operation = make(&self.api, &self.credentials, self.schema);
        let deadline = self.load.stop.within(seconds);
        fetch::run(&operation, doing, &self.load.way, deadline).await
    }
}
