//! The lists of groups, distributors, resellers, tenants and subscriptions, and the details of
//! a subscription.
//!
//! Who may list what is documented, and so is the frame `{results, pages, page, next?, …}`.
//! Decided here: without `sort` the order is the tree's, pages end at 500 entries whatever is
//! asked for, and `next` is valid only along with the parameters it was made for.

mod item;
mod page;

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

use super::Draas;
use super::licenses::{instance_exists, json, well_formed};
use super::refusal::Refusal;
use super::scope::Scope;
use crate::world::tree::{Index, Level, Tree};

use page::Asked;

/// `GET …/{groups|distributors|resellers|tenants}`.
pub async fn of_level(
    State(draas): State<Arc<Draas>>,
    Path((prefix, instance, plural)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let user = draas.sessions.user(&headers)?;
    instance_exists(&prefix, &instance)?;
    let level = Level::ALL[..4].iter().find(|level| level.plural() == plural);
    let level = *level.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "Not found"))?;
    let shown = draas.store.read();
    let scope = draas.store.scope(user);
    may_list(&shown.tree, scope, level)?;
    let asked = Asked::read(&plural, query.as_deref().unwrap_or_default())?;
    let parent = match &asked.parent {
        None if level == Level::Distributor && scope.is_system() => {
            return Err(Refusal::reason("parent is required"));
        }
        None => None,
        Some(uuid) => Some(parent(&shown.tree, scope, level, uuid)?),
    };
    let below = |index: &Index| match parent {
        None => true,
        Some(None) => false,
        Some(Some(parent)) => shown.tree.path(*index).contains(&parent),
    };
    let found = (0..shown.tree.len())
        .filter(|index| shown.tree.get(*index).level == level)
        .filter(|index| scope.shows(&shown.tree, *index))
        .filter(below);
    Ok(reply(asked.page(&plural, found.collect(), |index| item::of(&shown.tree, index))))
}

/// `GET …/tenants/{uuid}/subscriptions`.
pub async fn of_subscriptions(
    State(draas): State<Arc<Draas>>,
    Path((prefix, instance, uuid)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let user = draas.sessions.user(&headers)?;
    instance_exists(&prefix, &instance)?;
    well_formed(&uuid)?;
    let shown = draas.store.read();
    let scope = draas.store.scope(user);
    let role = "tenants.instance.subscriptions.list";
    let tenant = shown.tree.find(Level::Tenant, &uuid);
    if !scope.is_system() && tenant.is_none_or(|index| !scope.shows(&shown.tree, index)) {
        return Err(Refusal::forbidden(role));
    }
    let tenant = tenant.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "Tenant not found"))?;
    let asked = Asked::read(&uuid, query.as_deref().unwrap_or_default())?;
    let children = shown.tree.get(tenant).children.iter().copied();
    let found = children.filter(|index| scope.holds(&shown.tree, *index));
    Ok(reply(asked.page("subscriptions", found.collect(), |index| item::of(&shown.tree, index))))
}

/// `GET …/tenants/{uuid}/subscriptions/{id}`.
pub async fn of_subscription(
    State(draas): State<Arc<Draas>>,
    Path((prefix, instance, uuid, id)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let user = draas.sessions.user(&headers)?;
    instance_exists(&prefix, &instance)?;
    let role = "tenants.instance.subscriptions.read";
    let index = draas.subscription(user, &uuid, &id, role, || {
        Refusal::new(StatusCode::NOT_FOUND, "Subscription not found")
    })?;
    Ok(reply(item::subscription(&draas.store.read().tree, index)))
}

fn may_list(tree: &Tree, scope: &Scope, level: Level) -> Result<(), Refusal> {
    let allowed = match level {
        Level::Group => scope.is_system(),
        Level::Distributor => scope.reaches(tree, Level::Group),
        Level::Reseller => scope.reaches(tree, Level::Distributor),
        // Whoever administers nothing gets none of them.
        Level::Tenant | Level::Subscription => true,
    };
    let role = format!("{}.list", level.plural());
    if allowed { Ok(()) } else { Err(Refusal::forbidden(&role)) }
}

/// The parent asked for; none if there is no such entity.
fn parent(tree: &Tree, scope: &Scope, level: Level, uuid: &str) -> Result<Option<Index>, Refusal> {
    well_formed(uuid)?;
    let mut above = Level::ALL.into_iter().filter(|above| *above < level);
    let found = above.find_map(|above| tree.find(above, uuid));
    match found {
        Some(index) if !scope.holds(tree, index) => {
            Err(Refusal::forbidden(&format!("{}.list", level.plural())))
        }
        found => Ok(found),
    }
}

fn reply(fields: Map<String, Value>) -> Response {
    // The core is written in Go, whose encoder escapes these three as well.
    let text = Value::from(fields).to_string();
    let text = text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    json(text.into())
}
