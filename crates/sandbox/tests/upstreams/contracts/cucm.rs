use std::collections::BTreeMap;

use seatree_core::axl::legacy::{
    CapabilitiesKey, CapabilityChange, GetLicenseCapabilities, GetLicenseUnitReport,
    ListLicenseCapabilities, UpdateLicenseCapabilities,
};
use seatree_core::axl::sql::{ListResourceUsage, ReadLicenseTotals};
use seatree_core::axl::{
    Again, Api, Capability, Credentials, Criteria, DeviceCriteria, Discovery, DiscoveryStep,
    DoUpdateLicenseUsage, GetCcmVersion, GetLicensedUser, GetSmartLicenseStatus, ListLicensedUser,
    ListUnassignedDevice, Listing, Outcome, Spoken, UserKey, UserName, UserTable, Version,
};
use seatree_core::estate::Figure;
use seatree_core::http::Secret;
use seatree_core::{Operation, UpstreamError};

use super::{run, send};
use crate::harness::{Running, sandbox};

/// A cluster of one release, and an account that may change it.
struct Cluster {
    running: Running,
    api: Api,
    credentials: Credentials,
    spoken: Spoken,
}

fn cluster(release: &str, users: &str) -> Cluster {
    let flags = ["--cucm-version", release, "--users", users, "--axl-update-seconds", "0"];
    let running = sandbox(&flags);
    let api = Api::new(&running.cucm("")).unwrap();
    let password = Secret::from(running.truth().sign_in.cucm.password);
    let user = running.truth().sign_in.cucm.administrator.to_owned();
    let credentials = Credentials { user, password };
    let spoken = discover(&running, &api, &credentials);
    Cluster { running, api, credentials, spoken }
}

fn discover(running: &Running, api: &Api, credentials: &Credentials) -> Spoken {
    let mut discovery = Discovery::new(None);
    let mut step = discovery.first();
    loop {
        step = match step {
            DiscoveryStep::Ask(version) => {
                discovery.answered(run(running, &GetCcmVersion::new(api, credentials, version)))
            }
            DiscoveryStep::Speak(spoken) => return spoken,
            DiscoveryStep::Fail { error, .. } => panic!("{error}: {}", error.details()),
        };
    }
}

impl Cluster {
    fn run<O: Operation>(&self, operation: &O) -> Result<O::Output, UpstreamError> {
        run(&self.running, operation)
    }

    fn can(&self, capability: Capability) -> bool {
        capability.on(&self.spoken).is_available()
    }

    fn version(&self) -> Version {
        self.spoken.schema
    }

    /// Every user, decoded in small pieces.
    fn users(&self, rows_per_page: u64) -> UserTable {
        let mut table = UserTable::new();
        let mut listing = Listing::new(rows_per_page);
        while let Some((skip, first)) = listing.page() {
            let (api, credentials) = (&self.api, &self.credentials);
            let criteria = Criteria::default();
            let list =
                ListLicensedUser::new(api, credentials, self.version(), criteria, skip, first);
            let reply = send(&self.running, &list.request());
            if !reply.is_success() {
                let error = list.decode(&reply).unwrap_err();
                assert_eq!(listing.failed(&error, 0), Again::Now, "{error}");
                continue;
            }
            let mut decoder = list.decoder();
            for piece in reply.body.chunks(997) {
                decoder.push(&mut table, piece).unwrap();
            }
            let end = decoder.finish(&mut table).unwrap();
            assert_eq!(end.complaints, Vec::<String>::new());
            listing.came(end.rows, end.new);
        }
        table
    }
}

const RELEASES: [&str; 10] =
    ["8.5", "9.1", "10.0", "10.5", "11.0", "11.5", "12.0", "12.5", "14.0", "15.0"];

#[test]
fn every_release_is_found_out_and_spoken_with_its_own_version() {
    for release in RELEASES {
        let cluster = cluster(release, "20");
        assert_eq!(cluster.version().as_str(), release);
        assert_eq!(cluster.spoken.release, cluster.running.truth().cucm.full_version);
    }
}

/// Everything that the table of capabilities offers, asked of every release.
#[test]
fn what_a_release_is_said_to_tell_it_tells() {
    for release in RELEASES {
        let cluster = cluster(release, "60");
        for capability in Capability::ALL.into_iter().filter(|&of| cluster.can(of)) {
            let outcome = ask(&cluster, capability);
            assert!(outcome.is_ok(), "{release} {capability:?}: {outcome:?}");
        }
    }
}

