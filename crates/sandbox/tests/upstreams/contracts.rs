//! The operations of `seatree-core` against the sandbox: what an account may read, read whole.

mod cucm;
mod draas;
mod live_platform;

use seatree_core::http::{Method, Reply, Request};
use seatree_core::{Operation, UpstreamError};

use crate::harness::Running;

/// Sends an operation and decodes what comes.
fn run<O: Operation>(running: &Running, operation: &O) -> Result<O::Output, UpstreamError> {
    operation.decode(&send(running, &operation.request()))
}

fn send(running: &Running, request: &Request) -> Reply {
    let headers: Vec<(&str, &str)> =
        request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let body = request.body.as_deref().unwrap_or_default();
    let came = match request.method {
        Method::Get => running.get(&request.url, &headers),
        Method::Post => running.post(&request.url, &headers, body),
        Method::Put => running.put(&request.url, &headers, body),
    };
    let reply = Reply::new(came.status, came.body.as_bytes());
    came.headers.iter().fold(reply, |reply, (name, value)| {
        reply.with_header(name.as_str(), value.to_str().unwrap_or_default())
    })
}
