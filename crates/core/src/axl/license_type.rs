//! The types of licenses that users of a cluster require.

use std::fmt;

/// A type of license, in Cisco's order from the least to the most.
///
/// Cisco publishes no list of the values; these are the names of its licensing chapter in all
/// spellings seen (`EnhancedPlus`, `Enhanced Plus`, `UCM_EnhancedPlus`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LicenseType {
    Essential,
    Basic,
    Enhanced,
    EnhancedPlus,
    Cuwl,
    TelePresenceRoom,
    /// One not known here, as sent.
    Other(String),
    /// Licenses are in use, but the reply does not say of which type.
    Unnamed,
}

impl LicenseType {
    /// The type that a reply names; none when it names none.
    pub fn of(sent: &str) -> Option<Self> {
        let sent = sent.trim();
        if sent.is_empty() {
            return None;
        }
        let bare = sent.strip_prefix("UCM_").unwrap_or(sent);
        let letters: String =
            bare.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
        Some(match letters.as_str() {
            "essential" => Self::Essential,
            "basic" => Self::Basic,
            "enhanced" => Self::Enhanced,
            "enhancedplus" => Self::EnhancedPlus,
            "cuwl" | "cuwlstandard" => Self::Cuwl,
            "telepresenceroom" => Self::TelePresenceRoom,
            _ => Self::Other(sent.to_owned()),
        })
    }

    pub fn name(&self) -> &str {
        match self {
            Self::Essential => "Essential",
            Self::Basic => "Basic",
            Self::Enhanced => "Enhanced",
            Self::EnhancedPlus => "Enhanced Plus",
            // As the cluster's own report has it; it never requires the Professional.
            Self::Cuwl => "CUWL Standard",
            Self::TelePresenceRoom => "TelePresence Room",
            Self::Other(sent) => sent,
            Self::Unnamed => "unnamed type",
        }
    }
}

impl fmt::Display for LicenseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::LicenseType;

    #[test]
    fn every_spelling_seen_is_one_type() {
        for sent in ["EnhancedPlus", "Enhanced Plus", "UCM_EnhancedPlus", "enhanced plus  "] {
            assert_eq!(LicenseType::of(sent), Some(LicenseType::EnhancedPlus), "{sent}");
        }
        for sent in ["CUWL", "CUWL Standard    ", "UCM_CUWL"] {
            assert_eq!(LicenseType::of(sent), Some(LicenseType::Cuwl), "{sent}");
        }
    }

    #[test]
    fn unknown_types_keep_their_name_and_come_last() {
        let other = LicenseType::of(" HUCM_Foundation ").unwrap();
        assert_eq!(other.name(), "HUCM_Foundation");
        let names = ["Essential", "Basic", "Enhanced", "EnhancedPlus", "CUWL", "TelePresenceRoom"];
        let mut types: Vec<LicenseType> = names.iter().filter_map(|n| LicenseType::of(n)).collect();
        types.push(other);
        assert!(types.is_sorted(), "{types:?}");
        assert_eq!(types.len(), 7);
        assert_eq!(LicenseType::of("  "), None);
    }
}
