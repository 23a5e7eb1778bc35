//! The vendors' printed examples as a world. The files are those the decoders of
//! `seatree-core` are tested with.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::World;
use super::cluster::Cluster;
use super::services::{Counted, Factors, LicenseInfo, LifeCycleName, Service, Spelling};
use super::tree::{EmptyLists, Entity, Index, Key, Level, Licenses, Tree};
use super::users::{License, User};
use crate::cucm::release::Release;
use crate::cucm::xml::{self, Element};

macro_rules! fixture {
    ($path:literal) => {
        include_str!(concat!("../../../core/fixtures/", $path))
    };
}

const GROUP: &str = fixture!("draas/group-detailed.json");
const CUSTOMERS: &str = fixture!("live-platform/customers.json");
const LICENSE_INFO: &str = fixture!("live-platform/license-info.json");
const USERS: [&str; 2] = [fixture!("axl/licensed-users.xml"), fixture!("axl/licensed-user.xml")];

/// A reply that is shown as the vendor printed it, byte for byte.
#[derive(Clone, Copy, Debug)]
pub struct Printed {
    /// The end of the address that answers with it.
    pub path: &'static str,
    pub detailed: bool,
    pub body: &'static str,
}

impl Printed {
    /// Those of DRaaS no longer hold once its data is changed.
    pub fn is_of_live_platform(&self) -> bool {
        self.path.starts_with("customer/")
    }
}

const fn printed(path: &'static str, detailed: bool, body: &'static str) -> Printed {
    Printed { path, detailed, body }
}

const PRINTED: [Printed; 10] = [
    printed(
        "groups/aaf9dba1-9469-40fa-be50-22298d68010d/licenses",
        false,
        fixture!("draas/group.json"),
    ),
    printed("groups/aaf9dba1-9469-40fa-be50-22298d68010d/licenses", true, GROUP),
    printed(
        "distributors/f3eb54f4-00dc-4278-b323-c66b705d6822/licenses",
        false,
        fixture!("draas/distributor.json"),
    ),
    printed(
        "distributors/f3eb54f4-00dc-4278-b323-c66b705d6822/licenses",
        true,
        fixture!("draas/distributor-detailed.json"),
    ),
    printed(
        "resellers/cae902b4-2307-41ef-b554-43a12c63cc97/licenses",
        false,
        fixture!("draas/reseller.json"),
    ),
    printed(
        "resellers/cae902b4-2307-41ef-b554-43a12c63cc97/licenses",
        true,
        fixture!("draas/reseller-detailed.json"),
    ),
    printed(
        "tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/licenses",
        false,
        fixture!("draas/tenant.json"),
    ),
    printed(
        "tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/licenses",
        true,
        fixture!("draas/tenant-detailed.json"),
    ),
    printed(
        "tenants/53fd92c7-fbef-44fd-af76-d92334432ac9/subscriptions/2/licenses",
        false,
        fixture!("draas/subscription.json"),
    ),
    printed("customer/b11a3f8a-9220-457a-938f-cae531f79d67/licenseinfo", false, LICENSE_INFO),
];

/// An example that is not what its reader expects.
#[derive(Debug)]
pub struct BrokenExample {
    file: &'static str,
    what: String,
}

impl BrokenExample {
    fn new(file: &'static str, what: impl fmt::Display) -> Self {
        Self { file, what: what.to_string() }
    }
}

impl fmt::Display for BrokenExample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the vendor example {} cannot be read: {}", self.file, self.what)
    }
}

impl std::error::Error for BrokenExample {}

/// The world of the printed examples.
pub fn world(releases: &[Release]) -> Result<World, BrokenExample> {
    let (users, devices) = (Arc::from(users()?), Arc::from([]));
    let cluster = |release: &Release| Cluster {
        release: *release,
        users: Arc::clone(&users),
        devices: Arc::clone(&devices),
    };
    let clusters = releases.iter().map(cluster).collect();
    Ok(World { tree: tree()?, services: services()?, clusters, printed: PRINTED.to_vec() })
}

fn tree() -> Result<Tree, BrokenExample> {
    let broken = |what: &str| BrokenExample::new("draas/group-detailed.json", what);
    let reply: Value = serde_json::from_str(GROUP)
        .map_err(|e| BrokenExample::new("draas/group-detailed.json", e))?;
    let group = reply.get("group").ok_or_else(|| broken("no group"))?;
    let mut tree = Tree::default();
    entity(&mut tree, Level::Group, group, None)
        .ok_or_else(|| broken("an entity without uuid or id"))?;
    tree.add_up();
    Ok(tree)
}

