//! The limits of one subscription, through an edge.

use seatree_core::UpstreamError;
use seatree_core::draas::{LimitChange, SubscriptionMeters};
use seatree_core::edge::{Api, BelowUse, ChangeLimits, ReadLimits};
use seatree_core::edit::Places;
use seatree_core::estate::Tree;
use seatree_core::words::later;

use super::super::Load;
use super::super::limits::{Ask, Subscription};
use super::send::run;
use crate::connections::session::{EdgeSession, Session};

/// Reads or changes them, and gives what they are then.
pub(super) async fn limits(
    load: &Load,
    api: &Api,
    of: Subscription,
    ask: Ask,
    session: EdgeSession,
) -> Result<SubscriptionMeters, UpstreamError> {
    let Subscription { tenant, id } = of;
    let token = &session.token;
    let told = match ask {
        Ask::Read => {
            let doing = later("reading the licenses of the subscription");
            run(load, doing, &ReadLimits::new(api, tenant, id, token)).await
        }
        Ask::Change(change, _) => {
            let doing = later("changing the licenses of the subscription");
            let below_use = below_use(load, of, &change);
            let operation = ChangeLimits::new(api, tenant, id, change, below_use, token);
            let told = run(load, doing, &operation).await;
            // What is shown from now on is not what was read at once.
            load.entry.set_tag(None);
            told
        }
    };
    if let Err(error) = &told
        && error.wants_sign_in()
    {
        ended(load, &session, error);
    }
    told
}

/// A limit below what is in use is meant where that is shown: the person confirmed it.
fn below_use(load: &Load, of: Subscription, change: &LimitChange) -> BelowUse {
    let is_shown = |tree: &Tree| {
        let node = Places::of(tree, [(of.tenant, of.id)]).node(of.tenant, of.id)?;
        let is_below = change.limits().any(|(key, limit)| {
            let meter = tree.find_meter(key);
            let in_use = meter.and_then(|meter| tree.reading(node, meter).in_use.get());
            in_use.is_some_and(|in_use| limit.get() < in_use)
        });
        Some(is_below)
    };
    match load.context.estate.look(load.id(), is_shown).flatten() {
        Some(true) => BelowUse::Meant,
        _ => BelowUse::NotMeant,
    }
}

/// The token is no longer taken: the connection asks for another one.
fn ended(load: &Load, session: &EdgeSession, error: &UpstreamError) {
    if matches!(load.entry.session(), Some(Session::Edge(now)) if now.is(session)) {
        load.fail(error.clone());
    }
}
