//! Requests of visitors: who asks, and whether that is theirs to ask.

use seatree_core::gate::{Decision, Gate, Refusal, Visit};

use crate::{
    clock,
    members::{self, Wants},
    shared, signature,
};

/// What becomes of the request.
pub(crate) async fn decide(gate: &'static Gate, visit: Box<Visit>) -> Decision {
    judge(gate, visit).await.unwrap_or_else(Decision::Refuse)
}

async fn judge(gate: &'static Gate, visit: Box<Visit>) -> Result<Decision, Refusal> {
    if let Some(forward) = visit.counted() {
        shared::count(gate, forward)?;
    }
    let is_genuine = signature::is_genuine(&visit.presented).await;
    let admitted = gate.admit(visit, is_genuine, clock::now_ms() / 1_000)?;
    shared::count(gate, admitted.forward())?;
    if admitted.is_placed() {
        return Ok(gate.place(admitted, None));
    }
    let forward = admitted.forward();
    let is_known = |members: &_| admitted.is_known(members);
    let otherwise = || gate.unknown_scope(forward);
    let estate = members::of(gate, &forward.upstream, Wants::Members, is_known, otherwise).await?;
    Ok(gate.place(admitted, Some(estate.members())))
}
