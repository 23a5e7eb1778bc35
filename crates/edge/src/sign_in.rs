//! Signing in at an upstream with the credentials that the edge holds.

use std::{cell::RefCell, collections::BTreeMap};

use seatree_core::{
    gate::{Credentials, Errand, Keeper, Step, Why},
    http::{Reply, Secret},
};

use crate::{
    clock::{self, Deadline},
    journal, upstream,
};

thread_local! {
    static KEEPERS: RefCell<BTreeMap<String, Keeper>> = RefCell::default();
}

/// Longer than whoever fetches tokens takes.
const LONGEST_WAIT_MS: u64 = 35_000;
const LOOK_AGAIN_MS: u64 = 25;
/// Seconds for a token.
const TIME_LIMIT: u64 = 15;
const MOST_BYTES: usize = 64 * 1024;

/// What a request is sent with.
pub(crate) struct SignedIn {
    pub(crate) authorization: Secret,
    pub(crate) generation: u64,
}

/// The upstream does not take the credentials; why is in the log.
pub(crate) struct NotSignedIn;

fn keeper<T>(upstream: &str, with: impl FnOnce(&mut Keeper) -> T) -> T {
    KEEPERS.with_borrow_mut(|all| match all.get_mut(upstream) {
        Some(keeper) => with(keeper),
        None => with(all.entry(upstream.to_owned()).or_default()),
    })
}

pub(crate) async fn at(upstream: &str, credentials: &Credentials) -> Result<SignedIn, NotSignedIn> {
    let until = clock::now_ms() + LONGEST_WAIT_MS;
    loop {
        let now = clock::now_ms();
        match keeper(upstream, |keeper| keeper.step(credentials, now)) {
            Step::Use { authorization, generation } => {
                return Ok(SignedIn { authorization, generation });
            }
            Step::Fetch(errand) => fetch(upstream, credentials, &errand).await,
            Step::Wait if now < until => {
                clock::sleep(LOOK_AGAIN_MS).await.map_err(|_| NotSignedIn)?;
            }
            Step::Wait => {
                journal::trouble(upstream, "sign-in", &Why::new("it takes too long"));
                return Err(NotSignedIn);
            }
            Step::Fail(why) => {
                journal::trouble(upstream, "sign-in", &why);
                return Err(NotSignedIn);
            }
        }
    }
}

/// The upstream answered 401: the next request uses other tokens.
pub(crate) fn refused(upstream: &str, signed_in: &SignedIn) {
    keeper(upstream, |keeper| keeper.refused(signed_in.generation, clock::now_ms()));
}

async fn fetch(upstream: &str, credentials: &Credentials, errand: &Errand) {
    let reply = ask(errand).await;
    let reply = reply.as_ref().map_err(Why::clone);
    keeper(upstream, |keeper| keeper.heard(credentials, errand, reply, clock::now_ms()));
}

async fn ask(errand: &Errand) -> Result<Reply, Why> {
    let said = |error| upstream::lost(&error);
    let deadline = Deadline::start(TIME_LIMIT).map_err(said)?;
    let reply = upstream::ask(&errand.request, &deadline).await.map_err(said)?;
    let whole = upstream::whole(&reply, MOST_BYTES).await.map_err(said)?;
    whole.ok_or(Why::new("a reply far longer than a token"))
}
