//! Delivering what waits.

use std::{cell::Cell, rc::Rc};

use seatree_core::{
    gate::Gate,
    webhooks::{Heard, Outcome, Receiver, Signing, Verdict},
};
use web_sys::Response;
use worker::{
    Result,
    js_sys::{Array, Math, Promise, Uint8Array},
    wasm_bindgen::JsValue,
    wasm_bindgen_futures::{JsFuture, future_to_promise},
};

use super::{Outbox, outbox::Due};
use crate::{
    clock::{self, Deadline},
    journal, signature,
    upstream::{self, Body},
};

/// Receivers that are sent to at a time.
const AT_A_TIME: usize = 4;
/// Seconds for one attempt, as the specification advises.
const TIME_LIMIT: u64 = 15;
/// The alarm has other things to do, too: what is left then is delivered by the next.
const RUN_MS: u64 = 20_000;

/// Attempts of one alarm: Cloudflare's smallest plan lets it make 50 requests, snapshot included.
const MOST_ATTEMPTS: u32 = 40;

/// Delivers what is due. When the next is due tells the outbox.
pub(crate) async fn run(gate: &'static Gate, upstream: &str, outbox: &Outbox) -> Result<()> {
    let Some(webhooks) = gate.webhooks() else { return Ok(()) };
    let until_ms = clock::now_ms() + RUN_MS;
    outbox.forget_all_but(&webhooks.names().collect::<Vec<_>>(), clock::now_ms())?;
    outbox.prune(clock::now_ms())?;
    let upstream: Rc<str> = upstream.into();
    let left = Rc::new(Cell::new(MOST_ATTEMPTS));
    let names = outbox.receivers(clock::now_ms())?;
    for some in names.chunks(AT_A_TIME) {
        let all = Array::new();
        for name in some {
            let Some((name, receiver)) = webhooks.receivers.get_key_value(name) else { continue };
            let to = To {
                name,
                receiver,
                upstream: Rc::clone(&upstream),
                left: Rc::clone(&left),
                outbox: outbox.clone(),
            };
            all.push(&future_to_promise(async move {
                to.deliver(until_ms).await.map_err(JsValue::from)?;
                Ok(JsValue::UNDEFINED)
            }));
        }
        JsFuture::from(Promise::all(&all)).await?;
    }
    Ok(())
}

struct To {
    name: &'static str,
    receiver: &'static Receiver,
    upstream: Rc<str>,
    /// Attempts that all have together.
    left: Rc<Cell<u32>>,
    outbox: Outbox,
}

impl To {
    /// One after the other, so that events mostly arrive in their order, until the receiver fails.
    async fn deliver(&self, until_ms: u64) -> Result<()> {
        while clock::now_ms() < until_ms
            && self.left.get() > 0
            && let Some(due) = self.outbox.due(self.name, clock::now_ms())?
        {
            self.left.set(self.left.get() - 1);
            let reply = self.attempt(&due).await;
            let now_ms = clock::now_ms();
            let after = reply.as_ref().and_then(|(_, after)| after.as_deref());
            let heard = reply.as_ref().map_or(Heard::Nothing, |(status, _)| Heard::Reply {
                status: *status,
                retry_after: after,
            });
            if !self.judge(&due, heard, now_ms)? {
                break;
            }
        }
        journal::kept(&self.upstream, self.name, self.outbox.kept(self.name)?);
        Ok(())
    }

    /// Writes down what became of an attempt; whether to go on with the next event.
    fn judge(&self, due: &Due, heard: Heard<'_>, now_ms: u64) -> Result<bool> {
        let patience = self.receiver.patience;
        let verdict = patience.verdict(heard, due.attempts + 1, due.made_ms, now_ms, chance());
        let why = heard.words();
        let event = (due.id.as_str(), due.kind.as_str());
        let log = |what| journal::receiver(&self.upstream, self.name, what, event, &why);
        match verdict {
            Verdict::Delivered => {
                journal::delivery(self.name, Outcome::Delivered);
                if self.outbox.failures(self.name)? > 0 {
                    log("takes events again");
                }
                self.outbox.delivered(self.name, &due.id, now_ms)?;
                return Ok(true);
            }
            Verdict::Again { at_ms } => {
                journal::delivery(self.name, Outcome::Failed);
                self.outbox.again(due, at_ms, &why)?;
            }
            Verdict::GiveUp => {
                journal::delivery(self.name, Outcome::GivenUp);
                log("gave an event up");
                self.outbox.give_up(due, now_ms, &why)?;
            }
        }
        // An event that is refused for good says nothing of those behind it.
        if heard.is_final() {
            return Ok(true);
        }
        let failures = self.outbox.failures(self.name)? + 1;
        if failures == 1 {
            log("does not take events");
        }
        let until_ms = now_ms + patience.rest_ms(heard, failures, chance());
        self.outbox.rest(self.name, until_ms, now_ms, &why)?;
        Ok(false)
    }

    /// Status and `Retry-After`; none where no reply came.
    async fn attempt(&self, due: &Due) -> Option<(u16, Option<String>)> {
        let signing = Signing::of(&due.id, clock::now_ms());
        let content = signing.content(&due.body);
        let mut signatures = Vec::new();
        for key in &self.receiver.keys {
            signatures.push(signature::sign(key, &content).await.ok()?);
        }
        let headers = signing.headers(&signatures);
        let body = Body::Bytes(Uint8Array::from(due.body.as_bytes()));
        let address = self.receiver.address.expose();
        let deadline = Deadline::start(TIME_LIMIT).ok()?;
        let reply = upstream::send("POST", address, &headers, &body, &deadline).await.ok()?;
        let after = reply.headers().get("retry-after").ok().flatten();
        let status = reply.status();
        let_go(&reply);
        deadline.end();
        Some((status, after))
    }
}

/// What a receiver says beside its status is nobody's business; unread it would keep the connection.
fn let_go(reply: &Response) {
    if let Some(body) = reply.body() {
        let _ = body.cancel();
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to below 256")]
fn chance() -> u8 {
    (Math::random() * 256.0) as u8
}
