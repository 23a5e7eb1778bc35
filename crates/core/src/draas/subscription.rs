//! The licenses of one subscription.
//!
//! Vendor page: <https://fusion.docs.netaxis.solutions/provisioning/api/06_licenses.html>

use serde_json::Value;

use super::{Api, fault};
use crate::error::UpstreamError;
use crate::estate::{Figure, Reading, Uuid};
use crate::http::{Reply, Request, Secret};
use crate::{Operation, json};

/// `GET …/tenants/{uuid}/subscriptions/{id}/licenses`, with the role
/// `tenants.instance.subscriptions.licenses.list`.
#[derive(Clone, Debug)]
pub struct SubscriptionLicenses {
    url: String,
    token: Secret,
}

impl SubscriptionLicenses {
    pub fn new(api: &Api, tenant: Uuid, subscription: u64, token: &Secret) -> Self {
        let path = format!("tenants/{tenant}/subscriptions/{subscription}/licenses");
        Self { url: api.resource(&path), token: token.clone() }
    }
}

impl Operation for SubscriptionLicenses {
    /// Each meter under its upstream key, in the order of the reply.
    type Output = Vec<(String, Reading)>;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<Self::Output, UpstreamError> {
        const DOING: &str = "reading the licenses of the subscription";
        if !reply.is_success() {
            let role = Some("tenants.instance.subscriptions.licenses.list");
            return Err(fault(DOING, role, reply));
        }
        let body = json::parse(DOING, reply)?;
        let Some(meters) = body.as_object().filter(|meters| meters.values().any(Value::is_object))
        else {
            return Err(UpstreamError::malformed(DOING, "", "an object of licenses", reply));
        };
        meters
            .iter()
            .filter(|(_, meter)| meter.is_object())
            .map(|(key, meter)| {
                let read = |name: &str| -> Result<Figure, UpstreamError> {
                    json::figure(meter.get(name)).ok_or_else(|| {
                        UpstreamError::malformed(DOING, format!("{key}.{name}"), "a count", reply)
                    })
                };
                let reading = Reading {
                    assigned: read("assigned")?,
                    in_use: read("inUse")?,
                    users: read("inUseMsUsers")?,
                    resource_accounts: read("inUseMsResourceAccount")?,
                };
                Ok((key.clone(), reading))
            })
            .collect()
    }
}
