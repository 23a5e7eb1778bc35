//! Reads what a visitor's token opens at an edge; rows appear while they arrive.

mod estate;
mod limits;
mod reply;
mod send;

use futures_util::future::join;
use seatree_core::UpstreamError;
use seatree_core::edge::{Api, AskToken};
use seatree_core::words::later;

use super::limits::{Ask, Limiting, Subscription};
use super::reply::{Asked, Replying};
use super::{Load, Loaded, Reading};
use crate::connections::session::EdgeSession;
use crate::platform::part::part;

/// Reads and changes what a token opens.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub read: for<'a> fn(&'a Load, &'a Api, EdgeSession) -> Reading<'a>,
    pub reply: for<'a> fn(&'a Load, &'a Api, Asked, EdgeSession) -> Replying<'a>,
    pub limits: for<'a> fn(&'a Load, &'a Api, Subscription, Ask, EdgeSession) -> Limiting<'a>,
}

part!(
    edge,
    /// The reader of edges.
    pub(super) fn reader() -> Reader {
        Reader {
            read: |load, api, session| Box::pin(read(load, api, session)),
            reply: reply::reply,
            limits: |load, api, of, ask, session| {
                Box::pin(limits::limits(load, api, of, ask, session))
            },
        }
    }
);

async fn read(load: &Load, api: &Api, session: EdgeSession) -> Result<Loaded, UpstreamError> {
    let ask = AskToken::new(api, &session.token);
    let permissions = async {
        // What is wrong with the token is told by what is read with it.
        if let Ok(permitted) = send::run(load, later("asking what the token permits"), &ask).await {
            session.permit(permitted);
        }
    };
    join(permissions, estate::read(load, api, &session)).await.1
}
