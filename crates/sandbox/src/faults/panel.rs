//! `/_sandbox`: the rules as a page, and as JSON for tests.
//!
//! | request | does |
//! |---|---|
//! | `GET /_sandbox` | the page |
//! | `GET /_sandbox/faults` | `{"faults":[…]}`, each with how often it matched and fired |
//! | `POST /_sandbox/faults` | sets a [`Rule`], 201 with the rule; 400 says what is wrong with it |
//! | `DELETE /_sandbox/faults/{id}` | ends one, 204; 404 if there is none |
//! | `DELETE /_sandbox/faults` | ends all, 204 |

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Form, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::form::RuleForm;
use super::rule::{Rule, Selected};
use super::{Faults, Upstream, page};

#[derive(Clone)]
struct Panel {
    upstream: Upstream,
    faults: Arc<Faults>,
}

/// Whether the panel answers this path, and not the upstream.
pub fn is_for(path: &str) -> bool {
    let rest = path.strip_prefix("/_sandbox");
    rest.is_some_and(|rest| {
        matches!(rest, "" | "/") || rest == "/faults" || rest.starts_with("/faults/")
    })
}

pub(super) fn router(upstream: Upstream, faults: &Arc<Faults>) -> Router {
    Router::new()
        .route("/_sandbox", get(show))
        .route("/_sandbox/", get(show))
        .route("/_sandbox/faults", get(list).post(set).delete(clear_all))
        .route("/_sandbox/faults/form", post(set_by_form))
        .route("/_sandbox/faults/clear", post(clear_all_by_form))
        .route("/_sandbox/faults/{id}", delete(clear))
        .route("/_sandbox/faults/{id}/clear", post(clear_by_form))
        .layer(from_fn(only_from_here))
        .with_state(Panel { upstream, faults: Arc::clone(faults) })
}

/// A page of somebody else, open in the same browser, must not set rules; nor may a name that
/// somebody made point here.
async fn only_from_here(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST)
        .or_else(|| request.uri().authority().map(axum::http::uri::Authority::as_str));
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _)| name));
    let own_page = text(header::ORIGIN).is_none_or(|origin| {
        let authority = origin.split_once("://").map(|(_, authority)| authority);
        authority.is_some() && authority == host
    });
    if matches!(name, Some("127.0.0.1" | "localhost")) && own_page {
        return next.run(request).await;
    }
    refused(StatusCode::FORBIDDEN, "the fault panel takes requests from 127.0.0.1 only")
}

async fn show(State(panel): State<Panel>) -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; \
                  base-uri 'none'; frame-ancestors 'none'";
    let headers = [(header::CONTENT_SECURITY_POLICY, policy), (header::CACHE_CONTROL, "no-store")];
    (headers, Html(page::write(panel.upstream, &panel.faults.all()))).into_response()
}

async fn list(State(panel): State<Panel>) -> Response {
    let fresh = [(header::CACHE_CONTROL, "no-store")];
    (fresh, Json(json!({ "faults": panel.faults.all() }))).into_response()
}

async fn set(State(panel): State<Panel>, body: Bytes) -> Response {
    match panel.rule(serde_json::from_slice(&body)) {
        Ok(rule) => (StatusCode::CREATED, Json(panel.faults.set(rule))).into_response(),
        Err(mistake) => refused(StatusCode::BAD_REQUEST, &mistake),
    }
}

async fn set_by_form(
    State(panel): State<Panel>,
    _: HeaderMap,
    Form(form): Form<RuleForm>,
) -> Response {
    let value = form.into_value();
    match value.and_then(|value| panel.rule(serde_json::from_value::<Rule>(value))) {
        Ok(rule) => {
            panel.faults.set(rule);
            Redirect::to("/_sandbox").into_response()
        }
        Err(mistake) => (StatusCode::BAD_REQUEST, mistake).into_response(),
    }
}

async fn clear(State(panel): State<Panel>, Path(id): Path<u64>) -> Response {
    if panel.faults.clear(id) {
        return StatusCode::NO_CONTENT.into_response();
    }
    refused(StatusCode::NOT_FOUND, &format!("there is no rule {id}"))
}

async fn clear_all(State(panel): State<Panel>) -> StatusCode {
    panel.faults.clear_all();
    StatusCode::NO_CONTENT
}

async fn clear_by_form(State(panel): State<Panel>, Path(id): Path<u64>) -> Redirect {
    panel.faults.clear(id);
    Redirect::to("/_sandbox")
}

async fn clear_all_by_form(State(panel): State<Panel>) -> Redirect {
    panel.faults.clear_all();
    Redirect::to("/_sandbox")
}

impl Panel {
    fn rule(&self, read: serde_json::Result<Rule>) -> Result<Rule, String> {
        let mut rule = read.map_err(|e| format!("this is no rule: {e}"))?;
        rule.upstream.get_or_insert(Selected::One(self.upstream));
        rule.mistake().map_or(Ok(rule), Err)
    }
}

fn refused(status: StatusCode, why: &str) -> Response {
    let body: Value = json!({ "error": why });
    (status, Json(body)).into_response()
}
