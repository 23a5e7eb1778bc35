//! Where the rows come from.

use leptos::prelude::*;
use seatree_core::export::{Extent, Source};

use crate::app::context::Context;
use crate::connections::State;
use crate::estate::Forest;

/// The connections, in the order of their trees; none when one is just being removed.
pub(super) fn sources(context: Context, forest: &Forest) -> Option<Vec<Source>> {
    let source = |(id, tree): (&str, &seatree_core::estate::Tree)| {
        let entry = context.connections.find(id)?;
        let (read_at_s, extent) = match entry.state.get_untracked() {
            State::Ready { at_s, failed: 0, .. } => (Some(at_s), Extent::Whole),
            State::Ready { at_s, .. } => (Some(at_s), Extent::Partial),
            _ if tree.is_empty() => (None, Extent::Nothing),
            State::Loading(_) => (None, Extent::Growing),
            _ => (None, Extent::Partial),
        };
        Some(Source {
            name: entry.connection.name.clone(),
            kind: entry.connection.kind(),
            address: entry.connection.address.clone(),
            read_at_s,
            extent,
        })
    };
    forest.trees().map(source).collect()
}
