//! The versions of the AXL schema.

use std::fmt;

/// A version of the AXL schema, such as 14.0; later ones are greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(usize);

impl Version {
    const KNOWN: [&'static str; 11] =
        ["8.5", "9.0", "9.1", "10.0", "10.5", "11.0", "11.5", "12.0", "12.5", "14.0", "15.0"];

    /// Every known version, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        (0..Self::KNOWN.len()).map(Self)
    }

    /// A known version from text such as "14.0" or "14".
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::all().find(|version| {
            version.as_str() == text || version.as_str().strip_suffix(".0") == Some(text)
        })
    }

    pub fn as_str(self) -> &'static str {
        Self::KNOWN[self.0]
    }

    /// Of a server's versions, the one to use in place of this: the newest that is not newer,
    /// else the oldest. None when none of them is known here.
    pub fn closest<S: AsRef<str>>(self, supported: &[S]) -> Option<Self> {
        let supported = || supported.iter().filter_map(|text| Self::parse(text.as_ref()));
        supported().filter(|&version| version <= self).max().or_else(|| supported().min())
    }

    /// The schema made for a release of CUCM such as `14.0.1.10000-20`; for a release newer than
    /// all known ones the newest, since each release answers to several older ones.
    pub fn of_release(release: &str) -> Option<Self> {
        let (major, minor) = numbers(release)?;
        Self::all().rev().find(|version| numbers(version.as_str()) <= Some((major, minor)))
    }

    /// Whether it is the schema made for a release, not just the closest known here.
    pub(super) fn is_of(self, release: &str) -> bool {
        numbers(self.as_str()) == numbers(release)
    }

    /// Whether `listLicensedUser` exists: from 11.0.
    pub fn has_list_licensed_user(self) -> bool {
        Self::parse("11.0").is_some_and(|first| self >= first)
    }

    /// Whether `listLicensedUser` may ask for `emEnabled`: from 12.5; before, the schema refuses
    /// a request that does.
    pub fn has_em_enabled_in_list(self) -> bool {
        Self::parse("12.5").is_some_and(|first| self >= first)
    }

    /// The versions that Cisco's 599 page names; families such as "12.x" become all their
    /// known members, newest first.
    pub(super) fn expand(token: &str) -> Vec<String> {
        let Some(family) = token.strip_suffix(".x") else {
            let known = Self::parse(token).map(|version| version.as_str().to_owned());
            return vec![known.unwrap_or_else(|| token.to_owned())];
        };
        let members = Self::all()
            .rev()
            .filter(|version| version.as_str().split('.').next() == Some(family))
            .map(|version| version.as_str().to_owned());
        let members: Vec<String> = members.collect();
        if members.is_empty() { vec![token.to_owned()] } else { members }
    }
}

/// The first two numbers of a dotted version.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().split(|c: char| !c.is_ascii_digit());
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

impl AsRef<str> for Version {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn versions_are_ordered_by_number_and_not_by_text() {
        assert!(version("8.5") < version("10.0"));
        assert!(version("12.5") < version("14"));
        let texts: Vec<&str> = Version::all().map(Version::as_str).collect();
        assert_eq!((texts[0], texts[texts.len() - 1]), ("8.5", "15.0"));
        assert_eq!(Version::parse("13.0"), None);
        assert_eq!(Version::parse("12.x"), None);
    }

    #[test]
    fn the_closest_is_not_newer_where_that_is_possible() {
        let supported = ["12.0", "12.5", "14.0", "banana"];
        assert_eq!(version("15.0").closest(&supported), Some(version("14.0")));
        assert_eq!(version("12.5").closest(&supported), Some(version("12.5")));
        assert_eq!(version("11.0").closest(&supported), Some(version("12.0")));
        assert_eq!(version("11.0").closest(&["banana"]), None);
    }

    #[test]
    fn a_release_has_the_schema_of_its_number() {
        assert_eq!(Version::of_release("14.0.1.10000-20"), Some(version("14.0")));
        assert_eq!(Version::of_release("12.5.1.11900-146"), Some(version("12.5")));
        assert_eq!(Version::of_release("11.5(1)SU3"), Some(version("11.5")));
        assert_eq!(Version::of_release("16.0.1"), Some(version("15.0")));
        assert_eq!(Version::of_release("7.1.5"), None);
        assert_eq!(Version::of_release("unknown"), None);
    }

    #[test]
    fn the_list_came_with_11_0_and_its_em_with_12_5() {
        assert!(!version("10.5").has_list_licensed_user());
        assert!(version("11.0").has_list_licensed_user());
        assert!(!version("12.0").has_em_enabled_in_list());
        assert!(version("12.5").has_em_enabled_in_list());
    }
}
