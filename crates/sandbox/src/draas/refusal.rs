//! Errors as DRaaS words them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// `{"error": "..."}` under its status.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    message: String,
}

impl Refusal {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    pub fn signed_out(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub fn forbidden(role: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, format!("Insufficient rights, required role: {role}"))
    }

    /// Not an outage: an entity without licenses, or none at all, is told alike.
    pub fn none_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "No license found")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.message }))).into_response()
    }
}
