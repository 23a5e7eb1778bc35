//! A cluster that answers requests.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::account::Role;
use super::fault::Fault;
use super::find::{self, Matches, Searches};
use super::operation::capabilities::{
    Capabilities, CapabilitiesChange, CapabilitiesKey, CapabilitiesList,
};
use super::operation::devices::DeviceList;
use super::operation::users::{UserKey, UserList};
use super::operation::{self, Access, Operation};
use super::quirk::{Quirk, SmartState};
use super::release::{Release, Schema};
use super::reply::Surface;
use super::reply::rows::List;
use super::sql::Database;
use super::xml;
use crate::options::Options;
use crate::world;
use crate::world::users::User;

/// The data of a cluster, and how it answers.
#[derive(Debug)]
pub struct Cluster {
    data: world::cluster::Cluster,
    database: Database,
    reply_limit: usize,
    quirks: Vec<Quirk>,
    smart: SmartState,
    user_searches: Searches,
    device_searches: Searches,
    capability_searches: Searches,
    /// Of users who had theirs changed, by place in the list.
    capabilities: Mutex<HashMap<usize, Capabilities>>,
}

/// A reply, and what it took.
pub struct Done {
    pub reply: String,
    pub work: Work,
}

/// What the cluster has to do for a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Little,
    /// Reads rows, for this operation.
    Rows(&'static str),
    /// Counts all licenses anew.
    Recount,
}

