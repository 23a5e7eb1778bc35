//! The users: those that were read, or those that the cluster found, with what narrows them.

mod export;
mod filters;
mod grid;
mod row;
mod search;
mod tools;

use leptos::prelude::*;

pub(super) use row::license;

use super::at::At;
use super::why;

pub(super) fn users(at: At) -> AnyView {
    view! {
        {tools::tools(at)}
        <div class="beside">
            {grid::grid(at)}
            {why::why(at)}
        </div>
    }
    .into_any()
}
