//! The license endpoints: of an entity, of a subscription, and the update of the latter.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock, PoisonError, RwLock, RwLockReadGuard};

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Draas;
use super::account::decode;
use super::refusal::Refusal;
use super::reply::{self, Detail};
use super::scope::Scope;
use super::user::{Rights, USERS, User};
use crate::truth::INSTANCE;
use crate::world::World;
use crate::world::examples::Printed;
use crate::world::tree::{Index, Level, Tree, UNKNOWN_LICENSE};

/// The tree, and the replies made from it: a large one takes long to write and is asked for
/// again and again.
pub struct Store {
    shown: RwLock<Shown>,
    scopes: HashMap<&'static str, Scope>,
}

/// What is shown now.
pub struct Shown {
    pub tree: Tree,
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
type Update = BTreeMap<String, Assigned>;

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assigned {
    assigned: u64,
}

/// More than this a workflow refuses; what limit the vendor has is not documented.
const MOST: u64 = 1_000_000;

impl Store {
    pub fn new(world: &World) -> Self {
        let tree = world.tree.clone();
        let scopes = USERS.iter().map(|user| (user.name, Scope::new(&tree, user))).collect();
        let shown = Shown { tree, replies: HashMap::new(), printed: world.printed.clone() };
        Self { shown: RwLock::new(shown), scopes }
    }

    /// What this user may see. All users are known from the start.
    pub fn scope(&self, user: &User) -> &Scope {
        static NOTHING: LazyLock<Scope> = LazyLock::new(Scope::default);
        self.scopes.get(user.name).unwrap_or(&NOTHING)
    }

    pub fn read(&self) -> RwLockReadGuard<'_, Shown> {
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
    let role = format!("{plural}.instance.licenses.list");
    let index = draas.entity(user, level, &uuid, &role)?.ok_or_else(Refusal::none_found)?;
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
    let index = draas.subscription(user, &uuid, &id, role, Refusal::none_found)?;
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
    if user.rights == Rights::Reader {
        return Err(Refusal::forbidden(role));
    }
    let index = draas.subscription(user, &uuid, &id, role, Refusal::none_found)?;
    let update: Update = decode(&body)?;
    {
        let mut shown = draas.store.shown.write().unwrap_or_else(PoisonError::into_inner);
        let unknown = shown.tree.unknown_license(index).map(|_| UNKNOWN_LICENSE);
        let known = ["msTeamsUsers", "sipTrunkChannels"].into_iter().chain(unknown);
        let known: Vec<&str> = known.collect();
        if let Some(name) = update.keys().find(|name| !known.contains(&name.as_str())) {
            let message = format!("Invalid request: Additional property {name} is not allowed");
            return Err(Refusal::malformed(message));
        }
        if let Some(name) = update.iter().find(|(_, limit)| limit.assigned > MOST) {
            return Err(Refusal::reason(format!("{}: at most {MOST} can be assigned", name.0)));
        }
        let assigned = |name: &str| update.get(name).map(|limit| limit.assigned);
        let (teams, sip) = (assigned("msTeamsUsers"), assigned("sipTrunkChannels"));
        shown.tree.assign(index, teams, sip);
        if let Some(assigned) = assigned(UNKNOWN_LICENSE) {
            shown.tree.assign_unknown(index, assigned);
        }
        shown.replies.clear();
        shown.printed.clear();
    }
    Ok(json(draas.store.reply(index, Detail::Totals)))
}

impl Draas {
    /// The entity, if there is one and the user may see it. Who may not see everything is not
    /// told what there is.
    pub fn entity(
        &self,
        user: &User,
        level: Level,
        uuid: &str,
        role: &str,
    ) -> Result<Option<Index>, Refusal> {
        let shown = self.store.read();
        let scope = self.store.scope(user);
        match shown.tree.find(level, uuid) {
            Some(index) if scope.holds(&shown.tree, index) => Ok(Some(index)),
            None if scope.reaches(&shown.tree, Level::Group) => Ok(None),
            _ => Err(Refusal::forbidden(role)),
        }
    }

    pub fn subscription(
        &self,
        user: &User,
        tenant: &str,
        id: &str,
        role: &str,
        none: fn() -> Refusal,
    ) -> Result<Index, Refusal> {
        well_formed(tenant)?;
        let invalid = |_| Refusal::malformed(format!("Invalid subscription id {id}"));
        let id = id.parse().map_err(invalid)?;
        let shown = self.store.read();
        let scope = self.store.scope(user);
        let found = shown.tree.find_subscription(tenant, id);
        let tenant = shown.tree.find(Level::Tenant, tenant);
        let visible = |index: Index| scope.holds(&shown.tree, index);
        if scope.reaches(&shown.tree, Level::Group) || found.or(tenant).is_some_and(visible) {
            return found.ok_or_else(none);
        }
        Err(Refusal::forbidden(role))
    }
}

/// `draas` today; older cores mount the same routes as `custom`.
pub fn instance_exists(prefix: &str, instance: &str) -> Result<(), Refusal> {
    if matches!(prefix, "draas" | "custom") && instance == INSTANCE {
        return Ok(());
    }
    Err(Refusal::new(StatusCode::NOT_FOUND, "Not found"))
}

pub fn well_formed(uuid: &str) -> Result<(), Refusal> {
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

pub fn json(body: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
