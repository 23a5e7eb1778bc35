//! `listUnassignedDevice`: the second half of the license usage report.

use super::{Paging, schema};
use crate::cucm::fault::Fault;
use crate::cucm::xml::Element;

/// A page of a search.
#[derive(Clone, Debug, Default)]
pub struct DeviceList {
    /// Name, description.
    pub criteria: [Option<String>; 2],
    pub tags: Vec<DeviceTag>,
    pub paging: Paging,
}

/// A field of an unassigned device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceTag {
    Name,
    Description,
    DeviceType,
    LicenseType,
    Extension,
}

impl DeviceTag {
    /// In the order of the schema.
    const ALL: [Self; 5] =
        [Self::Name, Self::Description, Self::DeviceType, Self::LicenseType, Self::Extension];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::DeviceType => "deviceType",
            Self::LicenseType => "licenseType",
            Self::Extension => "extension",
        }
    }
}

pub(super) fn list(request: &Element) -> Result<DeviceList, Fault> {
    schema::in_order(request, &["searchCriteria", "returnedTags", "skip", "first"])?;
    let criteria = schema::criteria(request, ["name", "description"])?;
    let wanted = schema::required(request, "returnedTags")?;
    schema::in_order(wanted, &DeviceTag::ALL.map(DeviceTag::name))?;
    let tags =
        DeviceTag::ALL.into_iter().filter(|tag| wanted.child(tag.name()).is_some()).collect();
    Ok(DeviceList { criteria, tags, paging: schema::paging(request)? })
}
