//! The trees of entities, streamed into the connection's.

use seatree_core::draas::{Api, Complaint, Detail, Entity, Level, Licenses};
use seatree_core::estate::Tree;
use seatree_core::http::Secret;
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::{Load, Loaded, ends_all};
use super::session::send;
use crate::connections::session::DraasSession;
use crate::platform::fetch::{Arriving, Way};
use crate::platform::pace::Pace;

/// A group's reply can be hundreds of megabytes.
const READ_S: u32 = 900;
/// Some milliseconds of decoding: short enough for a smooth page.
const PART_BYTES: usize = 256 * 1024;

/// Reads one entity after the other.
pub(super) async fn read(
    load: &Load,
    api: &Api,
    entities: &[Entity],
    session: &DraasSession,
) -> Result<Loaded, UpstreamError> {
    if load.context.estate.holds_data(load.id()) {
        read_again(load, api, entities, session).await
    } else {
        read_first(load, api, entities, session).await
    }
}

/// The first time, what arrives is shown at once. An entity that fails leaves the others.
async fn read_first(
    load: &Load,
    api: &Api,
    entities: &[Entity],
    session: &DraasSession,
) -> Result<Loaded, UpstreamError> {
    let mut loaded = Loaded::default();
    let mut first_error = None;
    let (mut asked, mut failed) = (0, 0);
    for entity in from_the_top(entities) {
        let is_there = |tree: &mut Tree| tree.find(entity.level.kind(), entity.uuid).is_some();
        if load.context.estate.grow(load.id(), is_there) == Some(true) {
            continue;
        }
        asked += 1;
        match stream(load, api, entity, session).await {
            Ok(complaints) => note(&mut loaded, &complaints),
            Err(error) if ends_all(&error) || entities.len() == 1 => return Err(error),
            Err(error) => {
                loaded.fail(error.to_string());
                failed += 1;
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error {
        Some(error) if failed == asked => Err(error),
        _ => Ok(loaded),
    }
}

/// Higher levels first: what stands below one that was read is there already, and read once more
/// it would count twice.
fn from_the_top(entities: &[Entity]) -> impl Iterator<Item = Entity> {
    let of = |level| entities.iter().copied().filter(move |entity| entity.level == level);
    Level::ALL.into_iter().flat_map(of)
}

/// Reading again, the former tree stays until the new one is whole.
async fn read_again(
    load: &Load,
    api: &Api,
    entities: &[Entity],
    session: &DraasSession,
) -> Result<Loaded, UpstreamError> {
    let mut tree = Tree::new(&load.entry.connection.name);
    let mut loaded = Loaded::default();
    for entity in from_the_top(entities) {
        if tree.find(entity.level.kind(), entity.uuid).is_some() {
            continue;
        }
        let (operation, mut arriving) = ask(load, api, entity, session).await?;
        let mut decoder = operation.decoder();
        let mut pieces = arriving.pieces();
        let mut pace = Pace::begin();
        while let Some(piece) = arriving.next(&mut pieces).await? {
            for part in piece.chunks(PART_BYTES) {
                decoder.push(&mut tree, part)?;
                load.progress(tree.len() - 1, None, "nodes");
                pace.breathe().await;
            }
        }
        note(&mut loaded, &decoder.finish(&mut tree)?);
    }
    load.context.estate.replace(load.id(), tree);
    Ok(loaded)
}

async fn stream(
    load: &Load,
    api: &Api,
    entity: Entity,
    session: &DraasSession,
) -> Result<Vec<Complaint>, UpstreamError> {
    let (operation, mut arriving) = ask(load, api, entity, session).await?;
    let gone = || UpstreamError::new(operation.doing(), Problem::Cancelled);
    let estate = load.context.estate;
    let mut decoder = operation.decoder();
    let mut pieces = arriving.pieces();
    let mut pace = Pace::begin();
    while let Some(piece) = arriving.next(&mut pieces).await? {
        for part in piece.chunks(PART_BYTES) {
            let nodes =
                estate.grow(load.id(), |tree| decoder.push(tree, part).map(|()| tree.len() - 1));
            load.progress(nodes.ok_or_else(gone)??, None, "nodes");
            pace.breathe().await;
        }
    }
    estate.grow(load.id(), |tree| decoder.finish(tree)).ok_or_else(gone)?
}

/// A successful reply on its way.
async fn ask(
    load: &Load,
    api: &Api,
    entity: Entity,
    session: &DraasSession,
) -> Result<(Licenses, Arriving), UpstreamError> {
    let licenses = |token: &Secret| Licenses::new(api, entity, Detail::Tree, token);
    // Decoding needs no token.
    let operation = licenses(&Secret::default());
    let doing = operation.doing();
    let request = |token: &Secret| licenses(token).request();
    let arriving = send(load, session, doing, READ_S, &request).await?;
    if arriving.is_success() {
        return Ok((operation, arriving));
    }
    let reply = arriving.whole().await?;
    Err(load.way.refusal(doing, &reply).unwrap_or_else(|| operation.fault(&reply)))
}

fn note(loaded: &mut Loaded, complaints: &[Complaint]) {
    for complaint in complaints {
        loaded.fail(format!("{}: not {}", complaint.place, complaint.expected));
    }
}
