//! Requests, held against the schema as strictly as a validating server would: the operation
//! is in the version's namespace and all below it in none, children come in their order, and
//! nothing else is there.

pub mod capabilities;
pub mod devices;
pub mod schema;
pub mod users;

use super::fault::Fault;
use super::release::Schema;
use super::xml::Element;
use capabilities::{CapabilitiesChange, CapabilitiesKey, CapabilitiesList, CapabilitiesTag};
use devices::DeviceList;
use users::{Tag, UserKey, UserList};

const ENVELOPE: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// What is asked for.
#[derive(Clone, Debug)]
pub enum Operation {
    CcmVersion,
    Sql(String),
    ListLicensedUsers(UserList),
    GetLicensedUser { key: UserKey, tags: Vec<Tag> },
    ListUnassignedDevices(DeviceList),
    UpdateLicenseUsage,
    SmartLicenseStatus,
    ListCapabilities(CapabilitiesList),
    GetCapabilities { key: CapabilitiesKey, tags: Vec<CapabilitiesTag> },
    UpdateCapabilities(CapabilitiesChange),
    LicenseUnitReport,
}

/// Whether an operation changes something, which needs another role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Read,
    Write,
}

impl Operation {
    pub fn access(&self) -> Access {
        match self {
            // Counting anew is no change of the configuration, yet it is not among the
            // operations that Cisco calls read-only.
            Self::UpdateLicenseUsage | Self::UpdateCapabilities(_) => Access::Write,
            _ => Access::Read,
        }
    }
}

/// A page of a list. `skip` counts only with `first`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    pub skip: u64,
    pub first: Option<u64>,
}

/// The element below the SOAP body.
pub fn in_body(envelope: &Element) -> Result<&Element, Fault> {
    let soap = |element: &Element, name: &str| {
        element.name == name && element.namespace.as_deref() == Some(ENVELOPE)
    };
    if !soap(envelope, "Envelope") {
        return Err(Fault::schema("The request is no SOAP 1.1 envelope"));
    }
    let body = envelope.children.iter().find(|child| soap(child, "Body"));
    body.and_then(|body| body.children.first())
        .ok_or_else(|| Fault::schema("The SOAP body holds no request"))
}

/// Reads a request of a supported schema.
pub fn read(request: &Element, schema: Schema) -> Result<Operation, Fault> {
    let name = request.name.as_str();
    if !known(name, schema) {
        return Err(Fault::operation_not_found());
    }
    schema::unqualified(request)?;
    let sequence = !matches!(
        name,
        "getCCMVersion" | "getSmartLicenseStatus" | "doUpdateLicenseUsage" | "getLicenseUnitReport"
    );
    schema::attributes(request, sequence)?;
    Ok(match name {
        "getCCMVersion" => {
            schema::in_order(request, &["processNodeName"])?;
            Operation::CcmVersion
        }
        "executeSQLQuery" => {
            schema::in_order(request, &["sql"])?;
            Operation::Sql(schema::required(request, "sql")?.text.clone())
        }
        "listLicensedUser" => Operation::ListLicensedUsers(users::list(request, schema)?),
        "getLicensedUser" => users::get(request)?,
        "listUnassignedDevice" => Operation::ListUnassignedDevices(devices::list(request)?),
        "listLicenseCapabilities" => Operation::ListCapabilities(capabilities::list(request)?),
        "getLicenseCapabilities" => capabilities::get(request)?,
        "updateLicenseCapabilities" => {
            Operation::UpdateCapabilities(capabilities::change(request)?)
        }
        empty => {
            schema::in_order(request, &[])?;
            match empty {
                "getSmartLicenseStatus" => Operation::SmartLicenseStatus,
                "doUpdateLicenseUsage" => Operation::UpdateLicenseUsage,
                "getLicenseUnitReport" => Operation::LicenseUnitReport,
                _ => return Err(Fault::operation_not_found()),
            }
        }
    })
}

/// Whether a schema has an operation, of those that have to do with licenses.
fn known(operation: &str, schema: Schema) -> bool {
    match operation {
        "getCCMVersion" | "executeSQLQuery" => true,
        "getLicensedUser" => schema >= Schema::WITH_ONE_LICENSED_USER,
        "listLicensedUser" | "listUnassignedDevice" | "doUpdateLicenseUsage" => {
            schema >= Schema::WITH_LICENSED_USERS
        }
        "getSmartLicenseStatus" => schema >= Schema::WITH_SMART_LICENSING,
        "listLicenseCapabilities"
        | "getLicenseCapabilities"
        | "updateLicenseCapabilities"
        | "getLicenseUnitReport" => schema <= Schema::LAST_WITH_UNITS,
        _ => false,
    }
}
