//! Limits of one subscription: read, and changed.

use std::pin::Pin;

use seatree_core::config::Upstream;
use seatree_core::draas::{LimitChange, SubscriptionMeters};
use seatree_core::estate::Uuid;
use seatree_core::words::later;
use seatree_core::{Problem, UpstreamError};

use super::{Gate, Load, draas, edge};
use crate::app::Context;
use crate::connections::session::Session;
use crate::platform::stop::Stop;

/// What is asked of a subscription's licenses.
pub enum Ask {
    Read,
    /// Sent as it is, and once, if the gate lets it.
    Change(LimitChange, Gate),
}

/// What a subscription's licenses are then, some time.
pub(super) type Limiting<'a> =
    Pin<Box<dyn Future<Output = Result<SubscriptionMeters, UpstreamError>> + 'a>>;

/// A subscription by the vendor's ids.
#[derive(Clone, Copy, Debug)]
pub struct Subscription {
    pub tenant: Uuid,
    pub id: u64,
}

/// Reads or changes the limits of a subscription.
///
/// A request that the platform refuses because its token ended is sent once more with the next
/// token; nothing else is repeated.
///
/// # Errors
/// What the way there or the platform says. After an error of the way a change may have been made;
/// [`Problem::Cancelled`] says that it did not leave.
pub async fn limits(
    context: Context,
    connection: &str,
    of: Subscription,
    ask: Ask,
) -> Result<SubscriptionMeters, UpstreamError> {
    let doing = match ask {
        Ask::Read => later("reading the licenses of the subscription"),
        Ask::Change(..) => later("changing the licenses of the subscription"),
    };
    let signed_out = || UpstreamError::new(doing, Problem::SignedOut);
    let entry = context.connections.find(connection).ok_or_else(signed_out)?;
    let (session, upstream) = (entry.session(), entry.connection.upstream.clone());
    // With a switch of its own: what was sent comes to its end, whatever the connection does.
    let mut load = Load::beside(context, entry, Stop::new());
    if let Ask::Change(_, gate) = &ask {
        load.gate = Some(gate.clone());
    }
    match (&upstream, session) {
        (Upstream::Draas { api, .. }, Some(Session::Draas(session))) => {
            let reader = draas::reader().await?;
            (reader.limits)(&load, api, of, ask, session).await
        }
        (Upstream::Edge { api }, Some(Session::Edge(session))) => {
            let reader = edge::reader().await?;
            (reader.limits)(&load, api, of, ask, session).await
        }
        _ => Err(signed_out()),
    }
}
