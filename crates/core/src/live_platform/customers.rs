//! The list of services.

use crate::error::UpstreamError;
use crate::estate::{Figure, Uuid};
use crate::http::{Reply, Request, Secret};
use crate::operation::Operation;

use super::entries::{Fields, entries};
use super::{Api, LicenseType};

const DOING: &str = "listing the services of the Live Platform";

/// Lists the services that the token may see: `GET /api/v3/customer`, all at once.
///
/// Also reads the replies of `GET /api/v2/customer`, which have other names and no counts.
/// Vendor page: `GetCustomersBriefV3.htm` of the Live Platform's REST API.
#[derive(Clone, Debug)]
pub struct Customers {
    api: Api,
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
        Self { api: api.clone(), token: token.clone() }
    }
}

const GUID: &[&str] = &["UmpCustomerGuid", "Id"];
const SHORT_NAME: &[&str] = &["CustomerShortName", "ShortName"];
const FULL_NAME: &[&str] = &["CustomerFullName", "FullName"];

impl Operation for Customers {
    type Output = CustomerList;

    fn request(&self) -> Request {
        Request::get(self.api.url("/api/v3/customer"))
            .with_header("accept", "application/json")
            .with_bearer(&self.token)
    }

    fn decode(&self, reply: &Reply) -> Result<CustomerList, UpstreamError> {
        let known = [GUID, SHORT_NAME, FULL_NAME].concat();
        let entries = entries(DOING, reply, &known, "a list of services")?;
        let mut complaints = Vec::new();
        let customers = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let mut fields = Fields::new(entry, format!("[{at}]."), &mut complaints);
                Customer {
                    guid: fields.uuid(GUID),
                    short_name: fields.text(SHORT_NAME).unwrap_or_default(),
                    full_name: fields.text(FULL_NAME).unwrap_or_default(),
                    license_type: LicenseType(fields.figure(&["LicenseType"]).get()),
                    licensed_users: fields.figure(&["LicensedUsersCount"]),
                    active_users: fields.figure(&["ActiveUserCount"]),
                }
            })
            .collect();
        Ok(CustomerList { customers, complaints })
    }
}
