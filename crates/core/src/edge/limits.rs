//! The licenses of one subscription through an edge: read and changed.

use serde_json::{Map, Value, json};

use super::node::licenses;
use super::{Api, fault};
use crate::Operation;
use crate::api::NodeName;
use crate::draas::{LimitChange, SubscriptionMeters};
use crate::error::UpstreamError;
use crate::estate::Uuid;
use crate::http::{Reply, Request, Secret};
use crate::words::later;

/// `GET /api/v1/limits/{subscription}`: limits and use as the platform tells them now, not as the
/// edge read them last.
///
/// - Permission: `read`.
/// - Errors: [`Problem::NotOpened`](crate::Problem::NotOpened) outside of the token's scope.
/// - Contract: `docs/api.md`.
///
/// ```
/// use seatree_core::edge::{Api, ReadLimits};
/// use seatree_core::{Operation, estate::{Figure, Uuid}, http::{Reply, Secret}};
///
/// let api = Api::new("https://edge.example.net", "", None)?;
/// let tenant = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let operation = ReadLimits::new(&api, tenant, 2, &Secret::from("token"));
/// assert!(operation.request().url.ends_with(&format!("/api/v1/limits/subscription:{tenant}:2")));
///
/// let reply = r#"{"node":"…","licenses":{"sipTrunkChannels":{"assigned":69,"in_use":null}}}"#;
/// let channels = operation.decode(&Reply::new(200, reply))?.reading("sipTrunkChannels");
/// assert_eq!((channels.assigned, channels.in_use), (Figure::known(69), Figure::UNKNOWN));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ReadLimits {
    url: String,
    token: Secret,
}

impl ReadLimits {
    pub fn new(api: &Api, tenant: Uuid, subscription: u64, token: &Secret) -> Self {
        let name = NodeName::Subscription { tenant, id: subscription };
        Self { url: api.of(&format!("limits/{name}")), token: token.clone() }
    }
}

impl Operation for ReadLimits {
    type Output = SubscriptionMeters;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<SubscriptionMeters, UpstreamError> {
        const DOING: &str = later("reading the licenses of the subscription");
        if !reply.is_success() {
            return Err(fault(DOING, reply));
        }
        licenses(DOING, reply)
    }
}

/// Whether a limit below what is in use is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BelowUse {
    Meant,
    /// The edge then refuses one with [`Problem::Rejected`](crate::Problem::Rejected), 409.
    NotMeant,
}

/// `PUT /api/v1/limits`: new limits, of one license or several.
///
/// - Sent are the changed limits only; the others stay. The reply is all of the subscription's
///   licenses as they are now.
/// - Permission: `limits:write`.
/// - Errors: [`Problem::NotOpened`](crate::Problem::NotOpened) without that permission or outside of
///   the scope; [`Problem::Rejected`](crate::Problem::Rejected) in the edge's or the platform's
///   words. After status 502, or no answer, the change may have been made: read the licenses
///   again. Never repeated by itself.
/// - Contract: `docs/api.md`.
///
/// ```
/// use seatree_core::draas::{Limit, LimitChange};
/// use seatree_core::edge::{Api, BelowUse, ChangeLimits};
/// use seatree_core::{Operation, estate::Uuid, http::Secret};
///
/// let api = Api::new("https://edge.example.net", "", None)?;
/// let tenant = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let change = LimitChange::teams_users(Limit::new(10)?);
/// let token = Secret::from("token");
/// let request = ChangeLimits::new(&api, tenant, 2, change, BelowUse::NotMeant, &token).request();
/// assert_eq!(
///     request.body.as_deref(),
///     Some(r#"{"limits":{"msTeamsUsers":10},"node":"subscription:53fd92c7-fbef-44fd-af76-d92334432ac9:2"}"#)
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct ChangeLimits {
    url: String,
    name: NodeName,
    change: LimitChange,
    below_use: BelowUse,
    token: Secret,
}

impl ChangeLimits {
    pub fn new(
        api: &Api,
        tenant: Uuid,
        subscription: u64,
        change: LimitChange,
        below_use: BelowUse,
        token: &Secret,
    ) -> Self {
        let name = NodeName::Subscription { tenant, id: subscription };
        Self { url: api.of("limits"), name, change, below_use, token: token.clone() }
    }
}

impl Operation for ChangeLimits {
    type Output = SubscriptionMeters;

    fn request(&self) -> Request {
        let limits: Map<String, Value> =
            self.change.limits().map(|(key, limit)| (key.to_owned(), json!(limit.get()))).collect();
        let mut body = json!({ "node": self.name.to_string(), "limits": limits });
        if self.below_use == BelowUse::Meant {
            body["below_use"] = json!(true);
        }
        Request::put(&self.url, body.to_string())
            .with_header("content-type", "application/json")
            .with_header("accept", "application/json")
            .with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<SubscriptionMeters, UpstreamError> {
        if !reply.is_success() {
            return Err(fault(later("changing the licenses of the subscription"), reply));
        }
        // The change is made; only its echo can be odd.
        licenses(later("reading back the licenses that were changed"), reply)
    }
}
