//! A tree that arrives in pieces, whatever sends it.

use seatree_core::draas::Complaint;
use seatree_core::estate::Tree;
use seatree_core::words::later;
use seatree_core::{Problem, TreeDecoder, UpstreamError};

use super::Load;
use crate::platform::fetch::Arriving;
use crate::platform::pace::Pace;

const NODES: &str = later("nodes");

/// Decodes a reply into a tree that is not shown yet.
pub(super) async fn fill(
    load: &Load,
    tree: &mut Tree,
    mut decoder: impl TreeDecoder,
    mut arriving: Arriving,
) -> Result<Vec<Complaint>, UpstreamError> {
    let mut parts = arriving.parts();
    let mut pace = Pace::begin();
    while let Some(part) = arriving.next(&mut parts).await? {
        decoder.push(tree, part)?;
        load.progress(tree.len() - 1, None, NODES);
        pace.breathe().await;
    }
    decoder.finish(tree)
}

/// Decodes a reply into the connection's own tree: what arrives is shown at once.
pub(super) async fn stream(
    load: &Load,
    doing: &'static str,
    mut decoder: impl TreeDecoder,
    mut arriving: Arriving,
) -> Result<Vec<Complaint>, UpstreamError> {
    let gone = || UpstreamError::new(doing, Problem::Cancelled);
    let estate = load.context.estate;
    let mut parts = arriving.parts();
    let mut pace = Pace::begin();
    while let Some(part) = arriving.next(&mut parts).await? {
        let nodes =
            estate.grow(load.id(), |tree| decoder.push(tree, part).map(|()| tree.len() - 1));
        load.progress(nodes.ok_or_else(gone)??, None, NODES);
        pace.breathe().await;
        // The tree under this name may be another load's by now.
        if load.stop.is_stopped() {
            return Err(gone());
        }
    }
    estate.grow(load.id(), |tree| decoder.finish(tree)).ok_or_else(gone)?
}
