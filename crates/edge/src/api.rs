//! The API: what a token opens of an estate, as JSON.

mod past;

use std::rc::Rc;

use seatree_core::{
    Operation as _, UpstreamError,
    api::{self, Estate, Format, NewLimits, NodeName, OPENAPI, View, Wants},
    draas::SubscriptionMeters,
    estate::Reading,
    gate::{ApiCall, ApiDecision, ApiVisit, Call, Gate, Header, Refusal, Why},
    http::{Reply, Request, Secret},
    snapshot::{About, Key},
};
use serde_json::{Map, Value, json};
use worker::{Context, Env, Result, js_sys, wasm_bindgen_futures::JsFuture};

use crate::{
    answer::{self, Answer},
    clock::{self, Deadline},
    incoming::Incoming,
    journal, members, platform,
    shared::{self, Place},
    sign_in, signature, upstream,
};

/// Nodes that are written in one go: some hundred kilobytes, a few milliseconds.
const NODES_AT_ONCE: usize = 500;
const JSON: &str = "application/json";
/// Seconds for a subscription.
const TIME_LIMIT: u64 = 60;
/// Seconds in which a body has to arrive.
const BODY_LIMIT: u64 = 10;
const MOST_BYTES: usize = 64 * 1024;

pub(crate) async fn answer(
    gate: &'static Gate,
    decision: ApiDecision,
    incoming: &Incoming<'_>,
    env: &Env,
    context: &Context,
) -> Result<Answer> {
    match decision {
        ApiDecision::Preflight(headers) => answer::empty(&headers),
        ApiDecision::Description(headers) => answer::text(200, &typed(headers, JSON), OPENAPI),
        ApiDecision::Refuse(refusal) => answer::refusal(&refusal),
        ApiDecision::Visit(visit) => match visited(gate, *visit, incoming, env, context).await? {
            Ok(response) => Ok(response),
            Err(refusal) => answer::refusal(&refusal),
        },
    }
}

type Outcome = Result<std::result::Result<Answer, Refusal>>;

