//! Microsoft Entra's token endpoint, as far as the client-credentials flow needs it. In life it
//! is at `login.microsoftonline.com`; here it shares the port.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::LivePlatform;
use crate::sign_in;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    grant_type: String,
    client_id: String,
    client_secret: String,
    scope: String,
}

/// `POST /{tenant}/oauth2/v2.0/token`. From a page it is refused whatever it holds, because a
/// page cannot keep a secret.
pub async fn token(
    State(live): State<Arc<LivePlatform>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Form(asked): Form<Asked>,
) -> Response {
    if headers.contains_key(header::ORIGIN) {
        return refused(
            "invalid_request",
            9_002_326,
            "Cross-origin token redemption is permitted only for the 'Single-Page Application' \
             client-type.",
        );
    }
    if tenant != sign_in::LIVE_TENANT {
        return refused("invalid_request", 90_002, "The tenant was not found.");
    }
    if asked.grant_type != "client_credentials" {
        return refused("unsupported_grant_type", 70_003, "The grant type is not supported.");
    }
    if asked.client_id != sign_in::LIVE_CLIENT_ID {
        return refused("unauthorized_client", 700_016, "The application was not found.");
    }
    if asked.client_secret != sign_in::LIVE_CLIENT_SECRET {
        return refused("invalid_client", 7_000_215, "Invalid client secret provided.");
    }
    if asked.scope != sign_in::LIVE_SCOPE {
        return refused("invalid_scope", 70_011, "The provided value for scope is not valid.");
    }
    let (token, seconds) = live.tokens.issue();
    let never_kept = [(header::CACHE_CONTROL, "no-store, no-cache")];
    let reply = json!({
        "token_type": "Bearer",
        "expires_in": seconds,
        "ext_expires_in": seconds,
        "access_token": token,
    });
    (never_kept, Json(reply)).into_response()
}

fn refused(error: &str, code: u32, why: &str) -> Response {
    let status = match error {
        "invalid_client" => StatusCode::UNAUTHORIZED,
        _ => StatusCode::BAD_REQUEST,
    };
    let description = format!("AADSTS{code}: {why}");
    let reply = json!({ "error": error, "error_description": description, "error_codes": [code] });
    (status, Json(reply)).into_response()
}
