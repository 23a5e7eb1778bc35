//! AudioCodes Live Platform: `/tenantui/api/…`.
//!
//! Only status 200 is documented for the endpoints, and that errors may come as a `Message`
//! under it: so an unknown guid is told that way. What a missing token gets is what ASP.NET
//! gives, an empty 401 that says why in a header.

pub mod customer;
pub mod entra;
pub mod license_info;
pub mod tokens;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Path, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::cors::{self, AllowedOrigins};
use crate::draas::tokens::bearer;
use crate::options::{LivePath, Options, Switch};
use crate::world::World;
use crate::world::examples::Printed;
use crate::world::services::{LicenseInfo, Service};

use customer::{Customer, Detail};
use license_info::info;
use tokens::Tokens;

/// What the handlers share.
pub struct LivePlatform {
    services: Vec<Service>,
    printed: Vec<Printed>,
    tokens: Tokens,
    /// Services that failed as often as they were made to.
    failed: Mutex<HashSet<String>>,
}

type Shared = State<Arc<LivePlatform>>;

/// The Live Platform listener.
pub fn router(options: &Options, world: &World) -> Router {
    let state = Arc::new(LivePlatform {
        services: world.services.clone(),
        printed: world.printed.clone(),
        tokens: Tokens::new(options.live_token_ttl),
        failed: Mutex::default(),
    });
    let api = Router::new()
        .route("/api/v2/customer", get(list_v2))
        .route("/api/v3/customer", get(list))
        .route("/api/v3/customer/{guid}", get(details))
        .route("/api/v3/customer/{guid}/licenseinfo", get(license_info))
        .layer(from_fn_with_state(Arc::clone(&state), signed_in));
    let router = match options.live_path {
        LivePath::Tenantui => Router::new().nest("/tenantui", api),
        LivePath::Root => api,
    };
    let router = match options.live_cors {
        Switch::On => {
            router.layer(from_fn_with_state(AllowedOrigins::new(&options.origins), cors::apply))
        }
        Switch::Off => router,
    };
    // Microsoft's, which never lets a page in here.
    router
        .route("/{tenant}/oauth2/v2.0/token", post(entra::token))
        .route("/_sandbox/expire-tokens", post(tokens::expire))
        .route("/_sandbox/renew-tokens", post(tokens::renew))
        .with_state(state)
}

async fn signed_in(State(live): Shared, request: Request, next: Next) -> Response {
    match live.tokens.check(bearer(request.headers()).unwrap_or_default()) {
        Ok(()) => next.run(request).await,
        Err(refused) => {
            let challenge = [(header::WWW_AUTHENTICATE, refused.challenge())];
            (StatusCode::UNAUTHORIZED, challenge).into_response()
        }
    }
}

/// The query of lists and of a customer; other parameters are ignored.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    all_details: Option<String>,
}

impl Asked {
    /// .NET reads a boolean in any case.
    fn detail(&self) -> Detail {
        match &self.all_details {
            Some(text) if text.eq_ignore_ascii_case("true") => Detail::All,
            _ => Detail::Brief,
        }
    }
}

async fn list(State(live): Shared, Query(asked): Query<Asked>) -> Response {
    let detail = asked.detail();
    let all: Vec<Customer> =
        live.services.iter().map(|service| Customer::listed(service, detail)).collect();
    Json(all).into_response()
}

async fn list_v2(State(live): Shared) -> Json<Value> {
    Json(live.services.iter().map(customer::version_2).collect())
}

async fn details(
    State(live): Shared,
    Path(guid): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match live.find(&guid) {
        Some(service) => Json(Customer::single(service, asked.detail())).into_response(),
        None => not_found(&guid),
    }
}

async fn license_info(State(live): Shared, Path(guid): Path<String>) -> Response {
    let Some(service) = live.find(&guid) else { return not_found(&guid) };
    let path = format!("customer/{guid}/licenseinfo");
    if let Some(printed) = live.printed.iter().find(|printed| printed.path == path) {
        let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        return (json, printed.body).into_response();
    }
    match service.license_info {
        LicenseInfo::FailsOnce if live.fails_now(service) => {
            let kind = [(header::CONTENT_TYPE, "application/problem+json; charset=utf-8")];
            let title = "An error occurred while processing your request.";
            let problem = json!({ "title": title, "status": 500 }).to_string();
            (StatusCode::INTERNAL_SERVER_ERROR, kind, problem).into_response()
        }
        LicenseInfo::Readable | LicenseInfo::FailsOnce => Json([info(service)]).into_response(),
        LicenseInfo::Broken | LicenseInfo::Lead => {
            let message = "License information of the requested customer could not be read.";
            error_under_200(message)
        }
    }
}

impl LivePlatform {
    fn find(&self, guid: &str) -> Option<&Service> {
        let mut services = self.services.iter().filter(|service| !service.is_lead());
        services.find(|service| service.guid.eq_ignore_ascii_case(guid))
    }

    fn fails_now(&self, service: &Service) -> bool {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.insert(service.guid.clone())
    }
}

fn not_found(guid: &str) -> Response {
    error_under_200(&format!("Customer {guid} was not found."))
}

fn error_under_200(message: &str) -> Response {
    Json(json!({ "Message": format!("Error: {message}") })).into_response()
}
