//! The tree that a token opens, streamed into the connection's.

use seatree_core::edge::{Api, ReadEstate};
use seatree_core::estate::Tree;
use seatree_core::{Operation, UpstreamError};

use super::super::arriving_tree::{fill, stream};
use super::super::{Load, Loaded};
use super::send::send;
use crate::connections::session::EdgeSession;

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
        let mut tree = Tree::new(&load.entry.connection.name);
        let complaints = fill(load, &mut tree, operation.decoder(), arriving).await?;
        load.context.estate.replace(load.id(), tree);
        complaints
    } else {
        load.entry.set_tag(None);
        stream(load, operation.doing(), operation.decoder(), arriving).await?
    };
    load.entry.set_tag(tag);
    let mut loaded = Loaded::default();
    loaded.extend(complaints.iter().map(ToString::to_string));
    Ok(loaded)
}
