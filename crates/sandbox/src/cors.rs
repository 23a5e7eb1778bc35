//! CORS as DRaaS does it once a page's origin is on its list of allowed origins: the origin is
//! echoed, preflight is answered before any sign-in, and whoever is not listed gets a reply
//! without the headers, which a browser then withholds.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The origins that may call, if any.
#[derive(Clone, Debug)]
pub struct AllowedOrigins(Arc<[String]>);

impl AllowedOrigins {
    pub fn new(origins: &[String]) -> Self {
        Self(origins.iter().map(|origin| origin.trim_end_matches('/').to_owned()).collect())
    }

    /// Marks a reply to a request of this origin. True if the origin is listed.
    pub fn mark(&self, origin: Option<&HeaderValue>, reply: &mut HeaderMap) -> bool {
        // Also without a listed origin: a shared cache must not hand this reply to a listed one.
        reply.append(header::VARY, HeaderValue::from_static("Origin"));
        let listed = origin
            .filter(|origin| self.0.iter().any(|listed| listed.as_bytes() == origin.as_bytes()));
        if let Some(origin) = listed {
            reply.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        listed.is_some()
    }
}

/// Answers preflight and marks replies. For `axum::middleware::from_fn_with_state`.
pub async fn apply(
    State(origins): State<AllowedOrigins>,
    request: Request,
    next: Next,
) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let preflight = request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response =
        if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    if origins.mark(origin.as_ref(), headers) && preflight {
        for (name, value) in [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE, OPTIONS"),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type"),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    response
}
