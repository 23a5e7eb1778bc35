//! Errors as DRaaS words them.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An error under its status.
#[derive(Clone, Debug)]
pub struct Refusal {
    status: StatusCode,
    message: String,
    shape: Shape,
}

/// Which part of the platform says it.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// The core: `{"error": "…"}`.
    Core,
    /// A workflow, which the routes of DRaaS are: `{"error": {"reason": "…"}}`.
    Workflow,
}

impl Refusal {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), shape: Shape::Core }
    }

    pub fn signed_out(message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// What a workflow does not accept, although the request follows the schema.
    pub fn reason(message: impl Into<String>) -> Self {
        Self { shape: Shape::Workflow, ..Self::malformed(message) }
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
        let error = match self.shape {
            Shape::Core => json!(self.message),
            Shape::Workflow => json!({ "reason": self.message }),
        };
        (self.status, Json(json!({ "error": error }))).into_response()
    }
}
