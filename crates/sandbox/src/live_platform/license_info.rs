//! The license info of a service.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::world::services::{LifeCycleName, Service, Spelling};

/// One license info: camelCase, but for the last key.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info<'a> {
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

pub fn info(service: &Service) -> Info<'_> {
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
