//! AudioCodes Live Platform: `/tenantui/api/…`.
//!
//! Only status 200 is documented for the endpoints, and that errors may come as a `Message`
//! under it: so an unknown guid is told that way. What a missing token gets is what ASP.NET
//! gives, an empty 401.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::cors::{self, AllowedOrigins};
use crate::draas::tokens::bearer;
use crate::options::{Options, Switch};
use crate::sign_in;
use crate::world::World;
use crate::world::examples::Printed;
use crate::world::services::{LicenseInfo, LifeCycleName, Service, Spelling};

struct LivePlatform {
    services: Vec<Service>,
    printed: Vec<Printed>,
}

type Shared = State<Arc<LivePlatform>>;

/// The Live Platform listener.
pub fn router(options: &Options, world: &World) -> Router {
    let state = LivePlatform { services: world.services.clone(), printed: world.printed.clone() };
    let router = Router::new()
        .route("/tenantui/api/v2/customer", get(list_v2))
        .route("/tenantui/api/v3/customer", get(list))
        .route("/tenantui/api/v3/customer/{guid}", get(details))
        .route("/tenantui/api/v3/customer/{guid}/licenseinfo", get(license_info))
        .layer(from_fn(signed_in))
        .with_state(Arc::new(state));
    match options.live_cors {
        Switch::On => {
            router.layer(from_fn_with_state(AllowedOrigins::new(&options.origins), cors::apply))
        }
        Switch::Off => router,
    }
}

async fn signed_in(request: Request, next: Next) -> Response {
    if bearer(request.headers()) == Some(sign_in::LIVE_TOKEN) {
        return next.run(request).await;
    }
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
    (StatusCode::UNAUTHORIZED, challenge).into_response()
}

/// An entry of the list, in the order .NET declares it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Customer<'a> {
    ump_customer_guid: &'a str,
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

fn customer(service: &Service, secrets: Option<Secrets>) -> Customer<'_> {
    let simple = service.active_users / 10;
    Customer {
        ump_customer_guid: &service.guid,
        short_name: &service.short_name,
        full_name: &service.full_name,
        license_type: service.license_type,
        licensed_users_count: service.listed_licenses,
        ms_tenant_id: service.microsoft_tenant.as_deref(),
        active_user_count: service.active_users,
        live_hub_active_users_count: service.active_users - simple,
        live_hub_simple_users_count: simple,
        secrets,
    }
}

async fn list(State(live): Shared) -> Response {
    let all: Vec<Customer> = live.services.iter().map(|service| customer(service, None)).collect();
    Json(all).into_response()
}

async fn list_v2(State(live): Shared) -> Json<Value> {
    let entry = |service: &Service| {
        json!({
            "Id": service.guid,
            "ShortName": service.short_name,
            "FullName": service.full_name,
            "LicenseType": service.license_type,
        })
    };
    Json(live.services.iter().map(entry).collect())
}

async fn details(State(live): Shared, Path(guid): Path<String>) -> Response {
    let Some(service) = live.find(&guid) else { return not_found(&guid) };
    let secrets = Secrets {
        application_client_id: service.guid.chars().rev().collect(),
        application_client_secret: "sandbox-client-secret-never-show-or-keep",
        client_secret_expiration_date: "2/18/2027 8:39:26 AM",
    };
    Json(customer(service, Some(secrets))).into_response()
}

async fn license_info(State(live): Shared, Path(guid): Path<String>) -> Response {
    let Some(service) = live.find(&guid) else { return not_found(&guid) };
    let path = format!("customer/{guid}/licenseinfo");
    if let Some(printed) = live.printed.iter().find(|printed| printed.path == path) {
        let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        return (json, printed.body).into_response();
    }
    match service.license_info {
        LicenseInfo::Readable => Json([info(service)]).into_response(),
        LicenseInfo::Broken => {
            let message = "License information of the requested customer could not be read.";
            error_under_200(message)
        }
    }
}

impl LivePlatform {
    fn find(&self, guid: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.guid.eq_ignore_ascii_case(guid))
    }
}

fn not_found(guid: &str) -> Response {
    error_under_200(&format!("Customer {guid} was not found."))
}

fn error_under_200(message: &str) -> Response {
    Json(json!({ "Message": format!("Error: {message}") })).into_response()
}

/// One license info: camelCase, but for the last key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Info<'a> {
    acquired_licenses: u32,
    total_monitored_users: Value,
    currently_licensed: u32,
    managed_users_direct_routing: u32,
    managed_users_operator_connect: u32,
    managed_users_by_life_cycle_management: u32,
    managed_users_user_interface: u32,
    managed_service_numbers: u32,
    last_update: &'a str,
    ump_customer_guid: &'a str,
    license_settings_flags_level: u8,
    #[serde(rename = "LicenseFactors")]
    license_factors: LicenseFactors,
}

/// A map from name to switch, in the order it is printed in.
struct LicenseFactors([(&'static str, bool); 3]);

impl Serialize for LicenseFactors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0)
    }
}

fn info(service: &Service) -> Info<'_> {
    let life_cycle = match service.life_cycle_as {
        LifeCycleName::ByTemplate => "Managed Users - By Template",
        LifeCycleName::ByLifeCycleManagement => "Managed Users - By LifeCycle Management",
    };
    let counted = service.counted;
    let license_factors = [
        (life_cycle, counted.life_cycle),
        ("Managed Users - By User Interface", counted.user_interface),
        ("Managed Service Numbers", counted.service_numbers),
    ];
    let all_counted = license_factors.iter().all(|(_, counted)| *counted);
    Info {
        acquired_licenses: service.acquired,
        total_monitored_users: match service.monitored_as {
            Spelling::Integer => service.monitored.into(),
            Spelling::Text => service.monitored.to_string().into(),
        },
        currently_licensed: service.licensed(),
        managed_users_direct_routing: service.factors.direct_routing,
        managed_users_operator_connect: service.factors.operator_connect,
        managed_users_by_life_cycle_management: service.factors.life_cycle,
        managed_users_user_interface: service.factors.user_interface,
        managed_service_numbers: service.factors.service_numbers,
        last_update: &service.last_update,
        ump_customer_guid: &service.guid,
        license_settings_flags_level: if all_counted { 0 } else { 2 },
        license_factors: LicenseFactors(license_factors),
    }
}
