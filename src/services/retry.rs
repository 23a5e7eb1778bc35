//! Reading again what could not be read: one service, or all that failed and no other.

use seatree_core::services::Service;

use crate::app::context::Context;
use crate::connections::retry_services;
use crate::ui::grid::Key;

/// Reads one service again.
pub(super) fn one(context: Context, key: Key) {
    if let Some((connection, at)) = context.services.place_of(key)
        && let Some(entry) = context.connections.find(&connection)
    {
        retry_services(context, &entry, vec![at]);
    }
}

/// Reads every service again that failed.
pub(super) fn all_failed(context: Context) {
    for entry in context.connections.list_untracked() {
        let failed: Vec<usize> = context.services.with_untracked(|all| {
            let own = all.iter().filter(|service| service.connection == entry.id());
            own.enumerate().filter(|(_, service)| service.has_failed()).map(|(at, _)| at).collect()
        });
        if !failed.is_empty() {
            retry_services(context, &entry, failed);
        }
    }
}

/// How many failed.
pub(super) fn failed(services: &[Service]) -> usize {
    services.iter().filter(|service| service.has_failed()).count()
}