/// Asks for one thing; how many rows or parts of it came.
fn ask(cluster: &Cluster, capability: Capability) -> Result<usize, UpstreamError> {
    let (api, credentials, version) = (&cluster.api, &cluster.credentials, cluster.version());
    match capability {
        Capability::Release => {
            cluster.run(&GetCcmVersion::new(api, credentials, Some(version))).map(|_| 1)
        }
        Capability::ListUsers | Capability::EmInList => Ok(cluster.users(25).len()),
        Capability::OneUser => {
            // Releases before 11.0 have no list to take a uuid from, but a database.
            let key = if cluster.can(Capability::ListUsers) {
                UserKey::Uuid(cluster.users(100).user(0).uuid.unwrap())
            } else {
                let list = ListResourceUsage::new(api, credentials, version, None, 0, 1);
                let id = cluster.run(&list)?.rows.remove(0).user_id;
                UserKey::Name(UserName::new(&id).unwrap())
            };
            let found = cluster.run(&GetLicensedUser::new(api, credentials, version, key))?;
            assert!(found.is_some(), "{release}: nobody", release = cluster.spoken.release);
            Ok(1)
        }
        Capability::UpdateUsage => {
            let done = cluster.run(&DoUpdateLicenseUsage::new(api, credentials, version))?;
            assert_eq!(done, Outcome::Done);
            Ok(1)
        }
        Capability::UnassignedDevices => {
            let criteria = DeviceCriteria::default();
            let list = ListUnassignedDevice::new(api, credentials, version, criteria, 0, 500);
            let page = cluster.run(&list)?;
            assert_eq!(page.rows.len(), cluster.running.truth().cucm.unassigned_devices);
            Ok(page.rows.len())
        }
        Capability::SmartStatus => {
            let status = cluster.run(&GetSmartLicenseStatus::new(api, credentials, version))?;
            assert!(!status.entitlements.is_empty(), "{status:?}");
            Ok(status.entitlements.len())
        }
        Capability::TotalsBySql => {
            let totals = cluster.run(&ReadLicenseTotals::new(api, credentials, version))?;
            let read: BTreeMap<String, Option<i64>> = totals
                .rows
                .iter()
                .map(|row| (row.license_type.as_ref().unwrap().name().to_owned(), row.total.get()))
                .filter(|(_, total)| *total != Some(0))
                .collect();
            let truth = cluster.running.truth();
            let sent = truth.cucm.total.iter().filter(|(_, count)| **count > 0);
            assert_eq!(read.len(), sent.clone().count(), "{read:?} {:?}", truth.cucm.total);
            let sum: i64 = sent.map(|(_, count)| i64::from(*count)).sum();
            assert_eq!(read.values().map(|total| total.unwrap()).sum::<i64>(), sum);
            Ok(totals.rows.len())
        }
        Capability::UsersBySql => {
            let page =
                cluster.run(&ListResourceUsage::new(api, credentials, version, None, 0, 500))?;
            assert!(page.rows.iter().all(|row| row.snr.is_some() && !row.user_id.is_empty()));
            Ok(page.rows.len())
        }
        Capability::LicenseCapabilities => {
            let list = ListLicenseCapabilities::new(api, credentials, version, None, 0, 500);
            let page = cluster.run(&list)?;
            if let Some(one) = page.rows.first() {
                let key = CapabilitiesKey::UserId(one.user_id.clone());
                let get = GetLicenseCapabilities::new(api, credentials, version, key);
                cluster.run(&get)?;
            }
            Ok(page.rows.len())
        }
        Capability::UpdateLicenseCapabilities => {
            let list = ListLicenseCapabilities::new(api, credentials, version, None, 0, 1);
            let Some(one) = cluster.run(&list)?.rows.into_iter().next() else { return Ok(0) };
            let key = CapabilitiesKey::UserId(one.user_id);
            let change = CapabilityChange { presence: Some(true), personal_communicator: None };
            cluster
                .run(&UpdateLicenseCapabilities::new(api, credentials, version, key, change))
                .map(|_| 1)
        }
        Capability::LicenseUnits => {
            let report = cluster.run(&GetLicenseUnitReport::new(api, credentials, version))?;
            if cluster.version().as_str() == "8.5" {
                assert!(report.phones.authorized.is_known(), "{report:?}");
            }
            Ok(1)
        }
    }
}

#[test]
fn all_users_are_listed_once_though_the_pages_had_to_shrink() {
    for release in ["11.0", "14.0"] {
        let flags = ["--cucm-version", release, "--users", "700", "--axl-reply-limit", "40000"];
        let running = sandbox(&flags);
        let api = Api::new(&running.cucm("")).unwrap();
        let password = Secret::from("sandbox-demo");
        let credentials = Credentials { user: "axl-reader".into(), password };
        let spoken = discover(&running, &api, &credentials);
        let cluster = Cluster { running, api, credentials, spoken };
        let users = cluster.users(1_000);
        let truth = &cluster.running.truth().cucm;
        assert_eq!(users.len(), truth.users);
        assert_eq!(users.without_license(), truth.without_license);
        for (of, required) in users.required() {
            let sent = truth.required.get(of.name()).copied().map(i64::from);
            assert_eq!(required, Figure::from(sent), "{}", of.name());
        }
    }
}
