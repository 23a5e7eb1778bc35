//! One node through an edge.

use serde_json::Value;

use super::{Api, fault};
use crate::Operation;
use crate::api::NodeName;
use crate::draas::{SubscriptionMeters, complaints};
use crate::error::{UpstreamError, excerpt};
use crate::estate::Reading;
use crate::http::{Reply, Request, Secret};
use crate::json::{self, Fields};
use crate::words::later;

const DOING: &str = later("reading the licenses of the node");

/// `GET /api/v1/node/{id}`: a node's own figures, from the tree that the edge keeps.
///
/// - Permission: `read`.
/// - Errors: [`Problem::NotOpened`](crate::Problem::NotOpened) outside of the token's scope.
/// - Contract: `docs/api.md`.
///
/// ```
/// use seatree_core::draas::{Entity, Level};
/// use seatree_core::edge::{Api, ReadNode};
/// use seatree_core::{Operation, api::NodeName, estate::{Figure, Uuid}, http::{Reply, Secret}};
///
/// let api = Api::new("https://edge.example.net", "", None)?;
/// let uuid = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let tenant = NodeName::Entity(Entity { level: Level::Tenant, uuid });
/// let operation = ReadNode::new(&api, tenant, &Secret::from("token"));
/// assert!(operation.request().url.ends_with(&format!("/api/v1/node/tenant:{uuid}")));
///
/// let reply = r#"{"id":"…","name":"Harbor","licenses":{"msTeamsUsers":{"assigned":12}}}"#;
/// let read = operation.decode(&Reply::new(200, reply))?;
/// assert_eq!(read.reading("msTeamsUsers").assigned, Figure::known(12));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReadNode {
    url: String,
    token: Secret,
}

impl ReadNode {
    pub fn new(api: &Api, name: NodeName, token: &Secret) -> Self {
        Self { url: api.of(&format!("node/{name}")), token: token.clone() }
    }
}

impl Operation for ReadNode {
    type Output = SubscriptionMeters;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<SubscriptionMeters, UpstreamError> {
        if !reply.is_success() {
            return Err(fault(DOING, reply));
        }
        licenses(DOING, reply)
    }
}

/// The licenses of a reply about one node.
pub(super) fn licenses(
    doing: &'static str,
    reply: &Reply,
) -> Result<SubscriptionMeters, UpstreamError> {
    let body = json::parse(doing, reply)?;
    let Some(sent) = body.get("licenses").and_then(Value::as_object) else {
        let expected = later("an object of licenses");
        return Err(UpstreamError::malformed(doing, "licenses", expected, reply));
    };
    let mut unread = Vec::new();
    let mut meters = Vec::new();
    for (key, value) in sent {
        let place = format!("licenses.{}", excerpt(key));
        if value.is_object() {
            meters.push((key.clone(), reading(value, &place, &mut unread)));
        } else {
            json::note(&mut unread, place, later("a license"));
        }
    }
    Ok(SubscriptionMeters { meters, complaints: complaints(unread) })
}

fn reading(license: &Value, place: &str, unread: &mut Vec<json::Unread>) -> Reading {
    let mut fields = Fields::new(license, format!("{place}."), unread);
    Reading {
        assigned: fields.figure(&["assigned"]),
        in_use: fields.figure(&["in_use"]),
        users: fields.figure(&["users"]),
        resource_accounts: fields.figure(&["resource_accounts"]),
    }
}
