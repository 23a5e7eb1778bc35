//! Ids of entities and services.

use std::fmt;

/// A UUID as the vendors write it; braces and case do not matter.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uuid(u128);

/// What each byte is as a hexadecimal digit; more than 15 for what is none.
const DIGITS: [u8; 256] = {
    let mut digits = [0x80; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value as usize] as usize] = value;
        digits[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    digits
};

impl Uuid {
    pub fn parse(text: &str) -> Option<Self> {
        Self::parse_bytes(text.trim().as_bytes())
    }

    #[inline]
    pub(crate) fn parse_bytes(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        let text = text.strip_prefix(b"{").and_then(|t| t.strip_suffix(b"}")).unwrap_or(text);
        let text: &[u8; 36] = text.try_into().ok()?;
        let hyphens = [8, 13, 18, 23].map(|at| text[at]);
        if hyphens != [b'-'; 4] {
            return None;
        }
        let mut faults = 0;
        let mut digits = |from: usize, to: usize| {
            text[from..to].iter().fold(0_u64, |value, byte| {
                let digit = DIGITS[usize::from(*byte)];
                faults |= digit;
                value << 4 | u64::from(digit & 0xf)
            })
        };
        let high = digits(0, 8) << 32 | digits(9, 13) << 16 | digits(14, 18);
        let low = digits(19, 23) << 48 | digits(24, 36);
        (faults < 16).then_some(Self(u128::from(high) << 64 | u128::from(low)))
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
