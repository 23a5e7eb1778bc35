//! What the account manages, where the connection does not say what to read.

use seatree_core::draas::{Api, Entities, Entity, Level, LocalUser, Pager, Query, Scope};
use seatree_core::say;
use seatree_core::words::{later, tr};
use seatree_core::{Problem, UpstreamError};

use super::super::{Load, Loaded};
use super::session::run;
use crate::connections::session::DraasSession;

/// Everything that the account administers and whose licenses can be asked for; for a system's
/// administrator that is every group.
///
/// # Errors
/// When the account cannot be asked, or administers nothing that has licenses to read.
pub(super) async fn entities(
    load: &Load,
    api: &Api,
    session: &DraasSession,
    loaded: &mut Loaded,
) -> Result<Vec<Entity>, UpstreamError> {
    const DOING: &str = later("finding out what this account manages");
    let user = run(load, session, DOING, |token| LocalUser::new(api, token)).await?;
    let mut entities = user.entities();
    for of in &user.admin_of {
        if of.level == Scope::System {
            for group in groups(load, api, session, loaded).await? {
                if !entities.contains(&group) {
                    entities.push(group);
                }
            }
        } else if of.entity().is_none() {
            let level = of.level.word();
            let reference = of.reference.as_deref().unwrap_or(tr("without an id"));
            loaded.fail(say!(
                "What the account manages: {level} {reference} cannot be read.",
                level,
                reference
            ));
        }
    }
    loaded.extend(user.complaints.iter().map(ToString::to_string));
    if entities.is_empty() {
        let levels: Vec<&str> = user.admin_of.iter().map(|of| of.level.word()).collect();
        let technical = match levels.as_slice() {
            [] => "admin_of is empty: this account administers nothing".to_owned(),
            levels => format!(
                "admin_of names only: {}. Read are groups, distributors, resellers and tenants",
                levels.join(", ")
            ),
        };
        return Err(UpstreamError::new(DOING, Problem::Forbidden { role: None }).because(technical));
    }
    Ok(entities)
}

async fn groups(
    load: &Load,
    api: &Api,
    session: &DraasSession,
    loaded: &mut Loaded,
) -> Result<Vec<Entity>, UpstreamError> {
    const DOING: &str = later("listing the groups");
    let mut pager = Pager::new(Query::all());
    let mut groups = Vec::new();
    while let Some(query) = pager.next() {
        let list = |token: &_| Entities::new(api, Level::Group, &query, token);
        let page = run(load, session, DOING, list).await?;
        loaded.extend(page.complaints.iter().map(ToString::to_string));
        for group in pager.take(DOING, page) {
            match group.uuid {
                Some(uuid) => groups.push(Entity { level: Level::Group, uuid }),
                None => {
                    loaded.fail(say!("The group {name} came without an id.", name = group.name));
                }
            }
        }
    }
    match pager.trouble() {
        Some(error) => Err(error.clone()),
        None => Ok(groups),
    }
}
