//! The trees of entities, streamed into the connection's.

use seatree_core::draas::{Api, Complaint, Detail, Entity, Level, Licenses, LicensesDecoder};
use seatree_core::estate::Tree;
use seatree_core::http::Secret;
use seatree_core::{Operation, UpstreamError};

use super::super::arriving_tree::{fill, stream};
use super::super::{Load, Loaded, ends_all};
use super::session::send;
use crate::connections::session::DraasSession;
use crate::platform::fetch::{Arriving, Way};

/// A group's reply can be hundreds of megabytes.
const READ_S: u32 = 900;

/// Reads one entity after the other. `loaded` has what could not be read before.
pub(super) async fn read(
    load: &Load,
    api: &Api,
    entities: &[Entity],
    loaded: Loaded,
    session: &DraasSession,
) -> Result<Loaded, UpstreamError> {
    let all = All { load, api, entities, session };
    if load.context.estate.holds_data(load.id()) {
        all.read_again(loaded).await
    } else {
        all.read_first(loaded).await
    }
}

/// All entities of a connection.
struct All<'a> {
    load: &'a Load,
    api: &'a Api,
    entities: &'a [Entity],
    session: &'a DraasSession,
}

impl All<'_> {
    /// The first time, what arrives is shown at once. An entity that fails leaves the others.
    async fn read_first(&self, mut loaded: Loaded) -> Result<Loaded, UpstreamError> {
        let estate = self.load.context.estate;
        let mut first_error = None;
        let (mut asked, mut failed) = (0, 0);
        for entity in from_the_top(self.entities) {
            if estate.look(self.load.id(), |tree| is_in(tree, entity)) == Some(true) {
                continue;
            }
            asked += 1;
            match self.stream(entity).await {
                Ok(complaints) => note(&mut loaded, &complaints),
                Err(error) if ends_all(&error) || self.entities.len() == 1 => return Err(error),
                Err(error) => {
                    loaded.fail(error.to_string());
                    failed += 1;
                    first_error.get_or_insert(error);
                }
            }
        }
        match first_error {
            Some(error) if failed == asked => Err(error),
            // A tree that was cut short adds up to nothing.
            Some(_) => Ok(loaded),
            None => {
                self.load.context.estate.complete(self.load.id());
                Ok(loaded)
            }
        }
    }

    async fn stream(&self, entity: Entity) -> Result<Vec<Complaint>, UpstreamError> {
        let (operation, arriving) = ask(self.load, self.api, entity, self.session).await?;
        let decoder = decoder_of(&operation, &arriving);
        stream(self.load, operation.doing(), decoder, arriving).await
    }

    /// Reading again, the former tree stays until the new one is whole. An entity that could not
    /// be read before either does not stand in the way.
    async fn read_again(&self, mut loaded: Loaded) -> Result<Loaded, UpstreamError> {
        let Self { load, api, entities, session } = *self;
        let estate = load.context.estate;
        let mut tree = Tree::new(&load.entry.connection.name);
        for entity in from_the_top(entities) {
            if is_in(&tree, entity) {
                continue;
            }
            match ask(load, api, entity, session).await {
                Ok((operation, arriving)) => {
                    let decoder = decoder_of(&operation, &arriving);
                    note(&mut loaded, &fill(load, &mut tree, decoder, arriving).await?);
                }
                Err(error) => {
                    let was_there = estate.look(load.id(), |former| is_in(former, entity));
                    if ends_all(&error) || was_there == Some(true) {
                        return Err(error);
                    }
                    loaded.fail(error.to_string());
                }
            }
        }
        estate.replace(load.id(), tree);
        estate.complete(load.id());
        Ok(loaded)
    }
}

fn is_in(tree: &Tree, entity: Entity) -> bool {
    tree.find(entity.level.kind(), entity.uuid).is_some()
}

/// Higher levels first: what stands below one that was read is there already, and read once more
/// it would count twice.
fn from_the_top(entities: &[Entity]) -> impl Iterator<Item = Entity> {
    let of = |level| entities.iter().copied().filter(move |entity| entity.level == level);
    Level::ALL.into_iter().flat_map(of)
}

/// A decoder that knows how long its reply is said to be.
fn decoder_of(operation: &Licenses, arriving: &Arriving) -> LicensesDecoder {
    let mut decoder = operation.decoder();
    if let Some(length) = arriving.length() {
        decoder.expect(length);
    }
    decoder
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
    loaded.extend(complaints.iter().map(ToString::to_string));
}
