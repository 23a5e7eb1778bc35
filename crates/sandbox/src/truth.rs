//! The world added up, from the data and not from the replies: what a test compares with.

mod draas;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::options::Options;
use crate::sign_in;
use crate::world::World;
use crate::world::cluster::{Cluster, Required};
use crate::world::services::{Counted, Factors, Service};
use crate::world::users::{License, User};

pub use draas::{
    Contradiction, DeepTenant, Draas, Named, SampleSubscription, Samples, Sip, Teams, UnknownTruth,
    deep_tenant, sample,
};

/// The DRaaS instance that is served.
pub const INSTANCE: &str = "draas_v1";

/// Everything, in the shape `--print-truth` prints.
#[derive(Clone, Debug, Serialize)]
pub struct Truth {
    pub seed: u64,
    pub size: usize,
    pub sign_in: SignIn,
    pub draas: Draas,
    pub live_platform: LivePlatform,
    /// The first cluster.
    pub cucm: Cucm,
    /// All of them.
    pub cucm_clusters: Vec<Cucm>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    pub draas: DraasSignIn,
    pub live_platform: LiveSignIn,
    pub cucm: CucmSignIn,
}

#[derive(Clone, Debug, Serialize)]
pub struct DraasSignIn {
    pub username: &'static str,
    pub password: &'static str,
    pub machine_token: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct LiveSignIn {
    pub token: &'static str,
    pub tenant: &'static str,
    pub client_id: &'static str,
    pub client_secret: &'static str,
    pub scope: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct CucmSignIn {
    /// May read.
    pub username: &'static str,
    /// May change things, too; the password is the same.
    pub administrator: &'static str,
    pub password: &'static str,
}

#[derive(Clone, Debug, Serialize)]
pub struct LivePlatform {
    pub services: Vec<ServiceTruth>,
    /// Names of those without a license and a guid, listed after the services.
    pub leads: Vec<String>,
    pub readable: usize,
    /// Of the readable services.
    pub acquired: u32,
    /// Of the readable services.
    pub licensed: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct ServiceTruth {
    pub guid: String,
    pub name: String,
    pub license_type: u8,
    pub acquired: u32,
    pub licensed: u32,
    pub monitored: u32,
    pub factors: Factors,
    /// Users and numbers under factors that are switched off.
    pub not_counted: u32,
    /// Whether each of the factors that can be switched is on.
    pub counted: Counted,
    pub last_update: String,
    /// Licensed users that no factor explains.
    pub unexplained: u32,
    pub readable: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub struct Cucm {
    pub version: &'static str,
    pub full_version: &'static str,
    pub users: usize,
    /// What the users require. Licenses, not users: one with more than ten devices requires two.
    pub required: BTreeMap<&'static str, u32>,
    pub without_license: usize,
    pub single_number_reach: usize,
    pub extension_mobility: usize,
    /// Devices that users own.
    pub devices: u32,
    pub unassigned_devices: usize,
    /// What the unassigned devices require.
    pub unassigned: BTreeMap<&'static str, u32>,
    /// Both together, as `LicenseTotals()` and Smart Licensing count.
    pub total: BTreeMap<&'static str, u32>,
}

impl Truth {
    pub fn new(options: &Options, world: &World) -> Self {
        Self {
            seed: options.seed,
            size: world.tree.len(),
            sign_in: SignIn {
                draas: DraasSignIn {
                    username: sign_in::DRAAS_USER,
                    password: sign_in::PASSWORD,
                    machine_token: sign_in::DRAAS_MACHINE_TOKEN,
                },
                live_platform: LiveSignIn {
                    token: sign_in::LIVE_TOKEN,
                    tenant: sign_in::LIVE_TENANT,
                    client_id: sign_in::LIVE_CLIENT_ID,
                    client_secret: sign_in::LIVE_CLIENT_SECRET,
                    scope: sign_in::LIVE_SCOPE,
                },
                cucm: CucmSignIn {
                    username: sign_in::CUCM_USER,
                    administrator: sign_in::CUCM_ADMINISTRATOR,
                    password: sign_in::PASSWORD,
                },
            },
            draas: Draas::new(&world.tree),
            live_platform: live_platform(&world.services),
            cucm: world.clusters.first().map(cucm).unwrap_or_default(),
            cucm_clusters: world.clusters.iter().map(cucm).collect(),
        }
    }
}

fn live_platform(services: &[Service]) -> LivePlatform {
    let readable = || services.iter().filter(|service| service.is_readable());
    LivePlatform {
        services: services
            .iter()
            .filter(|service| !service.is_lead())
            .map(|service| ServiceTruth {
                guid: service.guid.clone(),
                name: service.full_name.clone(),
                license_type: service.license_type,
                acquired: service.acquired,
                licensed: service.licensed(),
                monitored: service.monitored,
                factors: service.factors,
                not_counted: service.not_counted(),
                counted: service.counted,
                last_update: service.last_update.clone(),
                unexplained: service.unexplained,
                readable: service.is_readable(),
            })
            .collect(),
        leads: services.iter().filter(|s| s.is_lead()).map(|s| s.full_name.clone()).collect(),
        readable: readable().count(),
        acquired: readable().map(|service| service.acquired).sum(),
        licensed: readable().map(Service::licensed).sum(),
    }
}

fn cucm(cluster: &Cluster) -> Cucm {
    let Cluster { release, users, devices } = cluster;
    let by_type = |count: fn(Required) -> u32| {
        License::ALL.into_iter().map(|l| (l.name(), count(cluster.required(l)))).collect()
    };
    let count = |holds: fn(&User) -> bool| users.iter().filter(|user| holds(user)).count();
    Cucm {
        version: release.name(),
        full_version: release.full_version(),
        users: users.len(),
        required: by_type(|required| required.by_users),
        without_license: count(|user| user.license.is_none()),
        single_number_reach: count(|user| user.single_number_reach),
        extension_mobility: count(|user| user.extension_mobility),
        devices: users.iter().map(|user| user.devices).sum(),
        unassigned_devices: devices.len(),
        unassigned: by_type(|required| required.by_devices),
        total: by_type(Required::total),
    }
}
