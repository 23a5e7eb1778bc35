//! The list of services.

use crate::error::UpstreamError;
use crate::estate::{Figure, Uuid};
use crate::http::{Reply, Request, Secret};
use crate::json::Fields;
use crate::operation::Operation;
use crate::words::later;

use super::entries::{Entries, entries, places};
use super::{Api, LicenseType};

const DOING: &str = later("listing the services of the Live Platform");

/// `GET /api/v3/customer`: the services that the token may see, all at once.
///
/// - Role: an application that the service provider registered for API access; the vendor names
///   no roles. Where: version 3 of the API. [`version_2`](Self::version_2) asks older platforms
///   for `GET /api/v2/customer`, which has other names and no counts; replies of either are read
///   by both.
/// - `allDetails` is not asked for: it would add sites, and is passed over where it comes.
/// - Errors: [`Problem::SignedOut`](crate::Problem::SignedOut) (401),
///   [`Problem::Rejected`](crate::Problem::Rejected) with the vendor's words, also under status
///   200: an object with a `Message` is never "no services".
/// - Secrets that replies about a customer may hold are passed over while reading, and errors
///   quote nothing of a reply.
/// - Vendor page: [Get Services][page].
///
/// ```
/// use seatree_core::{Operation, http::{Reply, Secret}, live_platform::{Api, Customers}};
///
/// let api = Api::new("https://portal.example/tenantui")?;
/// let customers = Customers::new(&api, &Secret::from("token"));
/// assert_eq!(customers.request().url, "https://portal.example/tenantui/api/v3/customer");
///
/// let reply = r#"[{"CustomerFullName": "Contoso Ltd.", "LicenseType": 5}]"#;
/// let list = customers.decode(&Reply::new(200, reply))?;
/// assert_eq!(list.customers[0].license_type.name(), "OC Pro");
///
/// let told = customers.decode(&Reply::new(200, r#"{"Message": "Error: no access"}"#));
/// assert!(told.unwrap_err().what().ends_with("Error: no access."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [page]: https://techdocs.audiocodes.com/live/sysadmin-all-um/Content/REST%20API%20for%20Operator%20Connect/GetCustomersBriefV3.htm
#[derive(Clone, Debug)]
pub struct Customers {
    url: String,
    token: Secret,
}

/// The services, and what of them could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerList {
    pub customers: Vec<Customer>,
    /// Paths of fields that were sent but could not be read.
    pub complaints: Vec<String>,
}

/// One service of the list.
///
/// Of the client id and secret that such replies may hold, nothing is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    /// None for a lead that has no license yet.
    pub guid: Option<Uuid>,
    pub short_name: String,
    pub full_name: String,
    pub license_type: LicenseType,
    /// `LicensedUsersCount`.
    pub licensed_users: Figure,
    /// `ActiveUserCount`.
    pub active_users: Figure,
    /// `LiveHubActiveUsersCount`.
    pub live_hub_active_users: Figure,
    /// `LiveHubSimpleUsersCount`.
    pub live_hub_simple_users: Figure,
    /// The customer's own tenant at Microsoft.
    pub microsoft_tenant: Option<Uuid>,
}

impl Customer {
    /// The full name, else the short one, else the guid.
    pub fn display_name(&self) -> String {
        let named = [&self.full_name, &self.short_name].into_iter().find(|name| !name.is_empty());
        match (named, self.guid) {
            (Some(name), _) => name.clone(),
            (None, Some(guid)) => guid.to_string(),
            (None, None) => "unnamed service".to_owned(),
        }
    }
}

impl Customers {
    pub fn new(api: &Api, token: &Secret) -> Self {
        Self { url: api.url("/api/v3/customer"), token: token.clone() }
    }

    /// For platforms that do not know version 3.
    pub fn version_2(api: &Api, token: &Secret) -> Self {
        Self { url: api.url("/api/v2/customer"), token: token.clone() }
    }
}

const GUID: &[&str] = &["UmpCustomerGuid", "Id"];
const SHORT_NAME: &[&str] = &["CustomerShortName", "ShortName"];
const FULL_NAME: &[&str] = &["CustomerFullName", "FullName"];

impl Operation for Customers {
    type Output = CustomerList;

    fn request(&self) -> Request {
        Request::get(&self.url).with_header("accept", "application/json").with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<CustomerList, UpstreamError> {
        let known = [GUID, SHORT_NAME, FULL_NAME].concat();
        let Entries { found, mut unread } =
            entries(DOING, reply, &known, later("a list of services"))?;
        let customers = found
            .iter()
            .map(|(at, entry)| {
                let mut fields = Fields::new(entry, format!("[{at}]."), &mut unread);
                Customer {
                    guid: fields.uuid(GUID),
                    short_name: fields.text(SHORT_NAME).unwrap_or_default(),
                    full_name: fields.text(FULL_NAME).unwrap_or_default(),
                    license_type: LicenseType(fields.figure(&["LicenseType"]).get()),
                    licensed_users: fields.figure(&["LicensedUsersCount"]),
                    active_users: fields.figure(&["ActiveUserCount"]),
                    live_hub_active_users: fields.figure(&["LiveHubActiveUsersCount"]),
                    live_hub_simple_users: fields.figure(&["LiveHubSimpleUsersCount"]),
                    microsoft_tenant: fields.uuid(&["MsTenantId"]),
                }
            })
            .collect();
        Ok(CustomerList { customers, complaints: places(unread) })
    }
}
