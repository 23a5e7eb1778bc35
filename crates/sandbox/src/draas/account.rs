//! Signing in, staying signed in, and who one is.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Draas;
use super::refusal::Refusal;
use super::sessions::User;
use crate::sign_in;

/// The schema allows nothing else: a client that sends more is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Login {
    username: String,
    password: String,
    proxy: Option<String>,
}

#[derive(Deserialize)]
struct SecondFactor {
    #[serde(rename = "2fa_payload")]
    payload: String,
    code: String,
}

/// `GET /api/v01/health`, for anyone.
pub async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `POST /api/v01/auth/login`.
pub async fn login(State(draas): State<Arc<Draas>>, body: Bytes) -> Result<Json<Value>, Refusal> {
    let login: Login = decode(&body)?;
    let too_long = [(&login.username, 200), (&login.password, 200)]
        .into_iter()
        .chain(login.proxy.as_ref().map(|proxy| (proxy, 70)))
        .any(|(text, most)| text.chars().count() > most);
    if too_long {
        return Err(Refusal::malformed("Invalid request: a value is too long"));
    }
    let known = User::named(&login.username).filter(|_| login.password == sign_in::PASSWORD);
    match known {
        None => Err(Refusal::signed_out("Invalid username or password")),
        // Status 200, yet nobody is signed in.
        Some(User::SecondFactor) => Ok(Json(json!({
            "2fa_payload": draas.sessions.second_factor(User::SecondFactor),
            "option": "totp",
        }))),
        Some(user) => Ok(Json(tokens(&draas, user))),
    }
}

/// `POST /api/v01/auth/2fa_totp`. A wrong code is 400, not 401.
pub async fn second_factor(
    State(draas): State<Arc<Draas>>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let given: SecondFactor = decode(&body)?;
    let user = draas.sessions.take_second_factor(&given.payload, &given.code);
    user.map(|user| Json(tokens(&draas, user))).ok_or_else(|| Refusal::malformed("Invalid code"))
}

/// `GET /api/v01/auth/access_token`, with the refresh token as bearer. No new refresh token:
/// the old one is not near its end.
pub async fn refresh(
    State(draas): State<Arc<Draas>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let user = draas.sessions.refreshing(&headers)?;
    Ok(Json(json!({ "access_token": draas.sessions.access_token(user) })))
}

/// `GET /api/v01/auth/logout`: ends the refresh tokens, not the access tokens.
pub async fn logout(
    State(draas): State<Arc<Draas>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let user = draas.sessions.user(&headers)?;
    draas.sessions.forget_refresh_tokens(user);
    Ok(Json(json!({})))
}

/// `GET /api/v01/system/users/local`. Its `token` is a secret in a reply, as in life.
pub async fn who_am_i(
    State(draas): State<Arc<Draas>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let user = draas.sessions.user(&headers)?;
    let admin_of = match user {
        User::Limited => draas.store.limited_tenant().map(|uuid| ("tenant", uuid)),
        User::Demo | User::SecondFactor => draas.store.group().map(|uuid| ("group", uuid)),
    };
    let admin_of: Vec<Value> = admin_of
        .into_iter()
        .map(|(level, reference)| json!({ "level": level, "reference": reference }))
        .collect();
    Ok(Json(json!({
        "admin_of": admin_of,
        "email": format!("{}@example.com", user.name()),
        "is_system": false,
        "language": "en",
        "need_password_change": false,
        "profile": { "api_rules": [] },
        "roles": [],
        "timezone": "Europe/Brussels",
        "token": (user == User::Demo).then_some(sign_in::DRAAS_MACHINE_TOKEN),
        "two_fa_option": (user == User::SecondFactor).then_some("totp"),
        "ui_profile": null,
        "username": user.name(),
    })))
}

/// `POST /_sandbox/expire-tokens`: for tests that must see a token expire without waiting.
pub async fn expire_tokens(State(draas): State<Arc<Draas>>) -> StatusCode {
    draas.sessions.forget_access_tokens();
    StatusCode::NO_CONTENT
}

fn tokens(draas: &Draas, user: User) -> Value {
    json!({
        "access_token": draas.sessions.access_token(user),
        "refresh_token": draas.sessions.refresh_token(user),
        "token": null,
    })
}

/// The body as JSON, whatever its content type says.
pub fn decode<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|e| Refusal::malformed(format!("Invalid request: {e}")))
}