fn entity(tree: &mut Tree, level: Level, value: &Value, parent: Option<Index>) -> Option<Index> {
    let key = match level {
        Level::Subscription => Key::Id(value.get("id")?.as_u64()?),
        _ => Key::Uuid(value.get("uuid")?.as_str()?.to_owned()),
    };
    // Only subscriptions carry numbers of their own; the rest is added up again.
    let licenses = match level {
        Level::Subscription => Licenses {
            teams_assigned: value.pointer("/msTeamsUsers/assigned")?.as_u64()?,
            teams_users: value.pointer("/msTeamsUsers/inUseMsUsers")?.as_u64()?,
            teams_resource_accounts: value
                .pointer("/msTeamsUsers/inUseMsResourceAccount")?
                .as_u64()?,
            sip_assigned: value.pointer("/sipTrunkChannels/assigned")?.as_u64()?,
        },
        _ => Licenses::default(),
    };
    let name = value.get("name")?.as_str()?.to_owned();
    let empty_lists = EmptyLists::Written;
    let index =
        tree.push(Entity { level, name, key, parent, children: Vec::new(), licenses, empty_lists });
    for below in level.below() {
        for child in value.get(below.plural()).and_then(Value::as_array).into_iter().flatten() {
            entity(tree, *below, child, Some(index))?;
        }
    }
    Some(index)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Customer {
    ump_customer_guid: String,
    #[serde(rename = "CustomerShortName")]
    short_name: String,
    #[serde(rename = "CustomerFullName")]
    full_name: String,
    license_type: u8,
    licensed_users_count: Option<u32>,
    ms_tenant_id: Option<String>,
    active_user_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Info {
    acquired_licenses: u32,
    total_monitored_users: u32,
    managed_users_direct_routing: u32,
    managed_users_operator_connect: u32,
    managed_users_by_life_cycle_management: u32,
    managed_users_user_interface: u32,
    managed_service_numbers: u32,
    last_update: String,
    ump_customer_guid: String,
}

/// One license example was printed: the other services answer with an error.
fn services() -> Result<Vec<Service>, BrokenExample> {
    let customers: Vec<Customer> = serde_json::from_str(CUSTOMERS)
        .map_err(|e| BrokenExample::new("live-platform/customers.json", e))?;
    let infos: Vec<Info> = serde_json::from_str(LICENSE_INFO)
        .map_err(|e| BrokenExample::new("live-platform/license-info.json", e))?;
    let service = |customer: Customer| {
        let info = infos.iter().find(|info| info.ump_customer_guid == customer.ump_customer_guid);
        Service {
            guid: customer.ump_customer_guid,
            short_name: customer.short_name,
            full_name: customer.full_name,
            license_type: customer.license_type,
            listed_licenses: customer.licensed_users_count,
            microsoft_tenant: customer.ms_tenant_id,
            active_users: customer.active_user_count,
            acquired: info.map_or(0, |info| info.acquired_licenses),
            monitored: info.map_or(0, |info| info.total_monitored_users),
            factors: info.map_or(Factors::default(), |info| Factors {
                direct_routing: info.managed_users_direct_routing,
                operator_connect: info.managed_users_operator_connect,
                life_cycle: info.managed_users_by_life_cycle_management,
                user_interface: info.managed_users_user_interface,
                service_numbers: info.managed_service_numbers,
            }),
            counted: Counted { life_cycle: true, user_interface: true, service_numbers: true },
            unexplained: 0,
            last_update: info.map(|info| info.last_update.clone()).unwrap_or_default(),
            license_info: info.map_or(LicenseInfo::Broken, |_| LicenseInfo::Readable),
            monitored_as: Spelling::Integer,
            life_cycle_as: LifeCycleName::ByTemplate,
        }
    };
    Ok(customers.into_iter().map(service).collect())
}

fn users() -> Result<Vec<User>, BrokenExample> {
    let mut users = Vec::new();
    for text in USERS {
        let envelope = xml::parse(text.as_bytes()).map_err(|e| BrokenExample::new("axl", e))?;
        let returned = ["Body", "*", "return"]
            .iter()
            .try_fold(&envelope, |at, name| {
                at.children.iter().find(|c| *name == "*" || c.name == *name)
            })
            .ok_or_else(|| BrokenExample::new("axl", "no return element"))?;
        users.extend(returned.children.iter().map(user));
    }
    users.sort_by(|a, b| a.user_id.cmp(&b.user_id));
    Ok(users)
}

fn user(element: &Element) -> User {
    let text = |name: &str| element.child(name).map(|c| c.text.clone()).unwrap_or_default();
    User {
        uuid: element.attribute("uuid").unwrap_or_default().to_owned(),
        user_id: text("userId"),
        first_name: Some(text("firstName")),
        last_name: text("lastName"),
        single_number_reach: text("snrEnabled") == "true",
        extension_mobility: text("emEnabled") == "true",
        devices: text("deviceCount").parse().unwrap_or_default(),
        license: License::from_name(&text("licenseType")),
        licenses_used: text("licenseUsed").parse().unwrap_or_default(),
    }
}
