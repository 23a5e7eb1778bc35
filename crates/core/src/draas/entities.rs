//! The lists of groups, distributors, resellers and tenants.
//!
//! Vendor pages: <https://fusion.docs.netaxis.solutions/provisioning/api/>, `00_groups.html` to
//! `03_tenants.html`.

use serde_json::Value;

use super::page::{Listed, Page, page};
use super::{Api, Level, Query};
use crate::Operation;
use crate::error::UpstreamError;
use crate::estate::Uuid;
use crate::http::{Reply, Request, Secret};
use crate::json::Fields;
use crate::words::later;

/// One group, distributor, reseller or tenant of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedEntity {
    pub uuid: Option<Uuid>,
    pub name: String,
    /// What the partner bills it under.
    pub billing_id: Option<String>,
    /// On prices, as sent: a number, or the number of an object that also says since when.
    pub markup: Option<String>,
    pub owner: Option<Owner>,
    /// As sent, such as `active`.
    pub status: Option<String>,
}

/// What an entity stands below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// `type` as sent: the word for a level.
    pub level: String,
    pub uuid: Option<Uuid>,
    pub name: String,
}

impl Listed for ListedEntity {
    type Id = Uuid;

    fn id(&self) -> Option<Uuid> {
        self.uuid
    }
}

/// `GET …/{groups|distributors|resellers|tenants}`: one page of what the account may see.
///
/// - Role: `groups.list`, `distributors.list`, `resellers.list`, `tenants.list`. Groups can be
///   listed by system administrators only, distributors by them and groups' administrators; a
///   group's administrator knows it from [`LocalUser`](super::LocalUser). A system administrator
///   must name a `parent`, except for groups.
/// - Where: every version; groups since there are any (2026).
/// - Errors: [`Problem::Forbidden`](crate::Problem::Forbidden) names the role. 404 ("No tenant
///   found") is an empty list.
/// - All pages: [`Pager`](super::Pager).
/// - Vendor pages: [groups], [distributors], [resellers], [tenants]; parameters: [generic].
///
/// ```
/// use seatree_core::draas::{Api, Entities, Level, Query};
/// use seatree_core::{Operation, http::{Reply, Secret}};
///
/// let api = Api::new("https://prov.example.net", "draas", "draas_v1")?;
/// let list = Entities::new(&api, Level::Tenant, &Query::all(), &Secret::from("token"));
/// let url = list.request().url;
/// assert_eq!(url, "https://prov.example.net/api/v01/draas/draas_v1/tenants?page_size=100");
///
/// let reply = r#"{"results": 1, "pages": 1, "page": 1, "tenants": [
///     {"uuid": "53fd92c7-fbef-44fd-af76-d92334432ac9", "name": "Netaxis DEV", "billingId": "C-17"}]}"#;
/// let page = list.decode(&Reply::new(200, reply))?;
/// assert_eq!(page.items[0].billing_id.as_deref(), Some("C-17"));
/// assert_eq!(page.next, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [groups]: https://fusion.docs.netaxis.solutions/provisioning/api/00_groups.html
/// [distributors]: https://fusion.docs.netaxis.solutions/provisioning/api/01_distributors.html
/// [resellers]: https://fusion.docs.netaxis.solutions/provisioning/api/02_resellers.html
/// [tenants]: https://fusion.docs.netaxis.solutions/provisioning/api/03_tenants.html
/// [generic]: https://fusion.docs.netaxis.solutions/provisioning/api/99_generic.html
#[derive(Clone, Debug)]
pub struct Entities {
    url: String,
    level: Level,
    token: Secret,
}

impl Entities {
    pub fn new(api: &Api, level: Level, query: &Query, token: &Secret) -> Self {
        let path = format!("{}{}", level.plural(), query.suffix());
        Self { url: api.resource(&path), level, token: token.clone() }
    }

    /// What is being done, for errors of the way there.
    pub fn doing(&self) -> &'static str {
        match self.level {
            Level::Group => later("listing the groups"),
            Level::Distributor => later("listing the distributors"),
            Level::Reseller => later("listing the resellers"),
            Level::Tenant => later("listing the tenants"),
        }
    }
}

impl Operation for Entities {
    type Output = Page<ListedEntity>;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<Page<ListedEntity>, UpstreamError> {
        let level = self.level;
        page(self.doing(), level.list_role(), level.plural(), reply, entity)
    }
}

fn entity(mut fields: Fields<'_>) -> ListedEntity {
    ListedEntity {
        uuid: fields.uuid(&["uuid"]),
        name: fields.text(&["name"]).unwrap_or_default(),
        billing_id: fields.word(&["billingId"]),
        markup: match fields.get(&["markup"]) {
            Some(Value::Object(_)) => {
                fields.object("markup", |mut markup| markup.word(&["markup"])).flatten()
            }
            _ => fields.word(&["markup"]),
        },
        owner: fields.object("owner", |mut owner| Owner {
            level: owner.text(&["type"]).unwrap_or_default(),
            uuid: owner.uuid(&["uuid"]),
            name: owner.text(&["name"]).unwrap_or_default(),
        }),
        status: fields.word(&["status"]),
    }
}
