//! `listLicensedUser` and `getLicensedUser`.

use super::{Operation, Paging, schema};
use crate::cucm::fault::Fault;
use crate::cucm::release::Schema;
use crate::cucm::xml::Element;

/// By what a single user is asked for.
#[derive(Clone, Debug)]
pub enum UserKey {
    /// The schema does not say of what; the user id is assumed.
    Name(String),
    Uuid(String),
}

/// A page of a search.
#[derive(Clone, Debug, Default)]
pub struct UserList {
    /// User id, first name, last name.
    pub criteria: [Option<String>; 3],
    pub tags: Vec<Tag>,
    pub paging: Paging,
}

/// A field of a licensed user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    UserId,
    FirstName,
    LastName,
    SnrEnabled,
    EmEnabled,
    DeviceCount,
    LicenseType,
    LicenseUsed,
}

impl Tag {
    /// In the order of the schema.
    pub const ALL: [Self; 8] = [
        Self::UserId,
        Self::FirstName,
        Self::LastName,
        Self::SnrEnabled,
        Self::EmEnabled,
        Self::DeviceCount,
        Self::LicenseType,
        Self::LicenseUsed,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::UserId => "userId",
            Self::FirstName => "firstName",
            Self::LastName => "lastName",
            Self::SnrEnabled => "snrEnabled",
            Self::EmEnabled => "emEnabled",
            Self::DeviceCount => "deviceCount",
            Self::LicenseType => "licenseType",
            Self::LicenseUsed => "licenseUsed",
        }
    }
}

pub(super) fn get(request: &Element) -> Result<Operation, Fault> {
    schema::in_order(request, &["name", "uuid", "returnedTags"])?;
    let key = match (request.child("name"), request.child("uuid")) {
        (Some(name), None) => UserKey::Name(name.text.clone()),
        (None, Some(uuid)) => UserKey::Uuid(schema::uuid(uuid)?),
        _ => return Err(Fault::schema("Either name or uuid is required")),
    };
    // Unlike in the list, extension mobility is part of this in every version.
    let tags = match request.child("returnedTags") {
        Some(tags) => read_tags(tags, &Tag::ALL)?,
        None => Tag::ALL.to_vec(),
    };
    Ok(Operation::GetLicensedUser { key, tags })
}

pub(super) fn list(request: &Element, version: Schema) -> Result<UserList, Fault> {
    schema::in_order(request, &["searchCriteria", "returnedTags", "skip", "first"])?;
    let criteria = schema::criteria(request, ["userId", "firstName", "lastName"])?;
    let known: Vec<Tag> = Tag::ALL
        .into_iter()
        .filter(|tag| *tag != Tag::EmEnabled || version >= Schema::WITH_SMART_LICENSING)
        .collect();
    let tags = read_tags(schema::required(request, "returnedTags")?, &known)?;
    Ok(UserList { criteria, tags, paging: schema::paging(request)? })
}

fn read_tags(element: &Element, known: &[Tag]) -> Result<Vec<Tag>, Fault> {
    let names: Vec<&str> = known.iter().map(|tag| tag.name()).collect();
    schema::in_order(element, &names)?;
    Ok(known.iter().copied().filter(|tag| element.child(tag.name()).is_some()).collect())
}
