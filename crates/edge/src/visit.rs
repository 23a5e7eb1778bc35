//! Requests of visitors: who asks, and whether that is theirs to ask.

use seatree_core::{
    api::Wants,
    gate::{Decision, Gate, Refusal, Visit},
};

use crate::{
    clock, members,
    shared::{self, Place},
    signature,
};

/// What becomes of the request, and the place that it has taken meanwhile.
pub(crate) async fn decide(
    gate: &'static Gate,
    visit: Box<Visit>,
) -> Result<(Decision, Place), Refusal> {
    if let Some(forward) = visit.counted() {
        shared::count(gate, forward)?;
    }
    let is_genuine = signature::is_genuine(&visit.presented).await;
    let admitted = gate.admit(visit, is_genuine, clock::now_ms() / 1_000)?;
    let place = shared::admit(gate, admitted.forward())?;
    if admitted.is_placed() {
        return Ok((gate.place(admitted, None), place));
    }
    let forward = admitted.forward();
    let is_known = |members: &_| admitted.is_known(members);
    let otherwise = || gate.unknown_scope(forward);
    let estate = members::of(gate, &forward.upstream, Wants::Members, is_known, otherwise).await?;
    Ok((gate.place(admitted, Some(estate.members())), place))
}
