//! The limits of one subscription.

use seatree_core::UpstreamError;
use seatree_core::draas::{
    Api, SubscriptionLicenses, SubscriptionMeters, UpdateSubscriptionLicenses,
};
use seatree_core::words::later;

use super::super::Load;
use super::super::limits::{Ask, Subscription};
use super::session::run;
use crate::connections::session::DraasSession;

/// Reads or changes them, and gives what they are then.
pub(super) async fn limits(
    load: &Load,
    api: &Api,
    of: Subscription,
    ask: Ask,
    session: DraasSession,
) -> Result<SubscriptionMeters, UpstreamError> {
    let Subscription { tenant, id } = of;
    match ask {
        Ask::Read => {
            let doing = later("reading the licenses of the subscription");
            let operation = |token: &_| SubscriptionLicenses::new(api, tenant, id, token);
            run(load, &session, doing, operation).await
        }
        Ask::Change(change, _) => {
            let doing = later("changing the licenses of the subscription");
            let operation =
                |token: &_| UpdateSubscriptionLicenses::new(api, tenant, id, change.clone(), token);
            run(load, &session, doing, operation).await
        }
    }
}
