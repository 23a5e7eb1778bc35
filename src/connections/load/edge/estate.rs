//! The tree that a token opens, streamed into the connection's.

use seatree_core::draas::Complaint;
use seatree_core::edge::{Api, EstateDecoder, ReadEstate};
use seatree_core::estate::Tree;
use seatree_core::words::later;
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::{Load, Loaded};
use super::send::send;
use crate::connections::session::EdgeSession;
use crate::platform::fetch::Arriving;
use crate::platform::pace::Pace;

/// A platform's whole tree can be hundreds of megabytes, and the edge has to read it first.
const READ_S: u32 = 900;

/// The first time, what arrives is shown at once. Reading again, the former tree stays until the
/// new one is whole, or the edge says that it is still so.
pub(super) async fn read(
    load: &Load,
    api: &Api,
    session: &EdgeSession,
) -> Result<Loaded, UpstreamError> {
    let is_again = load.context.estate.holds_data(load.id());
    let tag = load.entry.tag().filter(|_| is_again);
    let operation = ReadEstate::new(api, tag.as_deref(), &session.token);
    let arriving = send(load, operation.doing(), READ_S, &operation.request()).await?;
    if tag.is_some() && arriving.status() == 304 {
        return Ok(Loaded::default());
    }
    if !arriving.is_success() {
        return Err(operation.fault(&arriving.whole().await?));
    }
    let tag = arriving.header("etag");
    let complaints = if is_again {
        replace(load, operation.decoder(), arriving).await?
    } else {
        load.entry.set_tag(None);
        stream(load, &operation, arriving).await?
    };
    load.entry.set_tag(tag);
    let mut loaded = Loaded::default();
    loaded.extend(complaints.iter().map(ToString::to_string));
    Ok(loaded)
}

async fn replace(
    load: &Load,
    mut decoder: EstateDecoder,
    mut arriving: Arriving,
) -> Result<Vec<Complaint>, UpstreamError> {
    let mut tree = Tree::new(&load.entry.connection.name);
    let mut parts = arriving.parts();
    let mut pace = Pace::begin();
    while let Some(part) = arriving.next(&mut parts).await? {
        decoder.push(&mut tree, part)?;
        load.progress(tree.len() - 1, None, later("nodes"));
        pace.breathe().await;
    }
    let complaints = decoder.finish(&mut tree)?;
    load.context.estate.replace(load.id(), tree);
    Ok(complaints)
}

async fn stream(
    load: &Load,
    operation: &ReadEstate,
    mut arriving: Arriving,
) -> Result<Vec<Complaint>, UpstreamError> {
    let gone = || UpstreamError::new(operation.doing(), Problem::Cancelled);
    let estate = load.context.estate;
    let mut decoder = operation.decoder();
    let mut parts = arriving.parts();
    let mut pace = Pace::begin();
    while let Some(part) = arriving.next(&mut parts).await? {
        let nodes =
            estate.grow(load.id(), |tree| decoder.push(tree, part).map(|()| tree.len() - 1));
        load.progress(nodes.ok_or_else(gone)??, None, later("nodes"));
        pace.breathe().await;
        // The tree under this name may be another load's by now.
        if load.stop.is_stopped() {
            return Err(gone());
        }
    }
    estate.grow(load.id(), |tree| decoder.finish(tree)).ok_or_else(gone)?
}
