//! Writes every AXL request to a folder, to be checked against the schema of a cluster.
//!
//! `cargo run -p seatree-core --example axl_requests -- FOLDER` writes `VERSION/NAME.xml` for each
//! version and operation that the capability table has; `docs/testing.md` tells what to do with
//! them.

use std::path::Path;
use std::{env, fs, io, process};

use seatree_core::Operation;
use seatree_core::axl::legacy::{
    CapabilitiesKey, CapabilityChange, GetLicenseCapabilities, GetLicenseUnitReport,
    ListLicenseCapabilities, UpdateLicenseCapabilities,
};
use seatree_core::axl::sql::{ListResourceUsage, ReadLicenseTotals};
use seatree_core::axl::{
    Api, Capability, Credentials, Criteria, DeviceCriteria, DoUpdateLicenseUsage, GetCcmVersion,
    GetLicensedUser, GetSmartLicenseStatus, ListLicensedUser, ListUnassignedDevice, UserKey,
    UserName, Version,
};
use seatree_core::estate::Uuid;
use seatree_core::http::{Request, Secret};

/// Text that goes wrong wherever it is not escaped.
const ODD: &str = "O'Brien & <S\u{f6}hne> \"]]>\" 100%_\\";

fn main() {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("Which folder? cargo run -p seatree-core --example axl_requests -- FOLDER");
        process::exit(2);
    };
    match write_all(Path::new(&folder)) {
        Ok(count) => println!("{count} requests in {}", Path::new(&folder).display()),
        Err(error) => {
            eprintln!("Cannot write to {}: {error}", Path::new(&folder).display());
            process::exit(1);
        }
    }
}

fn write_all(folder: &Path) -> io::Result<usize> {
    let api = Api::new("https://cucm.example:8443").map_err(io::Error::other)?;
    let nobody = Credentials { user: "axl".to_owned(), password: Secret::default() };
    let asking = Asking { api: &api, nobody: &nobody };
    let mut count = 0;
    for version in Version::all() {
        let at = folder.join(version.as_str());
        fs::create_dir_all(&at)?;
        let capabilities = Capability::ALL.into_iter().filter(|known| known.is_in(version));
        for (name, request) in capabilities.flat_map(|known| asking.requests(known, version)) {
            fs::write(at.join(format!("{name}.xml")), payload(&request)?)?;
            count += 1;
        }
    }
    Ok(count)
}

struct Asking<'a> {
    api: &'a Api,
    nobody: &'a Credentials,
}

impl Asking<'_> {
    /// Every form that the requests behind a capability can take.
    fn requests(&self, capability: Capability, version: Version) -> Vec<(&'static str, Request)> {
        let (api, nobody) = (self.api, self.nobody);
        let odd = || Some(ODD.to_owned());
        let uuid = Uuid::from_u128(0x1f1d_3aff_f77d_319b_7693_3c22_21e6_af78);
        let users =
            |criteria| ListLicensedUser::new(api, nobody, version, criteria, 500, 250).request();
        let devices =
            |criteria| ListUnassignedDevice::new(api, nobody, version, criteria, 0, 1).request();
        let user = |key| GetLicensedUser::new(api, nobody, version, key).request();
        let change = |key, change| {
            UpdateLicenseCapabilities::new(api, nobody, version, key, change).request()
        };
        let user_id = || CapabilitiesKey::UserId(ODD.to_owned());
        match capability {
            Capability::Release => {
                let ask = GetCcmVersion::new(api, nobody, Some(version));
                vec![
                    ("getCCMVersion", ask.request()),
                    ("getCCMVersion-node", ask.of_node("cucm-sub-1").request()),
                ]
            }
            Capability::ListUsers => vec![
                ("listLicensedUser", users(Criteria::default())),
                (
                    "listLicensedUser-all",
                    users(Criteria { user_id: odd(), first_name: odd(), last_name: odd() }),
                ),
                (
                    "listLicensedUser-last",
                    users(Criteria { last_name: odd(), ..Criteria::default() }.literally()),
                ),
            ],
            // The same request.
            Capability::EmInList => vec![],
            Capability::OneUser => {
                let longest = UserName::new(&"\u{e9}".repeat(100));
                let mut all = vec![("getLicensedUser-uuid", user(UserKey::Uuid(uuid)))];
                all.extend(
                    UserName::new(ODD)
                        .map(|name| ("getLicensedUser-name", user(UserKey::Name(name)))),
                );
                all.extend(
                    longest.map(|name| ("getLicensedUser-longest", user(UserKey::Name(name)))),
                );
                all
            }
            Capability::UpdateUsage => {
                let update = DoUpdateLicenseUsage::new(api, nobody, version);
                vec![("doUpdateLicenseUsage", update.request())]
            }
            Capability::UnassignedDevices => vec![
                ("listUnassignedDevice", devices(DeviceCriteria::default())),
                (
                    "listUnassignedDevice-all",
                    devices(DeviceCriteria { name: odd(), description: odd() }),
                ),
            ],
            Capability::SmartStatus => {
                let get = GetSmartLicenseStatus::new(api, nobody, version);
                vec![("getSmartLicenseStatus", get.request())]
            }
            Capability::TotalsBySql => {
                let totals = ReadLicenseTotals::new(api, nobody, version);
                vec![("executeSQLQuery-totals", totals.request())]
            }
            Capability::UsersBySql => {
                let list = |id| ListResourceUsage::new(api, nobody, version, id, 0, 500).request();
                vec![
                    ("executeSQLQuery-users", list(None)),
                    ("executeSQLQuery-user", list(Some(ODD))),
                ]
            }
            Capability::LicenseCapabilities => {
                let list =
                    |id| ListLicenseCapabilities::new(api, nobody, version, id, 0, 500).request();
                let get = |key| GetLicenseCapabilities::new(api, nobody, version, key).request();
                vec![
                    ("listLicenseCapabilities", list(None)),
                    ("listLicenseCapabilities-user", list(odd())),
                    ("getLicenseCapabilities", get(user_id())),
                    ("getLicenseCapabilities-uuid", get(CapabilitiesKey::Uuid(uuid))),
                ]
            }
            Capability::UpdateLicenseCapabilities => {
                let both =
                    CapabilityChange { presence: Some(true), personal_communicator: Some(false) };
                vec![
                    ("updateLicenseCapabilities", change(user_id(), both)),
                    (
                        "updateLicenseCapabilities-uuid",
                        change(CapabilitiesKey::Uuid(uuid), CapabilityChange::default()),
                    ),
                ]
            }
            Capability::LicenseUnits => {
                let get = GetLicenseUnitReport::new(api, nobody, version);
                vec![("getLicenseUnitReport", get.request())]
            }
        }
    }
}

/// What is in the SOAP body, as a document of its own: validators know no envelope.
fn payload(request: &Request) -> io::Result<String> {
    let whole = request.body.as_deref().unwrap_or_default();
    let between = |before: &str, after: &str| {
        let (_, rest) = whole.split_once(before)?;
        Some(rest.split_once(after)?.0)
    };
    let namespace = between("xmlns:ns=\"", "\"");
    let body = between("<soapenv:Body>", "</soapenv:Body>");
    let (Some(namespace), Some((tag, rest))) = (namespace, body.and_then(|b| b.split_once('>')))
    else {
        return Err(io::Error::other(format!("no SOAP request: {whole}")));
    };
    Ok(format!("{tag} xmlns:ns=\"{namespace}\">{rest}\n"))
}
