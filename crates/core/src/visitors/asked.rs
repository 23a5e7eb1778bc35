//! What a visitor's request asks of a `DRaaS` platform.

use super::Permission;
use crate::draas::{Entity, Level};
use crate::estate::Uuid;

/// Where the licensed entities are below a platform's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub prefix: String,
    pub instance: String,
}

/// A request that visitors may make, with whom it is about. There is no other: the same
/// credentials could do much else on the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The licenses of an entity and all below it.
    Licenses(Entity),
    /// The entities of this level below an entity of a higher one.
    Below {
        level: Level,
        parent: Uuid,
    },
    Subscriptions(Uuid),
    Subscription {
        tenant: Uuid,
        id: u64,
    },
    /// New limits for one.
    Limits {
        tenant: Uuid,
        id: u64,
    },
}

impl Asked {
    /// Reads method, path and query exactly as they are going to be sent. Ids are taken in the one
    /// spelling that the platform prints: any other might mean something else to it.
    pub fn read(site: &Site, method: &str, target: &str) -> Option<Self> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let rest = path.strip_prefix("/api/v01/")?;
        let rest = rest.strip_prefix(site.prefix.as_str())?.strip_prefix('/')?;
        let rest = rest.strip_prefix(site.instance.as_str())?.strip_prefix('/')?;
        let segments: Vec<&str> = rest.split('/').collect();
        let parameters = parameters(query)?;
        let only = |known: &[&str]| parameters.iter().all(|(name, _)| known.contains(name));
        match (method, segments.as_slice()) {
            ("GET", [level, uuid, "licenses"]) => {
                let entity = Entity { level: plural(level)?, uuid: canonical(uuid)? };
                only(&["detailed"]).then_some(Self::Licenses(entity))
            }
            ("GET", [level]) => {
                // Nothing is above a group: a server would have no use for the parent, and list all.
                let level = plural(level).filter(|level| *level != Level::Group)?;
                let (_, parent) = parameters.iter().find(|(name, _)| *name == "parent")?;
                let parent = canonical(parent)?;
                only(&["parent", "search", "sort", "dir", "page_size"])
                    .then_some(Self::Below { level, parent })
            }
            ("GET", ["tenants", tenant, "subscriptions"]) => {
                let tenant = canonical(tenant)?;
                only(&["search", "sort", "dir", "page_size"]).then_some(Self::Subscriptions(tenant))
            }
            (
                "GET",
                ["tenants", tenant, "subscriptions", id]
                | ["tenants", tenant, "subscriptions", id, "licenses"],
            ) => {
                let (tenant, id) = (canonical(tenant)?, number(id)?);
                parameters.is_empty().then_some(Self::Subscription { tenant, id })
            }
            ("PUT", ["tenants", tenant, "subscriptions", id, "licenses"]) => {
                let (tenant, id) = (canonical(tenant)?, number(id)?);
                query.is_none().then_some(Self::Limits { tenant, id })
            }
            _ => None,
        }
    }

    pub fn permission(self) -> Permission {
        match self {
            Self::Limits { .. } => Permission::WriteLimits,
            _ => Permission::Read,
        }
    }
}

/// The parameters of a query, each at most once: of two, servers take the first or the last.
/// `next`, the cursor of a longer list, is opaque and might lead into another list: it is none that
/// visitors may send.
fn parameters(query: Option<&str>) -> Option<Vec<(&str, &str)>> {
    let mut parameters: Vec<(&str, &str)> = Vec::new();
    for pair in query.into_iter().flat_map(|query| query.split('&')) {
        let (name, value) = pair.split_once('=')?;
        let is_plain =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let again = parameters.iter().any(|(other, _)| *other == name);
        // Some servers part parameters by semicolons, too.
        if !is_plain || again || value.contains(';') {
            return None;
        }
        parameters.push((name, value));
    }
    Some(parameters)
}

fn plural(segment: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| segment.strip_suffix('s') == Some(level.word()))
}

