//! What the API tells of the past: snapshots, and what a node was.

use seatree_core::{
    api::Wants,
    gate::{ApiCall, Gate},
    snapshot::{About, Opened, Question, Range},
};
use worker::Env;

use super::{Outcome, opened, typed};
use crate::{
    answer, journal,
    memory::{self, Told},
};

/// Whose something was, the snapshots themselves say. Only of what none of them has yet, the estate
/// as it is now does.
pub(super) async fn tell(
    gate: &'static Gate,
    call: &ApiCall,
    about: About,
    range: Range,
    env: &Env,
) -> Outcome {
    if gate.memory_of(&call.upstream).is_none() {
        return Ok(Err(call.no_memory()));
    }
    let opened_part = Opened::of(&call.visitor.scopes, &call.upstream);
    let question = Question { upstream: call.upstream.clone(), about, range, opened: opened_part };
    let text = match memory::ask(env, &question).await {
        Ok(Told::Json(text)) => text,
        Ok(Told::Outside) => return Ok(Err(call.outside())),
        Ok(Told::Unknown(text)) => {
            let name = if let About::History(key) = about { Some(key.name()) } else { None };
            let (estate, view) = match opened(gate, call, name, Wants::Members).await {
                Ok(opened) => opened,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let node = name.map(|name| name.find(estate.members()));
            if node.is_some_and(|node| !node.is_some_and(|node| view.contains(node))) {
                return Ok(Err(call.outside()));
            }
            text
        }
        Err(error) => {
            journal::fault(&call.upstream, "memory", &error);
            return Ok(Err(call.lost_memory()));
        }
    };
    answer::text(200, &typed(call.headers(), "application/json"), &text).map(Ok)
}
