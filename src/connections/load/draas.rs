//! Reads a DRaaS entity's whole tree; rows appear while it arrives.

use std::pin::Pin;

use seatree_core::draas::{Api, Complaint, Detail, Entity, Licenses, Login, Refresh, Tokens};
use seatree_core::estate::Tree;
use seatree_core::{Problem, UpstreamError, draas};

use super::{Load, Loaded, Reading, Session, SignIn};
use crate::platform::fetch::{self, Arriving, Way};
use crate::platform::pace::Pace;
use crate::platform::part::part;

const SIGN_IN_S: u32 = 30;
/// A group's reply can be hundreds of megabytes.
const READ_S: u32 = 900;

/// Signs in to and reads a platform.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub sign_in: for<'a> fn(&'a Load, &'a Api, SignIn) -> SigningIn<'a>,
    pub read: for<'a> fn(&'a Load, &'a Api, Entity, Tokens) -> Reading<'a>,
}

/// A session, some time.
pub(super) type SigningIn<'a> = Pin<Box<dyn Future<Output = Result<Session, UpstreamError>> + 'a>>;

part!(
    draas,
    /// The reader of DRaaS platforms.
    pub(super) fn reader() -> Reader {
        Reader {
            sign_in: |load, api, with| Box::pin(sign_in(load, api, with)),
            read: |load, api, entity, tokens| Box::pin(read(load, api, entity, tokens)),
        }
    }
);

async fn sign_in(load: &Load, api: &Api, sign_in: SignIn) -> Result<Session, UpstreamError> {
    const DOING: &str = "signing in";
    let (username, password) = match sign_in {
        SignIn::Token(token) => return Ok(Session::Draas(Tokens::machine(token))),
        SignIn::Password { username, password } => (username, password),
    };
    let login = Login::new(api, &username, &password);
    match fetch::run(&login, DOING, &load.way, load.stop.within(SIGN_IN_S)).await? {
        draas::SignIn::Done(tokens) => Ok(Session::Draas(tokens)),
        draas::SignIn::SecondFactor { by, .. } => {
            Err(UpstreamError::new(DOING, Problem::SecondFactorNeeded { by }))
        }
    }
}

async fn read(
    load: &Load,
    api: &Api,
    entity: Entity,
    mut tokens: Tokens,
) -> Result<Loaded, UpstreamError> {
    let mut operation = Licenses::new(api, entity, Detail::Tree, &tokens.access);
    let mut arriving = ask(load, &operation).await?;
    if arriving.status() == 401
        && let Some(refresh) = &tokens.refresh
    {
        // An access token lives minutes: renew it once, then ask once more.
        let refresh = Refresh::new(api, refresh);
        let deadline = load.stop.within(SIGN_IN_S);
        tokens = fetch::run(&refresh, "renewing the session", &load.way, deadline).await?;
        load.entry.set_session(Some(Session::Draas(tokens.clone())));
        operation = Licenses::new(api, entity, Detail::Tree, &tokens.access);
        arriving = ask(load, &operation).await?;
    }
    if !arriving.is_success() {
        let reply = arriving.whole().await?;
        let refused = load.way.refusal(operation.doing(), &reply);
        return Err(refused.unwrap_or_else(|| operation.fault(&reply)));
    }
    let complaints = if load.context.estate.holds_data(load.id()) {
        refill(load, &operation, arriving).await?
    } else {
        stream(load, &operation, arriving).await?
    };
    load.context.estate.check_sums(load.id());
    Ok(Loaded { failed_parts: complaints.len() })
}

async fn ask(load: &Load, operation: &Licenses) -> Result<Arriving, UpstreamError> {
    use seatree_core::Operation;
    fetch::send(operation.request(), operation.doing(), &load.way, load.stop.within(READ_S)).await
}

/// The first read: what arrives is shown at once.
async fn stream(
    load: &Load,
    operation: &Licenses,
    mut arriving: Arriving,
) -> Result<Vec<Complaint>, UpstreamError> {
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

/// Reading again: the former tree stays until the new one is whole.
async fn refill(
    load: &Load,
    operation: &Licenses,
    mut arriving: Arriving,
) -> Result<Vec<Complaint>, UpstreamError> {
    let mut tree = Tree::new(&load.entry.connection.name);
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
    let complaints = decoder.finish(&mut tree)?;
    load.context.estate.replace(load.id(), tree);
    Ok(complaints)
}

/// Some milliseconds of decoding: short enough for a smooth page.
const PART_BYTES: usize = 256 * 1024;
