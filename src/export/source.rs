//! Where the rows come from.

use leptos::prelude::*;
use seatree_core::export::{Extent, Source};

use crate::app::context::Context;
use crate::connections::{Entry, State};
use crate::estate::Forest;

/// The connections, in the order of their trees; none when one is just being removed.
pub(super) fn sources(context: Context, forest: &Forest) -> Option<Vec<Source>> {
    let source = |(id, tree): (&str, &seatree_core::estate::Tree)| {
        Some(source(&context.connections.find(id)?, tree.is_empty()))
    };
    forest.trees().map(source).collect()
}

/// A connection, as an export names it; `is_empty` where nothing came of it.
pub fn source(entry: &Entry, is_empty: bool) -> Source {
    let (read_at_s, extent) = match entry.state.get_untracked() {
        State::Ready { at_s, failed: 0, .. } => (Some(at_s), Extent::Whole),
        State::Ready { at_s, .. } => (Some(at_s), Extent::Partial),
        _ if is_empty => (None, Extent::Nothing),
        State::Loading(_) => (None, Extent::Growing),
        _ => (None, Extent::Partial),
    };
    Source {
        name: entry.connection.name.clone(),
        kind: entry.connection.kind(),
        address: entry.connection.address.clone(),
        read_at_s,
        extent,
    }
}