/// Why there is no reply.
pub enum Refused {
    Version,
    Role,
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Cluster {
    pub fn new(options: &Options, data: &world::cluster::Cluster) -> Self {
        Self {
            data: data.clone(),
            database: Database::new(data.clone()),
            reply_limit: options.axl_reply_limit,
            quirks: options.cucm_quirk.clone(),
            smart: options.cucm_smart,
            user_searches: Searches::default(),
            device_searches: Searches::default(),
            capability_searches: Searches::default(),
            capabilities: Mutex::default(),
        }
    }

    pub fn release(&self) -> Release {
        self.data.release
    }

    /// Answers a request with this `SOAPAction`.
    pub fn answer(&self, role: Role, action: Option<&str>, body: &[u8]) -> Result<Done, Refused> {
        let envelope = xml::parse(body).map_err(|e| Fault::unreadable(&e))?;
        let request = operation::in_body(&envelope)?;
        let schema = self.schema(action, request).ok_or(Refused::Version)?;
        let operation = operation::read(request, schema)?;
        if operation.access() == Access::Write && role != Role::ReadWrite {
            return Err(Refused::Role);
        }
        let sequence = request.attribute("sequence");
        let surface = Surface { schema, release: self.release(), quirks: &self.quirks, sequence };
        Ok(self.perform(&surface, operation)?)
    }

    /// The schema a request is served by: `SOAPAction` and namespace have to agree on one this
    /// release supports. Without `SOAPAction`, version 1.0 means the oldest of them.
    fn schema(&self, action: Option<&str>, request: &xml::Element) -> Option<Schema> {
        let namespace = request.namespace.as_deref()?;
        let asked = namespace.strip_prefix("http://www.cisco.com/AXL/API/")?;
        let Some(action) = action else {
            return (asked == "1.0").then(|| self.release().oldest_schema());
        };
        let version = action.strip_prefix("CUCM:DB ver=")?.split_whitespace().next()?;
        self.release().schema(asked).filter(|_| version == asked)
    }

    fn perform(&self, surface: &Surface<'_>, operation: Operation) -> Result<Done, Fault> {
        let (reply, work) = match operation {
            Operation::CcmVersion => (surface.ccm_version(), Work::Little),
            Operation::SmartLicenseStatus => {
                (surface.smart_license_status(&self.data, self.smart), Work::Little)
            }
            Operation::LicenseUnitReport => (surface.license_unit_report(&self.data), Work::Little),
            Operation::UpdateLicenseUsage => {
                (surface.done("doUpdateLicenseUsage", "true"), Work::Recount)
            }
            Operation::GetLicensedUser { key, tags } => {
                let user = find::one(&self.data.users, &key)
                    .ok_or_else(|| Fault::user_not_found("getLicensedUser"))?;
                let write = |out: &mut String| surface.user(out, user, &tags);
                (surface.entry("getLicensedUser", write), Work::Little)
            }
            Operation::ListLicensedUsers(list) => {
                (self.users(surface, list)?, Work::Rows("listLicensedUser"))
            }
            Operation::ListUnassignedDevices(list) => {
                (self.devices(surface, &list)?, Work::Rows("listUnassignedDevice"))
            }
            Operation::Sql(statement) => {
                (self.sql(surface, &statement)?, Work::Rows("executeSQLQuery"))
            }
            Operation::ListCapabilities(list) => {
                (self.list_capabilities(surface, &list)?, Work::Rows("listLicenseCapabilities"))
            }
            Operation::GetCapabilities { key, tags } => {
                let operation = "getLicenseCapabilities";
                let (at, user) = self.by_capabilities_key(&key, operation)?;
                let write = |out: &mut String| {
                    surface.capabilities(out, user, self.capabilities(at), &tags);
                };
                let reply = if self.release().licenses_users() {
                    surface.response(operation, "<return><licenseCapabilities/></return>")
                } else {
                    surface.entry(operation, write)
                };
                (reply, Work::Little)
            }
            Operation::UpdateCapabilities(change) => (self.update(surface, &change)?, Work::Little),
        };
        Ok(Done { reply, work })
    }

    fn users(&self, surface: &Surface<'_>, mut list: UserList) -> Result<String, Fault> {
        let users = &self.data.users;
        let found = self.user_searches.matching(users.len(), &list.criteria, |row, criterion| {
            let user = &users[row];
            let first_name = user.first_name.as_deref().unwrap_or_default();
            [user.user_id.as_str(), first_name, &user.last_name][criterion]
        });
        if self.quirks.contains(&Quirk::NoEm) {
            list.tags.retain(|tag| *tag != operation::users::Tag::EmEnabled);
        }
        let rows = found.page(list.paging, &self.quirks);
        surface.list(self.list("listLicensedUser", &found, rows), |out, row| {
            surface.user(out, &users[row], &list.tags);
        })
    }

    fn devices(&self, surface: &Surface<'_>, list: &DeviceList) -> Result<String, Fault> {
        let devices = &self.data.devices;
        let searches = &self.device_searches;
        let found = searches.matching(devices.len(), &list.criteria, |row, criterion| {
            [&devices[row].name, &devices[row].description][criterion]
        });
        let rows = found.page(list.paging, &[]);
        surface.list(self.list("listUnassignedDevice", &found, rows), |out, row| {
            surface.device(out, &devices[row], &list.tags);
        })
    }

    fn sql(&self, surface: &Surface<'_>, statement: &str) -> Result<String, Fault> {
        let answer = self.database.query(statement)?;
        let list = List {
            operation: "executeSQLQuery",
            rows: answer.rows(),
            total: answer.total(),
            limit: self.reply_limit,
        };
        surface.list(list, |out, row| surface.sql_row(out, answer.row(row)))
    }

    /// From 9.0 on accepted, and nothing is found.
    fn list_capabilities(
        &self,
        surface: &Surface<'_>,
        list: &CapabilitiesList,
    ) -> Result<String, Fault> {
        let users = &self.data.users;
        let known = if self.release().licenses_users() { 0 } else { users.len() };
        let searches = &self.capability_searches;
        let found = searches.matching(known, &list.criteria, |row, _| &users[row].user_id);
        let rows = found.page(list.paging, &[]);
        surface.list(self.list("listLicenseCapabilities", &found, rows), |out, row| {
            surface.capabilities(out, &users[row], self.capabilities(row), &list.tags);
        })
    }

    fn update(&self, surface: &Surface<'_>, change: &CapabilitiesChange) -> Result<String, Fault> {
        let operation = "updateLicenseCapabilities";
        let (at, user) = self.by_capabilities_key(&change.key, operation)?;
        let mut changed = self.capabilities.lock().unwrap_or_else(PoisonError::into_inner);
        changed.insert(at, change.capabilities);
        Ok(surface.done(operation, &user.uuid))
    }

    fn list<Rows>(&self, operation: &'static str, found: &Matches, rows: Rows) -> List<Rows> {
        List { operation, rows, total: found.total(), limit: self.reply_limit }
    }

    fn by_capabilities_key(
        &self,
        key: &CapabilitiesKey,
        operation: &'static str,
    ) -> Result<(usize, &User), Fault> {
        let key = match key {
            CapabilitiesKey::UserId(user_id) => UserKey::Name(user_id.clone()),
            CapabilitiesKey::Uuid(uuid) => UserKey::Uuid(uuid.clone()),
        };
        let user = find::one(&self.data.users, &key);
        let user = user.ok_or_else(|| Fault::user_not_found(operation))?;
        let at = self.data.users.partition_point(|other| other.user_id < user.user_id);
        Ok((at, user))
    }

    /// A user's capabilities, invented from what else is known of them.
    fn capabilities(&self, at: usize) -> Capabilities {
        let changed = self.capabilities.lock().unwrap_or_else(PoisonError::into_inner);
        let user = &self.data.users[at];
        changed.get(&at).copied().unwrap_or(Capabilities {
            presence: user.extension_mobility,
            personal_communicator: user.single_number_reach,
        })
    }
}
