//! The licenses of one node, as the platform sends them.

use seatree_core::draas::{Api, Detail, Licenses, SubscriptionLicenses};
use seatree_core::estate::Reading;
use seatree_core::http::{Reply, Request, Secret};
use seatree_core::words::later;
use seatree_core::{Operation, Problem, UpstreamError};

use super::super::Load;
use super::super::reply::{Asked, SECONDS, SourceReply, figures};
use super::session::send;
use crate::connections::session::DraasSession;
use crate::platform::fetch::Way;

const DOING: &str = later("reading the licenses of the subscription");
/// The entity asked for is the first node below the connection.
const OF_ENTITY: u32 = 1;

/// Asks for an entity's own totals, or for a subscription.
pub(super) async fn reply(
    load: &Load,
    api: &Api,
    asked: Asked,
    session: DraasSession,
) -> Result<SourceReply, UpstreamError> {
    match asked {
        Asked::Entity(entity) => {
            let licenses = |token: &Secret| Licenses::new(api, entity, Detail::Totals, token);
            // Decoding needs no token, and what is shown of the request has none.
            let operation = licenses(&Secret::default());
            let request = |token: &Secret| licenses(token).request();
            let reply = whole(load, &session, operation.doing(), &request).await?;
            let figures = operation.decode(&reply).map(|(tree, _)| figures(&tree, OF_ENTITY));
            Ok(told(load, &session, &operation.request(), reply, figures))
        }
        Asked::Subscription { tenant, id } => {
            let licenses = |token: &Secret| SubscriptionLicenses::new(api, tenant, id, token);
            let operation = licenses(&Secret::default());
            let request = |token: &Secret| licenses(token).request();
            let reply = whole(load, &session, DOING, &request).await?;
            let figures = operation.decode(&reply).map(|licenses| licenses.meters);
            Ok(told(load, &session, &operation.request(), reply, figures))
        }
        Asked::Service(_) => Err(UpstreamError::new(DOING, Problem::NothingFound)),
    }
}

async fn whole(
    load: &Load,
    session: &DraasSession,
    doing: &'static str,
    request: &dyn Fn(&Secret) -> Request,
) -> Result<Reply, UpstreamError> {
    let reply = send(load, session, doing, SECONDS, request).await?.whole().await?;
    match load.way.refusal(doing, &reply) {
        Some(refused) => Err(refused),
        None => Ok(reply),
    }
}

fn told(
    load: &Load,
    session: &DraasSession,
    request: &Request,
    reply: Reply,
    figures: Result<Vec<(String, Reading)>, UpstreamError>,
) -> SourceReply {
    let token = session.ticket().map(|ticket| ticket.token().clone()).unwrap_or_default();
    SourceReply::new(&load.entry.connection, request, token, reply, figures)
}
