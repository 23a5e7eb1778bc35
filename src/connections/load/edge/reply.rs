//! What an edge says of one node.

use seatree_core::api::NodeName;
use seatree_core::draas::SubscriptionMeters;
use seatree_core::edge::{Api, ReadLimits, ReadNode};
use seatree_core::http::Secret;
use seatree_core::words::later;
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::Load;
use super::super::reply::{Asked, Replying, SourceReply};
use super::send::whole;
use crate::connections::session::EdgeSession;

const DOING: &str = later("asking for this node alone");

/// Asks for an entity's own totals, or for a subscription.
pub(super) fn reply<'a>(
    load: &'a Load,
    api: &'a Api,
    asked: Asked,
    session: EdgeSession,
) -> Replying<'a> {
    match asked {
        Asked::Entity(entity) => {
            let name = NodeName::Entity(entity);
            Box::pin(told(load, session, move |token: &_| ReadNode::new(api, name, token)))
        }
        Asked::Subscription { tenant, id } => {
            Box::pin(told(load, session, move |token: &_| ReadLimits::new(api, tenant, id, token)))
        }
        Asked::Service(_) => {
            Box::pin(async { Err(UpstreamError::new(DOING, Problem::NothingFound)) })
        }
    }
}

async fn told<O: Operation<Output = SubscriptionMeters>>(
    load: &Load,
    session: EdgeSession,
    operation: impl Fn(&Secret) -> O,
) -> Result<SourceReply, UpstreamError> {
    let reply = whole(load, DOING, &operation(&session.token).request()).await?;
    // Decoding needs no token, and what is shown of the request has none.
    let operation = operation(&Secret::default());
    let figures = operation.decode(&reply).map(|licenses| licenses.meters);
    let connection = &load.entry.connection;
    Ok(SourceReply::new(connection, &operation.request(), session.token, reply, figures))
}
