//! What the dialog asks about the rows of the tree.

use std::rc::Rc;

use leptos::prelude::*;
use seatree_core::export::Extent;
use seatree_core::words::tr;

use super::form::{Rows, Write, Writing, form};
use super::format::Format;
use super::run::run;
use super::source::sources;
use super::which::Which;
use crate::app::context::{Context, context};
use crate::platform::stop::Stop;
use crate::ui::live::live_if;

pub(super) fn content() -> AnyView {
    let context = context();
    let rows = Which::ALL.map(|which| Rows {
        name: which.name(),
        count: Memo::new(move |_| context.estate.with(|forest| which.count(forest))),
    });
    let usual = usual(context);
    let usual = Which::ALL.iter().position(|which| *which == usual).unwrap_or(0);
    let write: Write = Rc::new(move |format, which, stop, progress| {
        let which = Which::ALL.get(which).copied().unwrap_or(Which::All);
        Box::pin(async move { run(context, format, which, &stop, progress).await })
    });
    form(rows.into(), usual, live_if(move || unread(context)), write)
}

/// Every row, as soon as may be.
pub(super) fn all(context: Context, format: Format) -> Writing {
    Box::pin(
        async move { run(context, format, Which::All, &Stop::new(), Box::new(|_, _| ())).await },
    )
}

/// The rows that are meant mostly: the selected ones, else those found, else all.
fn usual(context: Context) -> Which {
    context.estate.with_untracked(|forest| {
        if forest.selection.len() > 1 {
            Which::Selected
        } else if forest.rows.matches() > 0 {
            Which::Matching
        } else {
            Which::All
        }
    })
}

/// What of the connections is not there.
fn unread(context: Context) -> Option<AnyView> {
    let names = context.estate.with(|forest| {
        let sources = sources(context, forest)?;
        let parts = sources.into_iter().filter(|source| source.extent != Extent::Whole);
        Some(parts.map(|source| source.name).collect::<Vec<_>>())
    })?;
    (!names.is_empty()).then(|| {
        view! {
            <p class="dim">
                {tr("Not read, or not to the end:")} " " <bdi>{names.join(", ")}</bdi> ". "
                {tr("The file says so.")}
            </p>
        }
        .into_any()
    })
}
