//! Patterns: texts with named places for values, such as `{count} of {total} rows`.
//!
//! A place is a word of lower-case letters and underscores in braces; any other brace is a text's own.
//! The build reads this file, too, for the catalogs it makes.

/// Where the next place of a pattern has its name, at or after a byte: from and to.
pub const fn next_place(pattern: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut at = from;
    while at < pattern.len() {
        if pattern[at] == b'{' {
            let start = at + 1;
            let mut end = start;
            while end < pattern.len() && matches!(pattern[end], b'a'..=b'z' | b'_') {
                end += 1;
            }
            if end > start && end < pattern.len() && pattern[end] == b'}' {
                return Some((start, end));
            }
        }
        at += 1;
    }
    None
}

/// The short form of a text that catalogs know it by.
pub const fn key(text: &str) -> u32 {
    // FNV-1a, by 32 bits.
    let bytes = text.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    // What five letters of a catalog hold.
    hash >> 2
}

/// The bytes a key has in a catalog.
pub const KEY_BYTES: usize = 5;

/// The letter of a catalog that stands for 0; the other 63 follow it.
pub const FIRST_LETTER: u8 = b'0';

/// What stands between the forms of a text that is counted.
pub const BETWEEN_FORMS: char = '\t';
