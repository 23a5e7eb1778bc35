//! Does to a reply what a rule wants.

use axum::body::{Bytes, to_bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Upstream;
use super::body::{Cut, Slow};
use super::rule::{Drop, Effect, Malformed};
use super::usual;

/// What the panel sends in place of the upstream, where the rule wants that.
pub fn in_place(effect: &Effect, upstream: Upstream) -> Option<Response> {
    if !effect.answers() {
        return None;
    }
    let status = effect.status.and_then(|code| StatusCode::from_u16(code).ok());
    let mut reply = match (status, &effect.body) {
        (None, Some(body)) => body.clone().into_response(),
        (Some(status), Some(body)) => (status, body.clone()).into_response(),
        (Some(status), None) => usual::reply(upstream, status),
        (None, None) if effect.throttle => usual::throttle(upstream),
        (None, None) => usual::reply(upstream, StatusCode::TOO_MANY_REQUESTS),
    };
    if effect.body.is_some() {
        let kind = match upstream {
            Upstream::Draas | Upstream::LivePlatform => "application/json",
            Upstream::Cucm => "text/xml;charset=UTF-8",
        };
        reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    if let Some(value) = effect.retry_after.as_ref().and_then(|v| HeaderValue::from_str(v).ok()) {
        reply.headers_mut().insert(header::RETRY_AFTER, value);
    }
    Some(reply)
}

/// Breaks a reply.
pub async fn damage(effect: &Effect, reply: Response) -> Response {
    let (mut head, body) = reply.into_parts();
    for (name, value) in &effect.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            head.headers.insert(name, value);
        }
    }
    let kind = effect.content_type.as_ref().and_then(|kind| HeaderValue::from_str(kind).ok());
    if let Some(kind) = kind {
        head.headers.insert(header::CONTENT_TYPE, kind);
    }
    if !effect.cors {
        for name in [
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            header::ACCESS_CONTROL_ALLOW_METHODS,
            header::ACCESS_CONTROL_ALLOW_HEADERS,
        ] {
            head.headers.remove(name);
        }
    }
    let touched = effect.malformed.is_some()
        || effect.truncate_at.is_some()
        || effect.drop == Some(Drop::MidBody)
        || effect.bytes_per_second.is_some();
    if !touched {
        return Response::from_parts(head, body);
    }
    // The sandbox's own replies are in memory already, and never fail.
    let whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let whole = effect.malformed.map_or(whole.clone(), |how| broken(&whole, how));
    let sent = match (effect.truncate_at, effect.drop) {
        (Some(at), _) => at.min(whole.len()),
        (None, Some(Drop::MidBody)) => whole.len() / 2,
        (None, _) => whole.len(),
    };
    // A cut is one only if more was announced.
    let cut = if sent < whole.len() { Cut::AfterThis } else { Cut::Never };
    head.headers.insert(header::CONTENT_LENGTH, whole.len().into());
    let bytes = whole.slice(..sent);
    let slow = Slow { bytes, bytes_per_second: effect.bytes_per_second, cut };
    Response::from_parts(head, slow.into_body())
}

fn broken(whole: &Bytes, how: Malformed) -> Bytes {
    let (before, after) = whole.split_at(whole.len() / 2);
    match how {
        Malformed::Empty => Bytes::new(),
        Malformed::Unclosed => whole.slice(..before.len()),
        Malformed::Stray => Bytes::from([before, b"\"}<<{{,&stray;\0", after].concat()),
        Malformed::NotUtf8 => Bytes::from([before, &[0xff, 0xfe, 0xc3], after].concat()),
        Malformed::Twice => Bytes::from([whole.as_ref(), whole.as_ref()].concat()),
    }
}
