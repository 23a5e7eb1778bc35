//! Signing in, staying signed in, and who one is.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Draas;
use super::client::Client;
use super::refusal::Refusal;
use super::sessions::{Trust, Welcome};
use super::user::{Factor, Rights, Told, User};

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
    #[serde(default)]
    trust: bool,
}

/// The query of a logout.
#[derive(Deserialize)]
pub struct Leaving {
    sign: Option<String>,
}

/// The query of the control that ends tokens.
#[derive(Deserialize)]
pub struct Expiring {
    #[serde(default)]
    refresh: bool,
}

/// `GET /api/v01/health`, for anyone.
pub async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `POST /api/v01/auth/login`.
pub async fn login(
    State(draas): State<Arc<Draas>>,
    client: Client,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let login: Login = decode(&body)?;
    let too_long = [(&login.username, 200), (&login.password, 200)]
        .into_iter()
        .chain(login.proxy.as_ref().map(|proxy| (proxy, 70)))
        .any(|(text, most)| text.chars().count() > most);
    if too_long {
        return Err(Refusal::malformed("Invalid request: a value is too long"));
    }
    match draas.sessions.log_in(&login.username, &login.password, client)? {
        Welcome::SignedIn(user) => Ok(Json(tokens(&draas, user))),
        // Status 200, yet nobody is signed in.
        Welcome::SecondFactor(user, payload) => {
            let factor = user.second_factor.as_ref();
            Ok(Json(match factor.filter(|factor| factor.option == Told::Yes) {
                Some(factor) => json!({ "2fa_payload": payload, "option": factor.by.name() }),
                None => json!({ "2fa_payload": payload }),
            }))
        }
    }
}

/// `POST /api/v01/auth/2fa`: the code that was mailed.
pub async fn second_factor_by_email(
    State(draas): State<Arc<Draas>>,
    client: Client,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    second_factor(&draas, Factor::Email, client, &body)
}

/// `POST /api/v01/auth/2fa_totp`: the code that an authenticator app shows.
pub async fn second_factor_by_totp(
    State(draas): State<Arc<Draas>>,
    client: Client,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    second_factor(&draas, Factor::Totp, client, &body)
}

fn second_factor(
    draas: &Draas,
    by: Factor,
    client: Client,
    body: &Bytes,
) -> Result<Json<Value>, Refusal> {
    let given: SecondFactor = decode(body)?;
    let trust = if given.trust { Trust::Remembered } else { Trust::Once };
    let user = draas.sessions.second_factor(by, &given.payload, &given.code, trust, client)?;
    Ok(Json(tokens(draas, user)))
}

/// `GET /api/v01/auth/access_token`, with the refresh token as bearer.
pub async fn refresh(
    State(draas): State<Arc<Draas>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let (user, another) = draas.sessions.refreshing(&headers)?;
    let access = draas.sessions.access_token(user);
    Ok(Json(match another {
        Some(refresh) => json!({ "access_token": access, "refresh_token": refresh }),
        None => json!({ "access_token": access }),
    }))
}

/// `GET /api/v01/auth/logout`: ends refresh tokens, not access tokens. With which of both one
/// asks is not documented: either will do, and a refresh token ends itself.
pub async fn logout(
    State(draas): State<Arc<Draas>>,
    Query(leaving): Query<Leaving>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    draas.sessions.log_out(&headers, leaving.sign.as_deref())?;
    Ok(Json(json!({})))
}

/// `GET /api/v01/system/users/local`. Its `token` is a secret in a reply, as in life.
pub async fn who_am_i(
    State(draas): State<Arc<Draas>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let user = draas.sessions.user(&headers)?;
    let references = draas.store.scope(user).references(&draas.store.read().tree);
    let level = references.first().map(|reference| reference.level);
    let admin_of: Vec<Value> = references
        .iter()
        .map(|one| json!({ "level": one.level, "reference": one.reference }))
        .collect();
    let subscription = "/draas/draas_v1/tenants/:tenant_id/subscriptions/:subscription_id/licenses";
    Ok(Json(json!({
        "admin_of": admin_of,
        "email": format!("{}@example.com", user.name),
        "is_system": user.is_system(),
        "language": "en",
        "need_password_change": false,
        "profile": { "api_rules": [
            {
                "allowed": true,
                "method": "get",
                "name": "tenants.instance.subscriptions.licenses.list",
                "url": subscription,
            },
            {
                "allowed": user.rights == Rights::Full,
                "method": "put",
                "name": "tenants.instance.subscriptions.licenses.update",
                "url": subscription,
            },
        ] },
        "roles": level.into_iter().map(|level| format!("{level}_admin")).collect::<Vec<_>>(),
        "timezone": "Europe/Brussels",
        "token": user.machine_token,
        "two_fa_option": user.second_factor.as_ref().map(|factor| factor.by.name()),
        "ui_profile": level,
        "username": user.name,
    })))
}

/// `POST /_sandbox/expire-tokens`: for tests that must see a token expire without waiting.
/// With `?refresh=true` the refresh tokens end too.
pub async fn expire_tokens(
    State(draas): State<Arc<Draas>>,
    Query(expiring): Query<Expiring>,
) -> StatusCode {
    draas.sessions.forget_access_tokens();
    if expiring.refresh {
        draas.sessions.forget_all_refresh_tokens();
    }
    StatusCode::NO_CONTENT
}

/// The machine token comes along: null for those who have none, and for some not at all.
fn tokens(draas: &Draas, user: &'static User) -> Value {
    let mut reply = json!({
        "access_token": draas.sessions.access_token(user),
        "refresh_token": draas.sessions.refresh_token(user),
    });
    if user.rights == Rights::Full {
        reply["token"] = user.machine_token.into();
        reply["ui_profile"] = Value::Null;
        reply["email_set"] = true.into();
    }
    reply
}

/// The body as JSON, whatever its content type says.
pub fn decode<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|e| Refusal::malformed(format!("Invalid request: {e}")))
}
