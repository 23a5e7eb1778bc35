//! A plain static host for the built page, as strict as a careful operator would set it up.

pub mod caching;

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::services::ServeDir;

/// No inline script, no inline style, and connections to loopback only.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self' http://127.0.0.1:* https://127.0.0.1:* http://localhost:*; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// What other pages may show in a frame, where they are named.
const FRAMED: &str = "/embed.html";

const CONFIG: &str = "/seatree.json";

/// The page's listener. `framed_by` are origins whose pages may show `embed.html` in a frame.
pub fn router(directory: &PathBuf, config: Option<&PathBuf>, framed_by: &[String]) -> Router {
    // Hands out FILE.br with the type of FILE where the browser takes brotli.
    let router = Router::new().fallback_service(ServeDir::new(directory).precompressed_br());
    let router = match config {
        Some(file) => router.merge(
            Router::new().route(CONFIG, get(config_file)).with_state(Arc::new(file.clone())),
        ),
        None => router,
    };
    let framed = [POLICY, " ", &framed_by.join(" ")].concat();
    // An origin that no header can hold lets nobody in.
    let framed = HeaderValue::from_str(&framed).unwrap_or(HeaderValue::from_static(POLICY));
    router.layer(from_fn_with_state(framed, add_headers))
}

/// Read anew each time, so that it can be edited while the page is open.
async fn config_file(State(file): State<Arc<PathBuf>>) -> Response {
    match std::fs::read(file.as_path()) {
        Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn add_headers(State(framed): State<HeaderValue>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let cache = caching::cache_control(&path, response.status());
    let headers = response.headers_mut();
    if path != CONFIG {
        // Other pages show elements of this one: its code is public, its set-up is not theirs.
        let any = HeaderValue::from_static("*");
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, any);
    }
    let policy = if path == FRAMED { framed } else { HeaderValue::from_static(POLICY) };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in
        [(header::CACHE_CONTROL, cache), (header::X_CONTENT_TYPE_OPTIONS, "nosniff")]
    {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
