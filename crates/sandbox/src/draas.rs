//! Netaxis DRaaS: `/api/v01/…`.

pub mod account;
pub mod client;
pub mod licenses;
pub mod lists;
pub mod lockout;
pub mod refusal;
pub mod reply;
pub mod scope;
pub mod sessions;
pub mod tokens;
pub mod user;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::cors::{self, AllowedOrigins};
use crate::options::Options;
use crate::world::World;

use licenses::Store;
use refusal::Refusal;
use sessions::Sessions;

/// What the handlers share.
pub struct Draas {
    sessions: Sessions,
    store: Store,
    client_header: Option<String>,
}

/// The DRaaS listener.
pub fn router(options: &Options, world: &World) -> Router {
    let state = Arc::new(Draas {
        sessions: Sessions::new(options),
        store: Store::new(world),
        client_header: options.draas_client_header.clone(),
    });
    let entity = get(licenses::of_entity);
    let subscription = get(licenses::of_subscription).put(licenses::update);
    Router::new()
        .route("/api/v01/health", get(account::health))
        .route("/api/v01/auth/login", post(account::login))
        .route("/api/v01/auth/2fa", post(account::second_factor_by_email))
        .route("/api/v01/auth/2fa_totp", post(account::second_factor_by_totp))
        .route("/api/v01/auth/access_token", get(account::refresh))
        .route("/api/v01/auth/logout", get(account::logout))
        .route("/api/v01/system/users/local", get(account::who_am_i))
        .route("/api/v01/{prefix}/{instance}/{level}", get(lists::of_level))
        .route("/api/v01/{prefix}/{instance}/{level}/{uuid}/licenses", entity)
        .route(
            "/api/v01/{prefix}/{instance}/tenants/{uuid}/subscriptions",
            get(lists::of_subscriptions),
        )
        .route(
            "/api/v01/{prefix}/{instance}/tenants/{uuid}/subscriptions/{id}",
            get(lists::of_subscription),
        )
        .route(
            "/api/v01/{prefix}/{instance}/tenants/{uuid}/subscriptions/{id}/licenses",
            subscription,
        )
        .route("/_sandbox/expire-tokens", post(account::expire_tokens))
        .fallback(async || Refusal::new(StatusCode::NOT_FOUND, "Not found"))
        .with_state(state)
        .layer(from_fn_with_state(AllowedOrigins::new(&options.origins), cors::apply))
}
