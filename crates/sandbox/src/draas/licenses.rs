//! The license endpoints: of an entity, of a subscription, and the update of the latter.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Draas;
use super::account::decode;
use super::refusal::Refusal;
use super::reply::{self, Detail};
use super::sessions::User;
use crate::truth::{INSTANCE, deep_tenant};
use crate::world::World;
use crate::world::examples::Printed;
use crate::world::tree::{Index, Key, Level, Tree};

/// The tree, and the replies made from it: a large one takes long to write and is asked for
/// again and again.
pub struct Store {
    shown: RwLock<Shown>,
    limited_tenant: Option<String>,
}

struct Shown {
    tree: Tree,
    replies: HashMap<(Index, Detail), Bytes>,
    /// What the vendor printed holds until something is changed.
    printed: Vec<Printed>,
}

/// The query of a license request; other parameters are ignored.
#[derive(Deserialize)]
pub struct Asked {
    detailed: Option<String>,
}

/// What a subscription may be changed to; what is not named stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Update {
    ms_teams_users: Option<Assigned>,
    sip_trunk_channels: Option<Assigned>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assigned {
    assigned: u64,
}

impl Store {
    pub fn new(world: &World) -> Self {
        let tree = world.tree.clone();
        let tenants = || (0..tree.len()).find(|index| tree.get(*index).level == Level::Tenant);
        let limited_tenant = deep_tenant(&tree).or_else(tenants).and_then(|i| uuid(&tree, i));
        let shown = Shown { tree, replies: HashMap::new(), printed: world.printed.clone() };
        Self { shown: RwLock::new(shown), limited_tenant }
    }

    pub fn group(&self) -> Option<String> {
        uuid(&self.read().tree, 0)
    }

    /// The one tenant that the limited user administers.
    pub fn limited_tenant(&self) -> Option<String> {
        self.limited_tenant.clone()
    }

    fn read(&self) -> RwLockReadGuard<'_, Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn printed(&self, path: &str, detail: Detail) -> Option<Bytes> {
        let detailed = detail == Detail::Full;
        let shown = self.read();
        let mut printed = shown.printed.iter();
        let found = printed.find(|p| p.path == path && p.detailed == detailed)?;
        Some(Bytes::from_static(found.body.as_bytes()))
    }

    fn reply(&self, index: Index, detail: Detail) -> Bytes {
        if let Some(body) = self.read().replies.get(&(index, detail)) {
            return body.clone();
        }
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let body = Bytes::from(reply::write(&shown.tree, index, detail));
        shown.replies.insert((index, detail), body.clone());
        body
    }
}

/// `GET …/{groups|distributors|resellers|tenants}/{uuid}/licenses`.
pub async fn of_entity(
    State(draas): State<Arc<Draas>>,
    Path((prefix, instance, plural, uuid)): Path<(String, String, String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let user = draas.sessions.user(&headers)?;
    instance_exists(&prefix, &instance)?;
    let level = Level::ALL[..4].iter().find(|level| level.plural() == plural);
    let level = *level.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "Not found"))?;
    well_formed(&uuid)?;
    let detail = detail(asked.detailed.as_deref())?;
    allowed(&draas, user, level, &uuid, &format!("{plural}.instance.licenses.list"))?;
    let index = draas.store.read().tree.find(level, &uuid).ok_or_else(Refusal::none_found)?;
    let printed = draas.store.printed(&format!("{plural}/{uuid}/licenses"), detail);
    Ok(json(printed.unwrap_or_else(|| draas.store.reply(index, detail))))
}

/// `GET …/tenants/{uuid}/subscriptions/{id}/licenses`.
pub async fn of_subscription(
    State(draas): State<Arc<Draas>>,
    Path((prefix, instance, uuid, id)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let user = draas.sessions.user(&headers)?;
    instance_exists(&prefix, &instance)?;
    let role = "tenants.instance.subscriptions.licenses.list";
    let index = subscription(&draas, user, &uuid, &id, role)?;
    let path = format!("tenants/{uuid}/subscriptions/{id}/licenses");
    let printed = draas.store.printed(&path, Detail::Totals);
    Ok(json(printed.unwrap_or_else(|| draas.store.reply(index, Detail::Totals))))
}

/// `PUT …/tenants/{uuid}/subscriptions/{id}/licenses`. Less than is in use is accepted: what
/// the vendor does then is not documented.
pub async fn update(
    State(draas): State<Arc<Draas>>,
    Path((prefix, instance, uuid, id)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let user = draas.sessions.user(&headers)?;
    instance_exists(&prefix, &instance)?;
    let role = "tenants.instance.subscriptions.licenses.update";
    if user == User::Limited {
        return Err(Refusal::forbidden(role));
    }
    let index = subscription(&draas, user, &uuid, &id, role)?;
    let update: Update = decode(&body)?;
    let assigned = |license: Option<Assigned>| license.map(|license| license.assigned);
    {
        let mut shown = draas.store.shown.write().unwrap_or_else(PoisonError::into_inner);
        let teams = assigned(update.ms_teams_users);
        shown.tree.assign(index, teams, assigned(update.sip_trunk_channels));
        shown.replies.clear();
        shown.printed.clear();
    }
    Ok(json(draas.store.reply(index, Detail::Totals)))
}

fn subscription(
    draas: &Draas,
    user: User,
    tenant: &str,
    id: &str,
    role: &str,
) -> Result<Index, Refusal> {
    well_formed(tenant)?;
    let id = id.parse().map_err(|_| Refusal::malformed(format!("Invalid subscription id {id}")))?;
    allowed(draas, user, Level::Tenant, tenant, role)?;
    draas.store.read().tree.find_subscription(tenant, id).ok_or_else(Refusal::none_found)
}

/// `draas` today; older cores mount the same routes as `custom`.
fn instance_exists(prefix: &str, instance: &str) -> Result<(), Refusal> {
    if matches!(prefix, "draas" | "custom") && instance == INSTANCE {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::NOT_FOUND, "Not found"))
}

fn allowed(draas: &Draas, user: User, level: Level, uuid: &str, role: &str) -> Result<(), Refusal> {
    let own = level == Level::Tenant && draas.store.limited_tenant.as_deref() == Some(uuid);
    if user == User::Limited && !own { Err(Refusal::forbidden(role)) } else { Ok(()) }
}

fn well_formed(uuid: &str) -> Result<(), Refusal> {
    let groups = uuid.split('-').map(str::len);
    let hexadecimal = uuid.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    if hexadecimal && groups.eq([8, 4, 4, 4, 12]) {
        return Ok(());
    }
    Err(Refusal::malformed(format!("Invalid uuid {uuid}")))
}

/// The documentation writes `True` in one place and a boolean in another; the core is Go,
/// whose `ParseBool` takes these.
fn detail(detailed: Option<&str>) -> Result<Detail, Refusal> {
    match detailed {
        Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(Detail::Full),
        None | Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(Detail::Totals),
        Some(other) => Err(Refusal::malformed(format!("Invalid value {other} for detailed"))),
    }
}

fn uuid(tree: &Tree, index: Index) -> Option<String> {
    match &tree.entities().get(index)?.key {
        Key::Uuid(uuid) => Some(uuid.clone()),
        Key::Id(_) => None,
    }
}

fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
