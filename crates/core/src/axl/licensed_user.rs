//! One user and the license they require.

use crate::estate::{Figure, Uuid};
use crate::json::figure_of_text;

use super::xml::{Broken, Element, Walk};

/// A user as `listLicensedUser` has it. Every field may be missing from a reply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LicensedUser {
    pub uuid: Option<Uuid>,
    pub user_id: String,
    pub first_name: String,
    pub last_name: String,
    /// As sent; [`LicenseType`](super::LicenseType) evens out the spellings.
    pub license_type: String,
    /// Single number reach, the one feature that raises what a user requires.
    pub snr: Option<bool>,
    /// Extension mobility; not in the list before 12.5, and unknown then.
    pub em: Option<bool>,
    pub device_count: Figure,
    pub license_used: Figure,
}

impl LicensedUser {
    /// Reads the element just opened. `complain` gets the names of fields that hold something
    /// else than they should.
    pub(super) fn read(
        walk: &mut Walk<'_>,
        element: &Element<'_>,
        text: &mut String,
        mut complain: impl FnMut(&'static str),
    ) -> Result<Self, Broken> {
        let mut user = Self::default();
        if let Some(uuid) = element.attribute("uuid").filter(|uuid| !uuid.is_empty()) {
            user.uuid = Uuid::parse(&uuid);
            if user.uuid.is_none() {
                complain("uuid");
            }
        }
        while let Some(field) = walk.child()? {
            walk.text(text)?;
            if field.nil || !field.is_axl() {
                continue;
            }
            match field.local() {
                "userId" => user.user_id.clone_from(text),
                "firstName" => user.first_name.clone_from(text),
                "lastName" => user.last_name.clone_from(text),
                "licenseType" => user.license_type.clone_from(text),
                "snrEnabled" => user.snr = flag(text, || complain("snrEnabled")),
                "emEnabled" => user.em = flag(text, || complain("emEnabled")),
                "deviceCount" => user.device_count = count(text, || complain("deviceCount")),
                "licenseUsed" => user.license_used = count(text, || complain("licenseUsed")),
                _ => {}
            }
        }
        Ok(user)
    }
}

/// The schema types these as text; its own booleans are true, false, t, f, 1 and 0.
fn flag(text: &str, complain: impl FnOnce()) -> Option<bool> {
    let text = text.trim();
    if ["true", "t", "1"].iter().any(|yes| text.eq_ignore_ascii_case(yes)) {
        return Some(true);
    }
    if ["false", "f", "0"].iter().any(|no| text.eq_ignore_ascii_case(no)) {
        return Some(false);
    }
    if !text.is_empty() {
        complain();
    }
    None
}

fn count(text: &str, complain: impl FnOnce()) -> Figure {
    figure_of_text(text).unwrap_or_else(|| {
        complain();
        Figure::UNKNOWN
    })
}
