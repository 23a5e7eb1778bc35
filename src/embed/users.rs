//! `<seatree-users>`: the users of a CUCM cluster, and which license each requires.

use leptos::prelude::*;

use super::connect::Link;
use super::notice::notice;
use crate::app::Context;
use crate::app::dialog::dialog;
use crate::clusters;
use crate::platform::part::view_of;
use crate::ui::live::live_if;

pub(super) fn users(context: Context, link: Link) -> AnyView {
    let has_any = Memo::new(move |_| context.clusters.with(|clusters| !clusters.is_empty()));
    view! {
        {notice(link)}
        // Its own words for a page without a cluster are of connections, which a visitor has none of.
        {live_if(move || has_any.get().then(|| view_of(clusters::page())))}
        {dialog()}
    }
    .into_any()
}
