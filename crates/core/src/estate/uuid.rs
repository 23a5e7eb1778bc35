//! Ids of entities and services.

use std::fmt;

/// A UUID as the vendors write it; braces and case do not matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(u128);

impl Uuid {
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('{').and_then(|t| t.strip_suffix('}')).unwrap_or(text);
        if text.len() != 36 {
            return None;
        }
        let mut value: u128 = 0;
        for (at, byte) in text.bytes().enumerate() {
            if matches!(at, 8 | 13 | 18 | 23) {
                if byte != b'-' {
                    return None;
                }
            } else {
                value = value << 4 | u128::from(char::from(byte).to_digit(16)?);
            }
        }
        Some(Self(value))
    }

    pub fn as_u128(self) -> u128 {
        self.0
    }

    pub fn from_u128(value: u128) -> Self {
        Self(value)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let v = self.0;
        write!(
            f,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            v >> 96,
            v >> 80 & 0xffff,
            v >> 64 & 0xffff,
            v >> 48 & 0xffff,
            v & 0xffff_ffff_ffff
        )
    }
}

impl fmt::Debug for Uuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Uuid;

    #[test]
    fn reads_with_braces_and_in_capitals_and_writes_plainly() {
        let uuid = Uuid::parse("{1F1D3AFF-F77D-319B-7693-3C2221E6AF78}").unwrap();
        assert_eq!(uuid.to_string(), "1f1d3aff-f77d-319b-7693-3c2221e6af78");
        assert_eq!(Uuid::parse(&uuid.to_string()), Some(uuid));
    }

    #[test]
    fn refuses_what_is_no_uuid() {
        for text in [
            "",
            "12",
            "1f1d3aff+f77d-319b-7693-3c2221e6af78",
            "../../../../../../../../../../../../x",
            "g1d3aff1-f77d-319b-7693-3c2221e6af78",
        ] {
            assert_eq!(Uuid::parse(text), None, "{text}");
        }
    }
}
