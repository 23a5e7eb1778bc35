//! Entries of the list of services, in the order .NET declares their fields.

use serde::Serialize;
use serde_json::{Value, json};

use crate::world::services::Service;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Customer<'a> {
    ump_customer_guid: Option<&'a str>,
    #[serde(rename = "CustomerShortName")]
    short_name: &'a str,
    #[serde(rename = "CustomerFullName")]
    full_name: &'a str,
    license_type: u8,
    licensed_users_count: Option<u32>,
    ms_tenant_id: Option<&'a str>,
    active_user_count: u32,
    live_hub_active_users_count: u32,
    live_hub_simple_users_count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    site_location: Option<[Value; 1]>,
    #[serde(flatten)]
    secrets: Option<Secrets>,
}

/// What only the reply for a single customer holds, and no client should keep.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Secrets {
    application_client_id: String,
    application_client_secret: &'static str,
    /// American, unlike every other time of this API.
    client_secret_expiration_date: &'static str,
}

/// How much is told of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Brief,
    /// `allDetails=true`
    All,
}

impl<'a> Customer<'a> {
    /// As the list has it.
    pub fn listed(service: &'a Service, detail: Detail) -> Self {
        let simple = service.active_users / 10;
        let site =
            || json!({ "SiteName": service.short_name, "City": "Brussels", "Country": "BE" });
        Self {
            ump_customer_guid: (!service.is_lead()).then_some(&service.guid),
            short_name: &service.short_name,
            full_name: &service.full_name,
            license_type: service.license_type,
            licensed_users_count: service.listed_licenses,
            ms_tenant_id: service.microsoft_tenant.as_deref(),
            active_user_count: service.active_users,
            live_hub_active_users_count: service.active_users - simple,
            live_hub_simple_users_count: simple,
            site_location: (detail == Detail::All).then(|| [site()]),
            secrets: None,
        }
    }

    /// As the reply for one customer has it.
    pub fn single(service: &'a Service, detail: Detail) -> Self {
        let secrets = Secrets {
            application_client_id: service.guid.chars().rev().collect(),
            application_client_secret: "sandbox-client-secret-never-show-or-keep",
            client_secret_expiration_date: "2/18/2027 8:39:26 AM",
        };
        Self { secrets: Some(secrets), ..Self::listed(service, detail) }
    }
}

/// As version 2 of the API lists it.
pub fn version_2(service: &Service) -> Value {
    json!({
        "Id": (!service.is_lead()).then_some(&service.guid),
        "ShortName": service.short_name,
        "FullName": service.full_name,
        "LicenseType": service.license_type,
    })
}
