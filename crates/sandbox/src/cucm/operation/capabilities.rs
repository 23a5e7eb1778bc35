//! What users may do, and not what they require: the operations of 8.5 and 9.1. `Ups` is
//! Unified Presence, `Upc` Unified Personal Communicator.

use super::{Operation, Paging, schema};
use crate::cucm::fault::Fault;
use crate::cucm::xml::Element;

/// By what a user is asked for; here the key has another spelling than later.
#[derive(Clone, Debug)]
pub enum CapabilitiesKey {
    UserId(String),
    Uuid(String),
}

/// A page of a search.
#[derive(Clone, Debug, Default)]
pub struct CapabilitiesList {
    pub criteria: [Option<String>; 1],
    pub tags: Vec<CapabilitiesTag>,
    pub paging: Paging,
}

/// What is left out is switched off: the schema's default is false.
#[derive(Clone, Debug)]
pub struct CapabilitiesChange {
    pub key: CapabilitiesKey,
    pub capabilities: Capabilities,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    pub presence: bool,
    pub personal_communicator: bool,
}

/// A field of a user's capabilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CapabilitiesTag {
    UserId,
    EnableUps,
    EnableUpc,
}

impl CapabilitiesTag {
    /// In the order of the schema.
    const ALL: [Self; 3] = [Self::UserId, Self::EnableUps, Self::EnableUpc];

    pub fn name(self) -> &'static str {
        match self {
            Self::UserId => "userid",
            Self::EnableUps => "enableUps",
            Self::EnableUpc => "enableUpc",
        }
    }
}

pub(super) fn list(request: &Element) -> Result<CapabilitiesList, Fault> {
    schema::in_order(request, &["searchCriteria", "returnedTags", "skip", "first"])?;
    Ok(CapabilitiesList {
        criteria: schema::criteria(request, ["userid"])?,
        tags: read_tags(schema::required(request, "returnedTags")?)?,
        paging: schema::paging(request)?,
    })
}

pub(super) fn get(request: &Element) -> Result<Operation, Fault> {
    schema::in_order(request, &["userid", "uuid", "returnedTags"])?;
    let key = key(request)?;
    let tags = match request.child("returnedTags") {
        Some(tags) => read_tags(tags)?,
        None => CapabilitiesTag::ALL.to_vec(),
    };
    Ok(Operation::GetCapabilities { key, tags })
}

pub(super) fn change(request: &Element) -> Result<CapabilitiesChange, Fault> {
    schema::in_order(request, &["uuid", "userid", "enableUps", "enableUpc"])?;
    let capabilities = Capabilities {
        presence: flag(request, "enableUps")?,
        personal_communicator: flag(request, "enableUpc")?,
    };
    Ok(CapabilitiesChange { key: key(request)?, capabilities })
}

fn key(request: &Element) -> Result<CapabilitiesKey, Fault> {
    match (request.child("userid"), request.child("uuid")) {
        (Some(user_id), None) => Ok(CapabilitiesKey::UserId(user_id.text.clone())),
        (None, Some(uuid)) => Ok(CapabilitiesKey::Uuid(schema::uuid(uuid)?)),
        _ => Err(Fault::schema("Either userid or uuid is required")),
    }
}

fn read_tags(element: &Element) -> Result<Vec<CapabilitiesTag>, Fault> {
    let all = CapabilitiesTag::ALL;
    schema::in_order(element, &all.map(CapabilitiesTag::name))?;
    // Unlike all later ones these tags are typed, so that an empty one is invalid.
    for name in ["enableUps", "enableUpc"] {
        flag(element, name)?;
    }
    Ok(all.into_iter().filter(|tag| element.child(tag.name()).is_some()).collect())
}

/// The schema's pattern. Its annotation says "true, True, false and False": the pattern rules.
fn flag(request: &Element, name: &str) -> Result<bool, Fault> {
    let Some(element) = request.child(name) else { return Ok(false) };
    match element.text.trim() {
        "true" | "t" | "1" => Ok(true),
        "false" | "f" | "0" => Ok(false),
        other => Err(Fault::schema(format!("{name} is neither true nor false: {other}"))),
    }
}
