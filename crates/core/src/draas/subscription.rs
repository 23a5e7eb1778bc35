//! The licenses of one subscription: read and changed.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html>

use serde_json::Value;

use super::{Api, Complaint, LimitChange, complaints, fault};
use crate::Operation;
use crate::error::{UpstreamError, excerpt};
use crate::estate::{Reading, Uuid};
use crate::http::{Reply, Request, Secret};
use crate::json::{self, Fields};
use crate::words::later;

/// What a subscription's licenses are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubscriptionMeters {
    /// Each meter with its upstream key, unknown ones included.
    pub meters: Vec<(String, Reading)>,
    pub complaints: Vec<Complaint>,
}

impl SubscriptionMeters {
    /// The figures of one key; unknown ones where the reply does not have it.
    pub fn reading(&self, key: &str) -> Reading {
        self.meters.iter().find(|(known, _)| known == key).map_or_else(Reading::default, |m| m.1)
    }
}

/// `GET …/tenants/{uuid}/subscriptions/{id}/licenses`: limits and use of one subscription.
///
/// - Role: `tenants.instance.subscriptions.licenses.list`. Where: every version.
/// - Errors: [`Problem::Forbidden`](crate::Problem::Forbidden) names that role; [`Problem::NothingFound`](crate::Problem::NothingFound) (404) means that
///   the subscription has no license.
/// - Vendor page: [Get the licenses of a subscription][page].
///
/// ```
/// use seatree_core::draas::{Api, SubscriptionLicenses};
/// use seatree_core::{Operation, estate::{Figure, Uuid}, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let tenant = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let operation = SubscriptionLicenses::new(&api, tenant, 2, &Secret::from("token"));
/// assert!(operation.request().url.ends_with("/subscriptions/2/licenses"));
///
/// let reply = Reply::new(200, r#"{"sipTrunkChannels": {"assigned": 69}}"#);
/// let channels = operation.decode(&reply)?.reading("sipTrunkChannels");
/// assert_eq!(channels.assigned, Figure::known(69));
/// assert_eq!(channels.in_use, Figure::UNKNOWN, "enforced at call time, not counted");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html
#[derive(Clone, Debug)]
pub struct SubscriptionLicenses {
    url: String,
    token: Secret,
}

impl SubscriptionLicenses {
    pub fn new(api: &Api, tenant: Uuid, subscription: u64, token: &Secret) -> Self {
        Self { url: url(api, tenant, subscription), token: token.clone() }
    }
}

impl Operation for SubscriptionLicenses {
    type Output = SubscriptionMeters;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<SubscriptionMeters, UpstreamError> {
        const DOING: &str = later("reading the licenses of the subscription");
        if !reply.is_success() {
            let role = Some("tenants.instance.subscriptions.licenses.list");
            return Err(fault(DOING, role, reply));
        }
        meters(DOING, reply)
    }
}

/// `PUT …/tenants/{uuid}/subscriptions/{id}/licenses`: new limits, of one meter or several.
///
/// - Sent are the changed limits only; the others stay. The reply is all of the subscription's
///   licenses as they are now.
/// - Role: `tenants.instance.subscriptions.licenses.update`. Where: every version.
/// - Errors: [`Problem::Rejected`](crate::Problem::Rejected) (400) with the platform's words when it does not take a limit.
///   What it does with one below the licenses in use is not documented. After an error of the way
///   there (no answer, time out) the change may have been made: read the licenses again. Never
///   repeated by itself.
/// - Vendor page: [Update the licenses of a subscription][page].
///
/// ```
/// use seatree_core::draas::{Api, Limit, LimitChange, UpdateSubscriptionLicenses};
/// use seatree_core::{Operation, estate::{Figure, Uuid}, http::{Method, Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let tenant = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let change = LimitChange::teams_users(Limit::new(10)?);
/// let update = UpdateSubscriptionLicenses::new(&api, tenant, 2, change, &Secret::from("token"));
/// let request = update.request();
/// assert_eq!(request.method, Method::Put);
/// assert_eq!(request.body.as_deref(), Some(r#"{"msTeamsUsers":{"assigned":10}}"#));
///
/// let reply = r#"{"msTeamsUsers":{"assigned":10,"inUse":5},"sipTrunkChannels":{"assigned":69}}"#;
/// let now = update.decode(&Reply::new(200, reply))?;
/// assert_eq!(now.reading("msTeamsUsers").available(), Figure::known(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html
#[derive(Clone, Debug)]
pub struct UpdateSubscriptionLicenses {
    url: String,
    change: LimitChange,
    token: Secret,
}

impl UpdateSubscriptionLicenses {
    pub fn new(
        api: &Api,
        tenant: Uuid,
        subscription: u64,
        change: LimitChange,
        token: &Secret,
    ) -> Self {
        Self { url: url(api, tenant, subscription), change, token: token.clone() }
    }
}

impl Operation for UpdateSubscriptionLicenses {
    type Output = SubscriptionMeters;

    fn request(&self) -> Request {
        Request::put(&self.url, self.change.body().to_string())
            .with_header("content-type", "application/json")
            .with_header("accept", "application/json")
            .with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<SubscriptionMeters, UpstreamError> {
        if !reply.is_success() {
            let role = Some("tenants.instance.subscriptions.licenses.update");
            return Err(fault("changing the licenses of the subscription", role, reply));
        }
        // The change is made; only its echo can be odd.
        meters("reading back the licenses that were changed", reply)
    }
}

fn url(api: &Api, tenant: Uuid, subscription: u64) -> String {
    api.resource(&format!("tenants/{tenant}/subscriptions/{subscription}/licenses"))
}

fn meters(doing: &'static str, reply: &Reply) -> Result<SubscriptionMeters, UpstreamError> {
    let body = json::parse(doing, reply)?;
    let objects = body.as_object().into_iter().flatten().filter(|(_, value)| value.is_object());
    let mut unread = Vec::new();
    let meters: Vec<(String, Reading)> = objects
        .filter(|(key, _)| *key != "error")
        .map(|(key, meter)| (key.clone(), reading(key, meter, &mut unread)))
        .collect();
    if meters.is_empty() {
        let told = fault::said(doing, reply, &body);
        let misshapen =
            || UpstreamError::malformed(doing, "", later("an object of licenses"), reply);
        return Err(told.unwrap_or_else(misshapen));
    }
    for (key, value) in body.as_object().into_iter().flatten() {
        if !value.is_object() && matches!(key.as_str(), "msTeamsUsers" | "sipTrunkChannels") {
            json::note(&mut unread, key.clone(), later("a license"));
        }
    }
    Ok(SubscriptionMeters { meters, complaints: complaints(unread) })
}

fn reading(key: &str, meter: &Value, unread: &mut Vec<json::Unread>) -> Reading {
    let mut fields = Fields::new(meter, format!("{}.", excerpt(key)), unread);
    Reading {
        assigned: fields.figure(&["assigned"]),
        in_use: fields.figure(&["inUse"]),
        users: fields.figure(&["inUseMsUsers"]),
        resource_accounts: fields.figure(&["inUseMsResourceAccount"]),
    }
}
