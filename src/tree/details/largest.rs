use crate::app::context::Context;
use leptos::prelude::*;
use seatree_core::estate::NodeRef;
pub(super) fn split(_context: Context, _node: NodeRef) -> AnyView {
    ().into_any()
}
pub(super) fn largest(_context: Context, _node: NodeRef) -> AnyView {
    ().into_any()
}
