//! The subscriptions of a tenant, listed and one by one.
//!
//! No page of the vendor's manual about them was at hand: addresses, fields and the role are
//! those of the vendor's own portal, <https://github.com/netaxis-solutions/DRaaS>.

use serde_json::Value;

use super::page::{Listed, Page, page};
use super::{Api, Complaint, Query, complaints, fault};
use crate::Operation;
use crate::error::UpstreamError;
use crate::estate::{Figure, Uuid};
use crate::http::{Reply, Request, Secret};
use crate::json::{self, Fields};
use crate::words::later;

/// One subscription of a tenant. Which of these a list gives and which the single request only,
/// the vendor does not say: what was not sent is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedSubscription {
    /// Unique within its tenant at least; it has no UUID.
    pub id: Option<u64>,
    pub name: String,
    /// What the partner bills it under.
    pub billing_id: Option<String>,
    /// `numberOfUsers`.
    pub users: Figure,
    /// `numberOfTrunkgroups`.
    pub trunk_groups: Figure,
    /// The count by upstream key, as the vendor's portal shows it. Limits and use are what
    /// [`SubscriptionLicenses`](super::SubscriptionLicenses) says.
    pub licenses: Vec<(String, Figure)>,
    /// As sent.
    pub status: Option<String>,
}

impl Listed for ListedSubscription {
    type Id = u64;

    fn id(&self) -> Option<u64> {
        self.id
    }
}

/// `GET …/tenants/{uuid}/subscriptions`: one page of a tenant's subscriptions.
///
/// - Role: `tenants.instance.subscriptions.list`. Where: every version.
/// - Errors: [`Problem::Forbidden`](crate::Problem::Forbidden) names the role. 404 is an empty
///   list.
/// - All pages: [`Pager`](super::Pager).
/// - Vendor's source: [portal]; parameters as on the page of [tenants].
///
/// ```
/// use seatree_core::draas::{Api, Query, Subscriptions};
/// use seatree_core::{Operation, estate::Uuid, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let tenant = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let list = Subscriptions::new(&api, tenant, &Query::default(), &Secret::from("token"));
/// assert!(list.request().url.ends_with("/tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/subscriptions"));
///
/// let reply = r#"{"results": 12, "next": "b3", "subscriptions": [{"id": 2, "name": "Direct"}]}"#;
/// let page = list.decode(&Reply::new(200, reply))?;
/// assert_eq!(page.items[0].id, Some(2));
/// assert_eq!(page.next.as_deref(), Some("b3"), "there is more");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [portal]: https://github.com/netaxis-solutions/DRaaS
/// [tenants]: https://fusion.docs.netaxis.solutions/provisioning/api/03_tenants.html
#[derive(Clone, Debug)]
pub struct Subscriptions {
    url: String,
    token: Secret,
}

impl Subscriptions {
    pub fn new(api: &Api, tenant: Uuid, query: &Query, token: &Secret) -> Self {
        let path = format!("tenants/{tenant}/subscriptions{}", query.suffix());
        Self { url: api.resource(&path), token: token.clone() }
    }
}

impl Operation for Subscriptions {
    type Output = Page<ListedSubscription>;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<Self::Output, UpstreamError> {
        const DOING: &str = later("listing the subscriptions of the tenant");
        const ROLE: &str = "tenants.instance.subscriptions.list";
        page(DOING, ROLE, "subscriptions", reply, subscription)
    }
}

/// `GET …/tenants/{uuid}/subscriptions/{id}`: one subscription.
///
/// - Role: none is named where we could read. Where: every version.
/// - Errors: [`Problem::NothingFound`](crate::Problem::NothingFound) where there is none.
/// - Vendor's source: [portal].
///
/// ```
/// use seatree_core::draas::{Api, Subscription};
/// use seatree_core::{Operation, estate::{Figure, Uuid}, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let tenant = Uuid::parse("53fd92c7-fbef-44fd-af76-d92334432ac9").unwrap();
/// let one = Subscription::new(&api, tenant, 2, &Secret::from("token"));
/// assert!(one.request().url.ends_with("/subscriptions/2"));
///
/// let reply = r#"{"id": 2, "billingId": "C-17-2", "numberOfUsers": 5}"#;
/// let (subscription, complaints) = one.decode(&Reply::new(200, reply))?;
/// assert_eq!(subscription.users, Figure::known(5));
/// assert!(complaints.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [portal]: https://github.com/netaxis-solutions/DRaaS
#[derive(Clone, Debug)]
pub struct Subscription {
    url: String,
    token: Secret,
}

impl Subscription {
    pub fn new(api: &Api, tenant: Uuid, subscription: u64, token: &Secret) -> Self {
        let path = format!("tenants/{tenant}/subscriptions/{subscription}");
        Self { url: api.resource(&path), token: token.clone() }
    }
}

impl Operation for Subscription {
    type Output = (ListedSubscription, Vec<Complaint>);

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<Self::Output, UpstreamError> {
        const DOING: &str = later("reading the subscription");
        if !reply.is_success() {
            return Err(fault(DOING, None, reply));
        }
        let body = json::parse_without(DOING, reply, super::is_secret)?;
        let mut unread = Vec::new();
        let read = subscription(Fields::new(&body, String::new(), &mut unread));
        if read.id.is_none() && read.name.is_empty() {
            let told = fault::said(DOING, reply, &body);
            return Err(
                told.unwrap_or_else(|| json::misshapen(DOING, "", later("a subscription"), reply))
            );
        }
        Ok((read, complaints(unread)))
    }
}

fn subscription(mut fields: Fields<'_>) -> ListedSubscription {
    let id = fields.figure(&["id"]).get();
    ListedSubscription {
        id: id.and_then(|id| {
            let id = u64::try_from(id).ok();
            if id.is_none() {
                fields.complain("id", later("a subscription's number"));
            }
            id
        }),
        name: fields.text(&["name"]).unwrap_or_default(),
        billing_id: fields.word(&["billingId"]),
        users: fields.figure(&["numberOfUsers"]),
        trunk_groups: fields.figure(&["numberOfTrunkgroups"]),
        licenses: fields.object("licenses", licenses).unwrap_or_default(),
        status: fields.word(&["status"]),
    }
}

/// Plain numbers in what was seen; objects as elsewhere are taken, too.
fn licenses(mut fields: Fields<'_>) -> Vec<(String, Figure)> {
    let keys: Vec<String> = fields.names().map(str::to_owned).collect();
    let count = |key: String| {
        let figure = match fields.get(&[&key]) {
            Some(Value::Object(_)) => {
                fields.object(&key, |mut license| license.figure(&["assigned"])).unwrap_or_default()
            }
            _ => fields.figure(&[&key]),
        };
        (key, figure)
    };
    keys.into_iter().map(count).collect()
}
