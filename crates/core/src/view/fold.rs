//! Text without regard to case and accents.
//!
//! Letters lose their case, and those of Latin, Greek and Cyrillic their accents: their canonical
//! decomposition without its marks. Letters that people type as others, such as ø, ß and æ, become
//! those. What cannot be seen, such as marks of direction, is left out. Other scripts keep their
//! marks, which are more than accents there.

mod compare;
mod needle;
mod table;
mod word;

pub use compare::compare;
pub(super) use needle::Fit;
pub use needle::Needle;

/// What one letter becomes.
#[derive(Clone, Copy)]
enum Folded {
    Nothing,
    One(char),
    Two(char, char),
}

/// A text without case and accents.
pub fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(|letter| {
        let (first, second) = match fold(letter) {
            Folded::Nothing => (None, None),
            Folded::One(letter) => (Some(letter), None),
            Folded::Two(first, second) => (Some(first), Some(second)),
        };
        first.into_iter().chain(second)
    })
}

/// Adds a text without case and accents.
fn fold_into(text: &str, folded: &mut Vec<u8>) {
    let mut put = |letter: char| {
        folded.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    };
    for letter in text.chars() {
        match fold(letter) {
            Folded::Nothing => {}
            Folded::One(letter) => put(letter),
            Folded::Two(first, second) => {
                put(first);
                put(second);
            }
        }
    }
}

#[inline]
fn fold(letter: char) -> Folded {
    if letter.is_ascii() {
        return Folded::One(letter.to_ascii_lowercase());
    }
    if is_left_out(letter) {
        return Folded::Nothing;
    }
    // The lower case of what is in no table may be in one, as that of the Ångström sign is.
    let plain = table::plain(letter).unwrap_or_else(|| {
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        table::plain(lower).unwrap_or(lower)
    });
    match plain {
        'æ' => Folded::Two('a', 'e'),
        'œ' => Folded::Two('o', 'e'),
        'ß' => Folded::Two('s', 's'),
        'þ' => Folded::Two('t', 'h'),
        'ĳ' => Folded::Two('i', 'j'),
        other => Folded::One(other),
    }
}

/// Combining marks, and what cannot be seen.
#[inline]
fn is_left_out(letter: char) -> bool {
    let number = u32::from(letter);
    if number < 0x300 {
        return number == 0xad;
    }
    matches!(
        number,
        0x300..=0x36f | 0x483..=0x489 | 0x61c | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff
            // Spaces without width, marks of direction, invisible operators, marks for symbols.
            | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0x20d0..=0x20ff
            // Selectors of variants, half marks, the byte order mark, tags.
            | 0xfe00..=0xfe0f | 0xfe20..=0xfe2f | 0xfeff | 0xe0000..=0xe0fff
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;
    use unicode_normalization::char::is_combining_mark;

    use super::*;

    /// What people type as other letters although it is no accent that tells them apart.
    const TYPED_AS: [(char, &str); 13] = [
        ('ø', "o"),
        ('ł', "l"),
        ('đ', "d"),
        ('ð', "d"),
        ('ħ', "h"),
        ('ŧ', "t"),
        ('ı', "i"),
        ('ς', "σ"),
        ('æ', "ae"),
        ('œ', "oe"),
        ('ß', "ss"),
        ('þ', "th"),
        ('ĳ', "ij"),
    ];

    fn reference(letter: char) -> String {
        let plain = letter.nfd().filter(|&part| !is_combining_mark(part));
        let lower =
            plain.flat_map(char::to_lowercase).nfd().filter(|&part| !is_combining_mark(part));
        let typed = |letter| TYPED_AS.iter().find(|(from, _)| *from == letter);
        lower
            .map(|letter| typed(letter).map_or_else(|| letter.to_string(), |(_, to)| (*to).into()))
            .collect()
    }

    #[test]
    fn latin_greek_and_cyrillic_are_their_decomposition_without_marks_in_lower_case() {
        let scripts = ['\0'..='\u{ac}', '\u{ae}'..='\u{52f}', '\u{1d00}'..='\u{1fff}'];
        // Symbols, among them letters such as Kelvin's and Ångström's.
        let symbols = ['\u{2010}'..='\u{2027}', '\u{2100}'..='\u{218f}', '\u{2c60}'..='\u{2c7f}'];
        for letter in scripts.into_iter().chain(symbols).flatten() {
            // These are decomposed to signs with an overlay, which no font shows otherwise.
            if matches!(letter, '\u{219a}'..='\u{219b}') {
                continue;
            }
            let folded: String = folded(letter.encode_utf8(&mut [0; 4])).collect();
            assert_eq!(folded, reference(letter), "{letter:?} {:x}", u32::from(letter));
        }
    }

    #[test]
    fn other_scripts_only_lose_their_case() {
        for letter in ['\u{530}'..='\u{1aaf}', '\u{3000}'..='\u{fdff}'].into_iter().flatten() {
            if letter == '\u{61c}' {
                continue;
            }
            let folded: String = folded(letter.encode_utf8(&mut [0; 4])).collect();
            assert_eq!(folded, letter.to_lowercase().collect::<String>(), "{letter:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for letter in '\0'..=char::MAX {
            let once: String = folded(letter.encode_utf8(&mut [0; 4])).collect();
            assert_eq!(folded(&once).collect::<String>(), once, "{letter:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_left_out() {
        let hidden = "Har\u{200f}b\u{ad}o\u{202e}r\u{feff} \u{1f468}\u{200d}\u{1f4bb}\u{fe0f}";
        assert_eq!(folded(hidden).collect::<String>(), "harbor \u{1f468}\u{1f4bb}");
    }

    #[test]
    fn text_and_bytes_are_folded_alike() {
        for text in ["", "Brüggemann & Straße", "ΟΔΥΣΣΕΎΣ", "Æ\u{301}", "Ⱥ", "日本"] {
            let mut bytes = Vec::new();
            fold_into(text, &mut bytes);
            assert_eq!(bytes, folded(text).collect::<String>().into_bytes());
        }
    }
}
