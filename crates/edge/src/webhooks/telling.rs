//! What a reading means for receivers, written down where the reading is.

use seatree_core::{
    api::Estate,
    gate::Gate,
    snapshot::Trouble,
    webhooks::{Failure, Moment, News, Place, Seen, Webhooks, test_event},
};
use worker::{Result, js_sys::Math};

use super::Outbox;
use crate::{clock, journal};

/// A whole reading, and when the one before it was made. Nothing is waited for, so that what follows from it becomes durable with it.
pub(crate) fn read(
    gate: &Gate,
    upstream: &str,
    outbox: &Outbox,
    estate: &Estate,
    at_s: u64,
    before_s: Option<u64>,
) -> Result<()> {
    let Some(webhooks) = gate.webhooks() else { return Ok(()) };
    let before_ms = before_s.map(|before_s| before_s * 1_000);
    let moment = Moment { upstream, taken_ms: at_s * 1_000, before_ms };
    let seen = Seen::of(estate, webhooks.lowest_percent());
    for (name, receiver) in &webhooks.receivers {
        if !receiver.is_told_of(upstream) {
            continue;
        }
        let is_new = !outbox.knows(name)?;
        let told = outbox.told(name)?;
        let news = receiver.news(name, &webhooks.mutes, &told, &seen, moment, is_new);
        outbox.know(name)?;
        write(upstream, outbox, name, &news)?;
    }
    outbox.was_read()
}

/// A reading that failed.
pub(crate) fn failed(gate: &Gate, upstream: &str, outbox: &Outbox, trouble: Trouble) {
    // Then it is not the upstream that gave trouble.
    if matches!(trouble, Trouble::NotKept | Trouble::Interrupted) {
        return;
    }
    if let Some(webhooks) = gate.webhooks()
        && let Err(error) = not_read(webhooks, upstream, outbox, trouble)
    {
        journal::fault(upstream, "webhooks", &error);
    }
}

fn not_read(webhooks: &Webhooks, upstream: &str, outbox: &Outbox, trouble: Trouble) -> Result<()> {
    let now_ms = clock::now_ms();
    let (tries, since_ms) = outbox.not_read(now_ms)?;
    let failure = Failure { tries, since_ms, why: trouble.slug().to_owned() };
    let moment = Moment { upstream, taken_ms: now_ms, before_ms: None };
    let (mutes, down_after) = (&webhooks.mutes, webhooks.down_after);
    for (name, receiver) in &webhooks.receivers {
        if receiver.is_told_of(upstream) {
            let told = outbox.told_of(name, &Place::Upstream)?;
            let news = receiver.failure(name, mutes, told.as_ref(), &failure, down_after, moment);
            write(upstream, outbox, name, &news)?;
        }
    }
    Ok(())
}

fn write(upstream: &str, outbox: &Outbox, name: &str, news: &News) -> Result<()> {
    outbox.keep(name, &news.kept)?;
    outbox.add(name, &news.events, clock::now_ms())?;
    journal::muted(name, news.muted);
    journal::kept(upstream, name, outbox.kept(name)?);
    Ok(())
}

/// Something that only arrives; its id.
pub(super) fn test(outbox: &Outbox, receiver: &str, now_ms: u64) -> Result<String> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to below 2^32"
    )]
    let chance = (Math::random() * f64::from(u32::MAX)) as u32;
    let event = test_event(receiver, now_ms, chance);
    outbox.add(receiver, std::slice::from_ref(&event), now_ms)?;
    Ok(event.id)
}
