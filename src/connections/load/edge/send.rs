//! Requests to an edge; one that it puts off is sent again when it says.

use std::time::Duration;

use seatree_core::http::{Reply, Request};
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::Load;
use crate::platform::fetch::{self, Arriving};
use crate::platform::pace::pause;

/// One subscription takes no longer.
const SECONDS: u32 = 60;
/// Longer than that nobody waits without being told.
const LONGEST_WAIT_S: u64 = 30;
/// So many others may be let in first.
const TIMES: u32 = 3;

/// Sends a request. What the load's gate keeps back is cancelled.
pub(super) async fn send(
    load: &Load,
    doing: &'static str,
    seconds: u32,
    request: &Request,
) -> Result<Arriving, UpstreamError> {
    let mut times = 0;
    loop {
        if !load.may_send() {
            return Err(UpstreamError::new(doing, Problem::Cancelled));
        }
        let deadline = load.stop.within(seconds);
        let arriving = fetch::send(request.clone(), doing, &load.way, deadline).await?;
        // An edge that is asked too often does nothing of what it was asked.
        let wait = arriving.header("retry-after").and_then(|seconds| seconds.parse().ok());
        match wait.filter(|wait| arriving.status() == 429 && *wait <= LONGEST_WAIT_S) {
            Some(wait) if times < TIMES => {
                times += 1;
                pause(&load.stop, Duration::from_secs(wait)).await;
            }
            _ => return Ok(arriving),
        }
    }
}

/// A whole reply.
pub(super) async fn whole(
    load: &Load,
    doing: &'static str,
    request: &Request,
) -> Result<Reply, UpstreamError> {
    send(load, doing, SECONDS, request).await?.whole().await
}

/// Sends an operation whose reply is small, and decodes it.
pub(super) async fn run<O: Operation>(
    load: &Load,
    doing: &'static str,
    operation: &O,
) -> Result<O::Output, UpstreamError> {
    operation.decode(&whole(load, doing, &operation.request()).await?)
}
