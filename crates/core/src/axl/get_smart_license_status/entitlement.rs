//! What is required of one license.

use crate::estate::Figure;

use super::super::LicenseType;
use super::super::complaints::Complaints;
use super::super::value::{count, words};
use super::super::xml::{Broken, Walk};
use super::letters;

/// One license that the cluster asks Cisco Smart Software Manager for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entitlement {
    /// As sent, such as `regid.2017-02.com.cisco.UCM_CUWL,12.0_cc59375a-…`.
    pub tag: String,
    /// The type in the tag; none where the tag has another form.
    pub license_type: Option<LicenseType>,
    /// How many are required. The schema takes an empty one, which is unknown.
    pub count: Figure,
    pub compliance: Option<Compliance>,
}

/// Whether enough are owned. The schema has any text; these were seen or are in Cisco's guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compliance {
    InCompliance,
    OutOfCompliance,
    /// Nothing was asked for yet.
    Init,
    /// One not known here, as sent.
    Other(String),
}

impl Compliance {
    fn of(text: &str) -> Option<Self> {
        let text = words(text)?;
        Some(match letters(&text).as_str() {
            "incompliance" => Self::InCompliance,
            "outofcompliance" | "notincompliance" => Self::OutOfCompliance,
            "init" => Self::Init,
            _ => Self::Other(text),
        })
    }
}

impl Entitlement {
    pub(super) fn read(
        walk: &mut Walk<'_>,
        at: usize,
        complaints: &mut Complaints,
    ) -> Result<Self, Broken> {
        let mut read = Self::default();
        let path = || format!("Entitlement[{at}]");
        let twice = walk.fields(|name, text| match name {
            "Tag" => {
                text.trim().clone_into(&mut read.tag);
                read.license_type = type_of(text);
            }
            "Count" => {
                read.count = count(text, || complaints.add(|| format!("{}.Count", path())));
            }
            "Status" => read.compliance = Compliance::of(text),
            _ => {}
        })?;
        complaints.twice(path, twice);
        Ok(read)
    }
}

/// What stands between `.cisco.` and the comma.
fn type_of(tag: &str) -> Option<LicenseType> {
    let (_, after) = tag.split_once(".cisco.")?;
    LicenseType::of(after.split(',').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_is_in_the_tag() {
        for (tag, expected) in [
            ("regid.2017-02.com.cisco.UCM_CUWL,12.0_cc59375a", Some(LicenseType::Cuwl)),
            ("regid.2016-07.com.cisco.UCM_EnhancedPlus,12.0_1", Some(LicenseType::EnhancedPlus)),
            ("regid.2016-07.com.cisco.UCM_TelePresenceRoom", Some(LicenseType::TelePresenceRoom)),
            (
                "regid.2016-07.com.cisco.HUCM_Foundation,12.0_2",
                Some(LicenseType::Other("HUCM_Foundation".into())),
            ),
            ("regid.2016-07.com.cisco.,12.0", None),
            ("UCM_CUWL", None),
            ("", None),
        ] {
            assert_eq!(type_of(tag), expected, "{tag}");
        }
    }
}
