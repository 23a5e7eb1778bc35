//! What a user was enabled for.

use crate::estate::Uuid;

use super::complaints::Complaints;
use super::request;
use super::value::flag;
use super::xml::{Broken, Element, Walk};

/// What a user was enabled for; unknown where the reply does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicenseCapabilities {
    pub uuid: Option<Uuid>,
    pub user_id: String,
    /// Cisco Unified Presence (`enableUps`).
    pub presence: Option<bool>,
    /// Cisco Unified Personal Communicator (`enableUpc`).
    pub personal_communicator: Option<bool>,
}

/// Which user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CapabilitiesKey {
    UserId(String),
    Uuid(Uuid),
}

/// Every field. The schema types the flags, so that they hold a value, which nobody reads.
pub(super) const TAGS: &str = "<returnedTags><userid/><enableUps>true</enableUps>\
                               <enableUpc>true</enableUpc></returnedTags>";

impl CapabilitiesKey {
    pub(super) fn xml(&self) -> String {
        match self {
            Self::UserId(id) => format!("<userid>{}</userid>", request::escape(id)),
            Self::Uuid(uuid) => request::uuid(*uuid),
        }
    }
}

impl LicenseCapabilities {
    pub(super) fn read(
        walk: &mut Walk<'_>,
        element: &Element<'_>,
        at: usize,
        complaints: &mut Complaints,
    ) -> Result<Self, Broken> {
        let path = || format!("licenseCapabilities[{at}]");
        let mut complain = |field| complaints.add(|| format!("{}.{field}", path()));
        let mut read = Self { uuid: element.uuid(|| complain("uuid")), ..Self::default() };
        let twice = walk.fields(|name, text| match name {
            "userid" => text.clone_into(&mut read.user_id),
            "enableUps" => read.presence = flag(text, || complain("enableUps")),
            "enableUpc" => read.personal_communicator = flag(text, || complain("enableUpc")),
            _ => {}
        })?;
        complaints.twice(path, twice);
        Ok(read)
    }
}
