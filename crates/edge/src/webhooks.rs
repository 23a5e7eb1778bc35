//! Telling others what was found: written down with the snapshot that found it, sent by the alarm of
//! the same object, and here what an operator asks of it.

mod delivery;
mod outbox;
mod telling;

use seatree_core::{
    gate::{Gate, Refusal, RefusalKind, WebhookCall},
    webhooks::Webhooks,
};
use serde_json::{Value, json};
use worker::{Env, Result};

pub(crate) use delivery::run;
pub(crate) use outbox::Outbox;
pub(crate) use telling::{failed, read};

use crate::{
    answer::{self, Answer},
    clock, journal, memory,
};

/// Events of one upstream that are told of in one answer, the newest first.
const MOST_TOLD: u64 = 200;

/// What an operator asked.
pub(crate) async fn answer(
    gate: &'static Gate,
    call: std::result::Result<WebhookCall, Refusal>,
    env: &Env,
) -> Result<Answer> {
    let call = match call {
        Ok(call) => call,
        Err(refusal) => return answer::refusal(&refusal),
    };
    // A receiver is tested by one object; which does not matter.
    let is_for_one = matches!(call, WebhookCall::Test(_));
    let names = gate.remembered().take(if is_for_one { 1 } else { usize::MAX });
    let mut told = Vec::new();
    for name in names {
        match ask(env, name, &call).await {
            Ok(one) => told.push(one),
            Err(error) => {
                journal::fault(name, "webhooks", &error);
                let detail = "The edge cannot read what it keeps of webhooks just now. Ask again; if it stays so, its log has the reason.";
                return answer::refusal(&Refusal::new(RefusalKind::MemoryFailed, detail));
            }
        }
    }
    let list = |name: &str| -> Vec<Value> {
        let lists = told.iter().filter_map(|one| one[name].as_array().cloned());
        lists.flatten().collect()
    };
    let count = |name: &str| told.iter().filter_map(|one| one[name].as_u64()).sum::<u64>();
    match call {
        WebhookCall::Receivers => {
            json(200, &json!({ "version": 1, "receivers": list("receivers") }))
        }
        WebhookCall::Dead => {
            json(200, &json!({ "version": 1, "count": count("count"), "events": list("events") }))
        }
        WebhookCall::Retry(_) if count("retried") == 0 => {
            let detail = "No event of this id was given up. GET /webhooks/dead tells which were.";
            answer::refusal(&Refusal::new(RefusalKind::NotFound, detail))
        }
        WebhookCall::Retry(_) | WebhookCall::RetryAll => {
            json(202, &json!({ "version": 1, "retried": count("retried") }))
        }
        WebhookCall::Test(_) => {
            let id = told.first().map_or(&Value::Null, |one| &one["id"]);
            json(202, &json!({ "version": 1, "id": id }))
        }
    }
}

fn json(status: u16, value: &Value) -> Result<Answer> {
    let headers = [("content-type", "application/json"), ("cache-control", "no-store")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    answer::text(status, &headers, &value.to_string())
}

/// How an object is asked: by paths of its own, which nobody reaches from outside.
const START: &str = "/webhooks/";

async fn ask(env: &Env, upstream: &str, call: &WebhookCall) -> Result<Value> {
    let (what, of) = match call {
        WebhookCall::Receivers => ("receivers", ""),
        WebhookCall::Dead => ("dead", ""),
        WebhookCall::RetryAll => ("retry-all", ""),
        WebhookCall::Retry(id) => ("retry", id.as_str()),
        WebhookCall::Test(receiver) => ("test", receiver.as_str()),
    };
    let text = memory::ask_at(env, &format!("{START}{what}/{of}"), upstream).await?;
    Ok(serde_json::from_str(&text)?)
}

/// What an object answers to that; none where it was asked something else.
pub(crate) fn tell(
    gate: &Gate,
    outbox: &Outbox,
    upstream: &str,
    path: &str,
) -> Result<Option<String>> {
    let Some((what, of)) = path.strip_prefix(START).and_then(|rest| rest.split_once('/')) else {
        return Ok(None);
    };
    let now_ms = clock::now_ms();
    let value = match what {
        "receivers" => {
            let receivers = gate.webhooks().into_iter().flat_map(Webhooks::names);
            let told: Result<Vec<Value>> =
                receivers.map(|name| outbox.account(upstream, name)).collect();
            json!({ "receivers": told? })
        }
        "dead" => {
            json!({ "count": outbox.dead()?, "events": outbox.given_up(upstream, MOST_TOLD)? })
        }
        "retry" => json!({ "retried": outbox.retry(Some(of), now_ms)? }),
        "retry-all" => json!({ "retried": outbox.retry(None, now_ms)? }),
        "test" => json!({ "id": telling::test(outbox, of, now_ms)? }),
        _ => return Ok(None),
    };
    Ok(Some(value.to_string()))
}
