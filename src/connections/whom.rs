//! Where a change goes, and as whom: what is asked about before it is sent.

use leptos::prelude::*;
use seatree_core::words::tr;

use super::Entry;

/// A system and the account that is signed in there.
pub fn whom(entry: &Entry) -> AnyView {
    view! {
        <h3>
            <bdi>{entry.connection.name.clone()}</bdi>
        </h3>
        <p class="dim">
            <bdi>{entry.connection.address.as_str().to_owned()}</bdi>
            ", "
            {tr("as")}
            " "
            <bdi>{entry.user()}</bdi>
        </p>
    }
    .into_any()
}