fn canonical(text: &str) -> Option<Uuid> {
    Uuid::parse(text).filter(|uuid| uuid.to_string() == text)
}

fn number(text: &str) -> Option<u64> {
    text.parse::<u64>().ok().filter(|number| number.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "cae902b4-2307-41ef-b554-43a12c63cc97";

    fn asked(method: &str, target: &str) -> Option<Asked> {
        let site = Site { prefix: "draas".to_owned(), instance: "draas_v1".to_owned() };
        Asked::read(&site, method, &format!("/api/v01/draas/draas_v1/{target}"))
    }

    #[test]
    fn what_the_app_asks_is_known() {
        let uuid = Uuid::parse(A).unwrap();
        let entity = Entity { level: Level::Reseller, uuid };
        assert_eq!(
            asked("GET", &format!("resellers/{A}/licenses?detailed=true")),
            Some(Asked::Licenses(entity))
        );
        assert_eq!(
            asked("GET", &format!("tenants?parent={A}&page_size=100")),
            Some(Asked::Below { level: Level::Tenant, parent: uuid })
        );
        assert_eq!(
            asked("GET", &format!("tenants/{A}/subscriptions")),
            Some(Asked::Subscriptions(uuid))
        );
        let limits = format!("tenants/{A}/subscriptions/12/licenses");
        assert_eq!(asked("GET", &limits), Some(Asked::Subscription { tenant: uuid, id: 12 }));
        assert_eq!(asked("PUT", &limits), Some(Asked::Limits { tenant: uuid, id: 12 }));
    }

    #[test]
    fn nothing_else_is() {
        let upper = A.to_uppercase();
        for (method, target) in [
            ("GET", format!("resellers/{upper}/licenses")),
            ("GET", format!("resellers/{{{A}}}/licenses")),
            ("GET", format!("resellers/%63{}/licenses", &A[1..])),
            ("GET", format!("resellers/{A}/licenses/")),
            ("GET", format!("resellers/{A}")),
            ("GET", format!("resellers/{A}/licenses?parent={A}")),
            ("GET", format!("resellers/{A}/licenses?detailed=true&detailed=false")),
            ("GET", format!("resellers/{A}/licenses?detailed=true;x=y")),
            ("GET", format!("resellers/{A}/licenses?")),
            ("GET", format!("Resellers/{A}/licenses")),
            ("GET", format!("subscriptions/{A}/licenses")),
            ("GET", "tenants".to_owned()),
            ("GET", format!("tenants?parent={A}&parent={upper}")),
            ("GET", format!("tenants?parent={A}&next=abc")),
            ("GET", format!("tenants?parent={A}&p%61rent={A}")),
            ("GET", format!("tenants?PARENT={A}")),
            ("GET", "groups".to_owned()),
            ("GET", format!("groups?parent={A}")),
            ("GET", format!("subscriptions?parent={A}")),
            ("GET", format!("tenants/{A}/subscriptions/012")),
            ("GET", format!("tenants/{A}/subscriptions/+1")),
            ("GET", format!("tenants/{A}/subscriptions/1?x=y")),
            ("PUT", format!("tenants/{A}/subscriptions/1")),
            ("PUT", format!("tenants/{A}/subscriptions/1/licenses?x=y")),
            ("DELETE", format!("tenants/{A}")),
            ("POST", format!("resellers/{A}/licenses")),
            ("HEAD", format!("resellers/{A}/licenses")),
        ] {
            assert_eq!(asked(method, &target), None, "{method} {target}");
        }
        let site = Site { prefix: "draas".to_owned(), instance: "draas_v1".to_owned() };
        for target in [
            "/api/v01/system/users/local".to_owned(),
            "/api/v01/auth/login".to_owned(),
            format!("/api/v01/draas/draas_v2/resellers/{A}/licenses"),
            format!("/api/v01/custom/draas_v1/resellers/{A}/licenses"),
            format!("/x/api/v01/draas/draas_v1/resellers/{A}/licenses"),
        ] {
            assert_eq!(Asked::read(&site, "GET", &target), None, "{target}");
        }
    }
}
