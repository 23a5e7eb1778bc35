//! Asking an upstream, and passing on what it says.

pub(crate) mod failure;
mod masked;

use seatree_core::gate::{Forward, Gate, Head, Header, Mask, Unread, Why};
use web_sys::{ReadableStream, Response};
use worker::{Context, Result, js_sys, wasm_bindgen::JsValue, wasm_bindgen_futures::JsFuture};

use crate::{
    answer::{self, Answer},
    clock::{self, Deadline},
    incoming::Incoming,
    journal, members, platform,
    shared::{self, Held, Place},
    sign_in,
    upstream::{self, Body},
};

/// Reads the body first, because it says what is asked for.
pub(crate) async fn read(
    gate: &Gate,
    unread: Unread,
    incoming: &Incoming<'_>,
    place: Place,
    context: &Context,
) -> Result<Answer> {
    let bytes = match clock::within(&incoming.bytes()?, unread.time_limit).await? {
        Some(buffer) => js_sys::Uint8Array::new(&buffer),
        None => return answer::refusal(&gate.too_slow(&unread)),
    };
    let changes_limits = unread.changes_limits();
    match gate.read(unread, &bytes.to_vec()) {
        Ok(forward) => {
            let body = match &forward.body {
                Some(text) => Body::Bytes(js_sys::Uint8Array::from(text.as_bytes())),
                None if bytes.length() == 0 => Body::None,
                None => Body::Bytes(bytes),
            };
            if !changes_limits {
                return run(gate, &forward, body, place, context).await;
            }
            // As the API does: before, because nobody may be left to do it after.
            members::outdate(&forward.upstream);
            let answer = run(gate, &forward, body, place, context).await;
            members::outdate(&forward.upstream);
            answer
        }
        Err(refusal) => answer::refusal(&refusal),
    }
}

pub(crate) async fn run(
    gate: &Gate,
    forward: &Forward,
    body: Body,
    place: Place,
    context: &Context,
) -> Result<Answer> {
    let held = match shared::turn(gate, forward).await {
        Ok(held) => held,
        Err(refusal) => return answer::refusal(&refusal),
    };
    let deadline = Deadline::start(forward.time_limit)?;
    let (reply, mask) = match ask(gate, forward, &body, &deadline).await {
        Ok(answered) => answered,
        Err(Failure::NotSignedIn) => return answer::refusal(&gate.not_signed_in(forward)),
        Err(Failure::Lost(_)) if deadline.is_over() => {
            return answer::refusal(&gate.too_late(forward));
        }
        Err(Failure::Lost(error)) => {
            return answer::refusal(&failure::explain(gate, forward, &error).await);
        }
    };
    let head = Head::read(platform::reply_head(&reply), 1);
    let status = head.part(0).parse().unwrap_or_default();
    let header = |name: &str| head.header(name).map(str::to_owned);
    match gate.relay(forward, status, &header) {
        Ok(relay) => {
            let busy = (held, place);
            let body = match mask {
                Some(mask) => masked::body(&reply, mask, forward, deadline, busy, context)?,
                None => until_ended(&reply, &head, forward, deadline, busy, context)?,
            };
            answer::stream(status, &relay.headers, body.as_ref())
        }
        Err(refusal) => answer::refusal(&refusal),
    }
}

/// Sends it, signed in where the edge holds the credentials; these are to be kept out of the reply. A token that has ended is renewed, and
/// the request sent once more: refused, it was not carried out.
async fn ask(
    gate: &Gate,
    forward: &Forward,
    body: &Body,
    deadline: &Deadline,
) -> std::result::Result<(Response, Option<Mask>), Failure> {
    let Some(credentials) = gate.credentials(forward) else {
        return Ok((send(forward, &forward.headers, body, deadline).await?, None));
    };
    let can_be_repeated = credentials.can_be_renewed() && !matches!(body, Body::Stream(_));
    let mut is_first = true;
    loop {
        let signed_in = sign_in::at(&forward.upstream, credentials).await;
        let signed_in = signed_in.map_err(|_| Failure::NotSignedIn)?;
        let mut headers = forward.headers.clone();
        headers.push(("authorization".to_owned(), signed_in.authorization.expose().to_owned()));
        let reply = send(forward, &headers, body, deadline).await?;
        if reply.status() != 401 {
            return Ok((reply, Some(credentials.mask(&signed_in.authorization))));
        }
        sign_in::refused(&forward.upstream, &signed_in);
        // Passed on, it would be taken for a refusal of the visitor's token.
        if !(can_be_repeated && is_first) {
            let why = Why::new("it refuses the edge's credentials");
            journal::trouble(&forward.upstream, "sign-in", &why);
            return Err(Failure::NotSignedIn);
        }
        is_first = false;
    }
}

/// Why there is no reply.
enum Failure {
    NotSignedIn,
    /// Nothing came, as the platform has it.
    Lost(JsValue),
}

async fn send(
    forward: &Forward,
    headers: &[Header],
    body: &Body,
    deadline: &Deadline,
) -> std::result::Result<Response, Failure> {
    let sent = upstream::send(&forward.method, &forward.url, headers, body, deadline).await;
    sent.map_err(Failure::Lost)
}

/// Bytes of a reply that is announced to have no more: it is passed on by the runtime alone, which is
/// a third faster. The systems on the way hold as much between them: an upstream is done with it even
/// where the client reads nothing, and one that stalls holds up nobody but its own client.
pub(crate) const SHORT_BYTES: u32 = 128 * 1024;

/// Whether the body of a reply with this head is announced to be one.
fn is_short(head: &Head) -> bool {
    let length = head.header("content-length").and_then(|length| length.parse().ok());
    length.is_some_and(|length: u64| length <= u64::from(SHORT_BYTES))
}

/// The body, cut off once its time is over, unless it is short. Turn and place end with it, even
/// when nobody reads it any more: until then the upstream is busy.
fn until_ended(
    reply: &Response,
    head: &Head,
    forward: &Forward,
    mut deadline: Deadline,
    (held, place): (Option<Held>, Place),
    context: &Context,
) -> Result<Option<ReadableStream>> {
    let body = match reply.body() {
        Some(body) if held.is_some() || !is_short(head) => body,
        body => {
            deadline.end();
            return Ok(body);
        }
    };
    deadline.restart(forward.total_limit)?;
    place.lasts(clock::now_ms(), forward.total_limit);
    let passage = platform::passage()?;
    let passed = platform::pass(&body, &passage, deadline.js())?;
    context.wait_until(async move {
        let _ = JsFuture::from(passed).await;
        drop((held, place));
    });
    Ok(Some(passage.readable()))
}
