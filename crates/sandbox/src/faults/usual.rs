//! What an upstream, or what stands before it, usually sends along with an error status.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

use super::Upstream;

/// Cisco's words when all replies under way together hold more than 16 MB.
const AXL_MEMORY: &str = "<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope \
    xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><soapenv:Fault>\
    <faultcode>soapenv:Server</faultcode><faultstring>Maximum AXL Memory Allocation Consumed. \
    Please retry once requests in progress have completed</faultstring><detail><axlError>\
    <axlcode>-1</axlcode><axlmessage>Maximum AXL Memory Allocation Consumed. Please retry once \
    requests in progress have completed</axlmessage></axlError></detail></soapenv:Fault>\
    </soapenv:Body></soapenv:Envelope>";

/// The reply to an error status that no body was given for.
pub fn reply(upstream: Upstream, status: StatusCode) -> Response {
    let reason = status.canonical_reason().unwrap_or("Error");
    match upstream {
        Upstream::Draas => (status, Json(json!({ "error": reason }))).into_response(),
        Upstream::LivePlatform => {
            let problem = json!({ "title": reason, "status": status.as_u16() });
            let mut reply = (status, Json(problem)).into_response();
            let kind = HeaderValue::from_static("application/problem+json; charset=utf-8");
            reply.headers_mut().insert(header::CONTENT_TYPE, kind);
            reply
        }
        Upstream::Cucm => {
            let code = status.as_u16();
            let page = format!(
                "<!doctype html><html lang=\"en\"><head><title>HTTP Status {code} – {reason}\
                 </title></head><body><h1>HTTP Status {code} – {reason}</h1></body></html>"
            );
            (status, Html(page)).into_response()
        }
    }
}

/// "Too much, later". The REST vendors document none: this is what gateways send. CUCM's is
/// a fault under 500.
pub fn throttle(upstream: Upstream) -> Response {
    match upstream {
        Upstream::Draas | Upstream::LivePlatform => {
            let mut reply = reply(upstream, StatusCode::TOO_MANY_REQUESTS);
            reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            reply
        }
        Upstream::Cucm => {
            let xml = [(header::CONTENT_TYPE, "text/xml;charset=UTF-8")];
            (StatusCode::INTERNAL_SERVER_ERROR, xml, AXL_MEMORY).into_response()
        }
    }
}
