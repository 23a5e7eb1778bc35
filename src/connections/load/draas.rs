//! Reads what a DRaaS account manages; rows appear while they arrive.

mod billing;
mod limits;
mod own_scope;
mod reply;
mod session;
mod tree;

use std::pin::Pin;

use seatree_core::draas::{
    self, Api, Entity, Login, Logout, Refresh, SecondFactorCode, Tokens, Trust,
};
use seatree_core::words::later;
use seatree_core::{Operation, UpstreamError};

use super::billing::{Billing, List};
use super::limits::{Ask, Limiting, Subscription};
use super::reply::{Asked, Replying};
use super::{Load, Loaded, Opened, Reading, Session, SignIn};
use crate::connections::session::{Challenge, DraasSession};
use crate::platform::fetch;
use crate::platform::part::part;

const SIGN_IN_S: u32 = 30;

/// Signs in to and reads a platform.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub sign_in: for<'a> fn(&'a Load, &'a Api, SignIn) -> Opening<'a>,
    pub send_code: for<'a> fn(&'a Load, &'a Api, &'a Challenge, &'a str, Trust) -> Opening<'a>,
    pub read: for<'a> fn(&'a Load, &'a Api, Option<Entity>, DraasSession) -> Reading<'a>,
    pub sign_out: for<'a> fn(&'a Load, &'a Api, DraasSession) -> Ending<'a>,
    pub reply: for<'a> fn(&'a Load, &'a Api, Asked, DraasSession) -> Replying<'a>,
    pub billing: for<'a> fn(&'a Load, &'a Api, List, DraasSession) -> Billing<'a>,
    pub limits: for<'a> fn(&'a Load, &'a Api, Subscription, Ask, DraasSession) -> Limiting<'a>,
}

/// A session, or the wish for a code, some time.
pub(super) type Opening<'a> = Pin<Box<dyn Future<Output = Result<Opened, UpstreamError>> + 'a>>;

/// The end of a session, some time.
pub(super) type Ending<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

part!(
    draas,
    /// The reader of DRaaS platforms.
    pub(super) fn reader() -> Reader {
        Reader {
            sign_in: |load, api, with| Box::pin(sign_in(load, api, with)),
            send_code: |load, api, challenge, code, trust| {
                Box::pin(send_code(load, api, challenge, code, trust))
            },
            read: |load, api, entity, session| Box::pin(read(load, api, entity, session)),
            sign_out: |load, api, session| Box::pin(sign_out(load, api, session)),
            reply: |load, api, asked, session| Box::pin(reply::reply(load, api, asked, session)),
            billing: |load, api, list, session| Box::pin(billing::read(load, api, list, session)),
            limits: |load, api, of, ask, session| {
                Box::pin(limits::limits(load, api, of, ask, session))
            },
        }
    }
);

fn opened(api: &Api, tokens: Tokens) -> Opened {
    Opened::Session(Session::Draas(DraasSession::new(api, tokens)))
}

async fn sign_in(load: &Load, api: &Api, sign_in: SignIn) -> Result<Opened, UpstreamError> {
    let (username, password) = match sign_in {
        SignIn::Token(token) => return Ok(opened(api, Tokens::machine(token))),
        SignIn::Password { username, password } => (username, password),
    };
    let login = Login::new(api, &username, &password);
    match fetch::run(&login, later("signing in"), &load.way, load.stop.within(SIGN_IN_S)).await? {
        draas::SignIn::Done(tokens) => Ok(opened(api, tokens)),
        draas::SignIn::SecondFactor { by, payload } => {
            Ok(Opened::CodeWanted(Challenge { by, payload }))
        }
    }
}

async fn send_code(
    load: &Load,
    api: &Api,
    challenge: &Challenge,
    code: &str,
    trust: Trust,
) -> Result<Opened, UpstreamError> {
    let Challenge { by, payload } = challenge;
    let operation = SecondFactorCode::new(api, *by, payload, code, trust);
    let deadline = load.stop.within(SIGN_IN_S);
    let tokens =
        fetch::run(&operation, later("signing in with a code"), &load.way, deadline).await?;
    Ok(opened(api, tokens))
}

async fn read(
    load: &Load,
    api: &Api,
    entity: Option<Entity>,
    session: DraasSession,
) -> Result<Loaded, UpstreamError> {
    let mut loaded = Loaded::default();
    let entities = match entity {
        Some(entity) => vec![entity],
        None => own_scope::entities(load, api, &session, &mut loaded).await?,
    };
    tree::read(load, api, &entities, loaded, &session).await
}

/// Tells the platform that the session is over. It is forgotten here already, so a platform that
/// does not answer changes nothing.
async fn sign_out(load: &Load, api: &Api, session: DraasSession) {
    const DOING: &str = later("signing out");
    let deadline = || load.stop.within(SIGN_IN_S);
    let Some(tokens) = session.sign_out() else { return };
    let Some(logout) = Logout::new(api, &tokens) else { return };
    let said = fetch::send(logout.request(), DOING, &load.way, deadline()).await;
    // An access token that had ended ends nothing: one more is fetched for it.
    if said.is_ok_and(|said| said.status() == 401)
        && let Some(refresh) = &tokens.refresh
        && let Ok(renewed) =
            fetch::run(&Refresh::new(api, refresh), DOING, &load.way, deadline()).await
        && let Some(logout) = Logout::new(api, &renewed)
    {
        let _ = fetch::run(&logout, DOING, &load.way, deadline()).await;
    }
}