async fn visited(
    gate: &'static Gate,
    visit: ApiVisit,
    incoming: &Incoming<'_>,
    env: &Env,
    context: &Context,
) -> Outcome {
    let now = clock::now_ms();
    if let Err(refusal) = shared::with_rates(|rates| gate.count_call(&visit, rates, now)) {
        return Ok(Err(refusal));
    }
    let is_genuine = signature::is_genuine(&visit.presented).await;
    let now = clock::now_ms();
    let admitted = shared::with_rates(|rates| gate.admit_to_api(visit, is_genuine, rates, now));
    let call = match admitted {
        Ok(call) => call,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let place = match shared::enter_call(gate, &call) {
        Ok(place) => place,
        Err(refusal) => return Ok(Err(refusal)),
    };
    place.lasts(clock::now_ms(), gate.limits_of(&call.upstream).1);
    match call.call {
        Call::Estate(format) => estate(gate, &call, format, incoming, place, context).await,
        Call::Findings => findings(gate, &call, incoming, place, context).await,
        Call::Node(name) => node(gate, &call, name).await,
        Call::Limits => limits(gate, &call, incoming).await,
        Call::Licenses(name) => licenses(gate, &call, name).await,
        Call::Token => {
            let text = api::token(&call.visitor, &call.upstream).to_string();
            answer::text(200, &typed(call.headers(), JSON), &text).map(Ok)
        }
        Call::Snapshots(range) => past::tell(gate, &call, About::Snapshots, range, env).await,
        Call::History(name, range) => {
            past::tell(gate, &call, About::History(Key::of(name)), range, env).await
        }
    }
}

/// What the token opens, or the part of it that is asked for.
async fn opened(
    gate: &'static Gate,
    call: &ApiCall,
    name: Option<NodeName>,
    wants: Wants,
) -> std::result::Result<(Rc<Estate>, View), Refusal> {
    let name = name.or_else(|| call.within.map(NodeName::Entity));
    let is_known = |members: &_| name.is_none_or(|name| name.find(members).is_some());
    let otherwise = || call.unknown_scope();
    let estate = members::of(gate, &call.upstream, wants, is_known, otherwise).await?;
    let view = View::of(&estate, &call.visitor.scopes, &call.upstream);
    let view = match call.within {
        Some(entity) => view.and_then(|view| view.within(entity)),
        None => view,
    };
    view.map(|view| (estate, view)).ok_or_else(|| call.outside())
}

/// The same for one subscription by who belongs to whom alone.
async fn opened_for(
    gate: &'static Gate,
    call: &ApiCall,
    name: NodeName,
) -> std::result::Result<Rc<Estate>, Refusal> {
    let (estate, view) = opened(gate, call, Some(name), Wants::Members).await?;
    let is_inside = name.find(estate.members()).is_some_and(|node| view.contains(node));
    if is_inside { Ok(estate) } else { Err(call.outside()) }
}

async fn estate(
    gate: &'static Gate,
    call: &ApiCall,
    format: Format,
    incoming: &Incoming<'_>,
    place: Place,
    context: &Context,
) -> Outcome {
    let mut view = match opened(gate, call, None, Wants::Figures).await {
        Ok((_, view)) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let tag = view.tag(format.media_type());
    let headers = typed(call.headers(), format.media_type());
    written(headers, &tag, incoming, place, context, move |out| {
        view.write_nodes(format, NODES_AT_ONCE, out)
    })
}

async fn findings(
    gate: &'static Gate,
    call: &ApiCall,
    incoming: &Incoming<'_>,
    place: Place,
    context: &Context,
) -> Outcome {
    let mut view = match opened(gate, call, None, Wants::Figures).await {
        Ok((_, view)) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let tag = view.tag("findings");
    let headers = typed(call.headers(), JSON);
    written(headers, &tag, incoming, place, context, move |out| {
        view.write_findings(NODES_AT_ONCE * 20, out)
    })
}

async fn node(gate: &'static Gate, call: &ApiCall, name: NodeName) -> Outcome {
    let view = match opened(gate, call, Some(name), Wants::Figures).await {
        Ok((_, view)) => view,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match view.node(name) {
        Some(text) => answer::text(200, &typed(call.headers(), JSON), &text).map(Ok),
        None => Ok(Err(call.outside())),
    }
}

async fn limits(gate: &'static Gate, call: &ApiCall, incoming: &Incoming<'_>) -> Outcome {
    let Some(buffer) = clock::within(&incoming.bytes()?, BODY_LIMIT).await? else {
        return Ok(Err(call.too_slow()));
    };
    let limits = match NewLimits::read(&js_sys::Uint8Array::new(&buffer).to_vec()) {
        Ok(limits) => limits,
        Err(problem) => return Ok(Err(call.not_taken(&problem))),
    };
    let estate = match opened_for(gate, call, limits.name()).await {
        Ok(estate) => estate,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Err(problem) = limits.check(&estate) {
        return Ok(Err(call.not_taken(&problem)));
    }
    change(gate, call, &limits).await
}

/// Asks the platform for a subscription's licenses: what the edge keeps may be minutes old.
async fn licenses(gate: &'static Gate, call: &ApiCall, name: NodeName) -> Outcome {
    if let Err(refusal) = opened_for(gate, call, name).await {
        return Ok(Err(refusal));
    }
    let Some(operation) = gate.licenses_of(&call.upstream, name) else {
        return Ok(Err(call.not_signed_in()));
    };
    match asked(gate, call, &operation.request()).await? {
        Ok(reply) => told(call, name, operation.decode(&reply), reply.status),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Sends the change.
async fn change(gate: &'static Gate, call: &ApiCall, limits: &NewLimits) -> Outcome {
    let Some(update) = gate.change(&call.upstream, limits, &Secret::default()) else {
        return Ok(Err(call.not_signed_in()));
    };
    // Who asks meanwhile may be told what was before, and nobody may be left to say what came of it.
    members::outdate(&call.upstream);
    let reply = asked(gate, call, &update.request()).await?;
    members::outdate(&call.upstream);
    match reply {
        Ok(reply) => told(call, limits.name(), update.decode(&reply), reply.status),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Asks the platform as the edge. Refused for its token nothing was done, and it is asked once more
/// with another; after any other failure nobody knows, and it is not repeated.
async fn asked(
    gate: &'static Gate,
    call: &ApiCall,
    request: &Request,
) -> Result<std::result::Result<Reply, Refusal>> {
    let name = &call.upstream;
    let Some(credentials) = gate.credentials_of(name) else { return Ok(Err(call.not_signed_in())) };
    let mut is_first = true;
    loop {
        let Ok(signed_in) = sign_in::at(name, credentials).await else {
            return Ok(Err(call.not_signed_in()));
        };
        let request =
            request.clone().with_header("authorization", signed_in.authorization.expose());
        let deadline = Deadline::start(TIME_LIMIT)?;
        let Ok(reply) = upstream::ask(&request, &deadline).await else {
            return Ok(Err(call.lost()));
        };
        if reply.status() == 401 {
            sign_in::refused(name, &signed_in);
            if is_first && credentials.can_be_renewed() {
                is_first = false;
                continue;
            }
            return Ok(Err(call.not_signed_in()));
        }
        return Ok(match upstream::whole(&reply, MOST_BYTES).await {
            Ok(Some(reply)) => Ok(reply),
            _ => Err(call.lost()),
        });
    }
}

fn told(
    call: &ApiCall,
    name: NodeName,
    read: std::result::Result<SubscriptionMeters, UpstreamError>,
    status: u16,
) -> Outcome {
    match read {
        Ok(read) => {
            let text = written_licenses(name, &read.meters).to_string();
            answer::text(200, &typed(call.headers(), JSON), &text).map(Ok)
        }
        Err(error) => {
            let why = Why::of(&error, status);
            journal::trouble(&call.upstream, "licenses", &why);
            Ok(Err(call.refused(&why)))
        }
    }
}

fn written_licenses(name: NodeName, meters: &[(String, Reading)]) -> Value {
    let license = |reading: &Reading| {
        json!({
            "assigned": reading.assigned.get(), "in_use": reading.in_use.get(),
            "available": reading.available().get(), "users": reading.users.get(),
            "resource_accounts": reading.resource_accounts.get(),
        })
    };
    let licenses: Map<String, Value> =
        meters.iter().map(|(key, reading)| (key.clone(), license(reading))).collect();
    json!({ "node": name.to_string(), "licenses": licenses })
}

/// A document that is written while it is sent, as fast as it is read. Until then it is under way.
fn written(
    mut headers: Vec<Header>,
    tag: &str,
    incoming: &Incoming<'_>,
    place: Place,
    context: &Context,
    mut write: impl FnMut(&mut Vec<u8>) -> bool + 'static,
) -> Outcome {
    headers.push(("etag".to_owned(), tag.to_owned()));
    if incoming.has(tag) {
        return answer::bare(304, &headers).map(Ok);
    }
    let pipe = platform::passage()?;
    let writer = pipe.writable().get_writer()?;
    context.wait_until(async move {
        let _place = place;
        let mut out = Vec::new();
        while write(&mut out) {
            let piece = js_sys::Uint8Array::from(out.as_slice());
            // Nobody reads any more.
            if JsFuture::from(writer.write_with_chunk(&piece)).await.is_err() {
                return;
            }
            out.clear();
        }
        let _ = JsFuture::from(writer.close()).await;
    });
    answer::stream(200, &headers, Some(&pipe.readable())).map(Ok)
}

fn typed(mut headers: Vec<Header>, media_type: &str) -> Vec<Header> {
    headers.push(("content-type".to_owned(), media_type.to_owned()));
    headers
}
