//! Who is signed in, and what they administer.
//!
//! Vendor page: <https://github.com/netaxis-solutions/apio-core-docs/blob/master/openapi/openapi.yaml>

use serde_json::Value;

use super::{Api, Complaint, Entity, Level, complaints, fault};
use crate::Operation;
use crate::error::{SecondFactor, UpstreamError, excerpt};
use crate::estate::Uuid;
use crate::http::{Reply, Request, Secret};
use crate::json::{self, Fields, Unread};
use crate::words::later;

/// The account that is signed in. Nothing is kept of its machine token, its address or its rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    pub username: String,
    /// In the order sent; empty for an account that administers nothing.
    pub admin_of: Vec<AdminOf>,
    /// Names of roles. What they allow is the platform's business: a 403 tells.
    pub roles: Vec<String>,
    /// As sent, such as `en`.
    pub language: Option<String>,
    /// How the account proves itself a second time; none for not at all.
    pub second_factor: Option<SecondFactor>,
    pub complaints: Vec<Complaint>,
}

/// One thing that an account administers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminOf {
    pub level: Scope,
    /// The id on that level; none for the system, or where none was sent.
    pub reference: Option<String>,
}

/// A level of administration. The platform gains levels over the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole platform.
    System,
    Entity(Level),
    Subscription,
    /// Not known here, in the platform's word.
    Other(String),
}

impl Scope {
    pub fn parse(word: &str) -> Self {
        let lower = word.trim().to_ascii_lowercase();
        match (lower.as_str(), Level::parse(&lower)) {
            (_, Some(level)) => Self::Entity(level),
            ("system", _) => Self::System,
            ("subscription", _) => Self::Subscription,
            _ => Self::Other(excerpt(word)),
        }
    }

    /// The platform's word for it.
    pub fn word(&self) -> &str {
        match self {
            Self::System => "system",
            Self::Entity(level) => level.word(),
            Self::Subscription => "subscription",
            Self::Other(word) => word,
        }
    }
}

impl AdminOf {
    /// What licenses can be asked for: a group, distributor, reseller or tenant with its id.
    pub fn entity(&self) -> Option<Entity> {
        let Scope::Entity(level) = self.level else { return None };
        Some(Entity { level, uuid: Uuid::parse(self.reference.as_deref()?)? })
    }

    /// The lists to choose an entity from: each level below this one, and for groups and what is
    /// below them, the `parent` to list them with.
    ///
    /// A tenant's administrator has nothing to choose from but its subscriptions.
    pub fn lists(&self) -> Vec<(Level, Option<Uuid>)> {
        if self.level == Scope::System {
            return vec![(Level::Group, None)];
        }
        let Some(entity) = self.entity() else { return Vec::new() };
        Level::ALL
            .into_iter()
            .skip_while(|&level| level != entity.level)
            .skip(1)
            .map(|level| (level, Some(entity.uuid)))
            .collect()
    }
}

impl User {
    /// Every entity that the account administers and whose licenses can be asked for.
    pub fn entities(&self) -> Vec<Entity> {
        let mut entities = Vec::new();
        for entity in self.admin_of.iter().filter_map(AdminOf::entity) {
            if !entities.contains(&entity) {
                entities.push(entity);
            }
        }
        entities
    }
}

/// `GET /api/v01/system/users/local`: the account that the token belongs to.
///
/// - Role: none beyond being signed in. Where: every version; `admin_of` knows groups since there
///   are any (2026). An account that administers nothing can sign in and see nothing.
/// - The reply can hold the account's machine token, which never expires: it is passed over
///   while reading, and errors quote nothing of the reply.
/// - Errors: [`Problem::SignedOut`](crate::Problem::SignedOut) for a token that ended.
/// - Vendor page: [the API of the platform's core][page].
///
/// ```
/// use seatree_core::draas::{Api, Level, LocalUser};
/// use seatree_core::{Operation, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let who = LocalUser::new(&api, &Secret::from("a"));
/// assert_eq!(who.request().url, "https://prov.example.net/api/v01/system/users/local");
///
/// let reply = r#"{"username": "ada", "token": "never-expires", "admin_of":
///     [{"level": "reseller", "reference": "cae902b4-2307-41ef-b554-43a12c63cc97"}]}"#;
/// let user = who.decode(&Reply::new(200, reply))?;
/// assert_eq!(user.entities()[0].level, Level::Reseller);
/// assert!(!format!("{user:?}").contains("never-expires"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://github.com/netaxis-solutions/apio-core-docs/blob/master/openapi/openapi.yaml
#[derive(Clone, Debug)]
pub struct LocalUser {
    url: String,
    token: Secret,
}

impl LocalUser {
    pub fn new(api: &Api, token: &Secret) -> Self {
        Self { url: api.open("system/users/local"), token: token.clone() }
    }
}

impl Operation for LocalUser {
    type Output = User;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<User, UpstreamError> {
        const DOING: &str = later("asking what this account administers");
        if !reply.is_success() {
            return Err(fault(DOING, None, reply));
        }
        let body = json::parse_without(DOING, reply, super::is_secret)?;
        if json::field(&body, &["username", "admin_of"]).is_none() {
            let misshapen = || json::misshapen(DOING, "", later("a user"), reply);
            return Err(fault::said(DOING, reply, &body).unwrap_or_else(misshapen));
        }
        let mut unread = Vec::new();
        let admin_of = admin_of(body.get("admin_of"), &mut unread);
        let roles = roles(body.get("roles"), &mut unread);
        let mut fields = Fields::new(&body, String::new(), &mut unread);
        let user = User {
            username: fields.text(&["username"]).unwrap_or_default(),
            admin_of,
            roles,
            language: fields.word(&["language"]),
            second_factor: match fields.word(&["two_fa_option"]).as_deref() {
                None | Some("none") => None,
                Some("email") => Some(SecondFactor::Email),
                Some("totp") => Some(SecondFactor::Totp),
                Some(_) => Some(SecondFactor::Unknown),
            },
            complaints: Vec::new(),
        };
        Ok(User { complaints: complaints(unread), ..user })
    }
}

fn admin_of(list: Option<&Value>, unread: &mut Vec<Unread>) -> Vec<AdminOf> {
    items("admin_of", list, unread, |mut fields| {
        let level = fields.word(&["level"]);
        let reference = fields.word(&["reference"]);
        if level.is_none() {
            fields.complain("level", later("a level"));
        }
        Some(AdminOf { level: Scope::parse(&level?), reference })
    })
}

fn roles(list: Option<&Value>, unread: &mut Vec<Unread>) -> Vec<String> {
    let names = list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let mut roles: Vec<String> = names.map(str::to_owned).collect();
    if roles.is_empty() {
        roles = items("roles", list, unread, |mut fields| fields.word(&["name"]));
    }
    roles
}

/// The objects of a list within the reply; what is none is noted.
fn items<T>(
    name: &str,
    list: Option<&Value>,
    unread: &mut Vec<Unread>,
    read: impl Fn(Fields<'_>) -> Option<T>,
) -> Vec<T> {
    let list = match list {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Array(list)) => list,
        Some(_) => {
            json::note(unread, name.to_owned(), later("a list"));
            return Vec::new();
        }
    };
    let mut read_items = Vec::new();
    for (at, item) in list.iter().enumerate() {
        let place = format!("{name}[{at}]");
        if item.is_object() {
            read_items.extend(read(Fields::new(item, format!("{place}."), unread)));
        } else {
            json::note(unread, place, later("an object"));
        }
    }
    read_items
}
